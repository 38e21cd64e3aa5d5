import type { LifecycleTransition } from './lifecycle-table';

/** The table as a Mermaid state diagram: one arrow for each trigger between two statuses, with what it needs and does. */
export function lifecycleDiagram(transitions: readonly LifecycleTransition[]): string {
  const arrows = transitions.map(({ trigger, from, to, conditions = [], actions = [] }) => {
    const needs = conditions.length === 0 ? '' : ` [${conditions.join(', ')}]`;
    const does = actions.length === 0 ? '' : ` / ${actions.join(', ')}`;
    return `  ${from} --> ${to}: ${trigger}${needs}${does}`;
  });
  return ['stateDiagram-v2', '  [*] --> pending', ...arrows, '  refunded --> [*]'].join('\n');
}
