import { StatusBadge } from '@tradewind/admin-ui-kit';
import React from 'react';
import type { Problem, Rule } from './routing.query';

/** What can be done with a rule in its row. */
export function RuleActions(props: {
  rule: Rule;
  first: boolean;
  last: boolean;
  onMove: (by: number) => void;
  onEdit: () => void;
  onToggle: () => void;
  onRemove: () => void;
}) {
  const { rule, first, last, onMove, onEdit, onToggle, onRemove } = props;
  // At an end a button stays where it is: one that is disabled while it has the focus loses it.
  const button = (text: string, onClick: () => void, impossible?: boolean) => (
    <button
      type="button"
      className="button-small"
      aria-label={`${text} ${rule.name}`}
      aria-disabled={impossible}
      onClick={onClick}
    >
      {text}
    </button>
  );
  return (
    <div className="tw-actions">
      {button('Up', () => onMove(-1), first)}
      {button('Down', () => onMove(1), last)}
      {button('Edit', onEdit)}
      {button(rule.enabled ? 'Turn off' : 'Turn on', onToggle)}
      {button('Remove', onRemove)}
    </div>
  );
}

/** What a rule asks for. */
export function Conditions({ texts }: { texts: readonly string[] }) {
  if (texts.length === 0) return <>All payments</>;
  return (
    <ul className="tw-lines">
      {texts.map(text => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

/** What is wrong with a rule, also where its fields are not seen. */
export function Problems({ problems }: { problems: readonly Problem[] }) {
  return (
    <>
      {problems.map(({ path, severity, message }) => (
        <span key={`${path} ${message}`} className="tw-cell-note">
          <StatusBadge tone={severity}>{severity === 'error' ? 'Wrong' : 'Note'}</StatusBadge> {message}
        </span>
      ))}
    </>
  );
}
