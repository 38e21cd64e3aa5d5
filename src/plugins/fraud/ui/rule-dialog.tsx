import { CheckedField, Dialog } from '@tradewind/admin-ui-kit';
import React, { useId, useState, type FormEvent } from 'react';
import { GroupEditor } from './group-editor';
import { draftOf, problemAt, ruleOf, type DraftRule, type FieldProblems } from './rule-draft';
import { ACTIONS } from './rule-text';
import type { Field, Problem, Rule, RuleAction } from './rules.query';

/** One rule with all that it asks for. What is wrong is said at its place, also what the API has said. */
export function RuleDialog(props: {
  /** Nothing for a new one. */
  rule: Rule | undefined;
  empty: DraftRule;
  fields: readonly Field[];
  lists: readonly string[];
  problems: readonly Problem[];
  onDone: (rule: Rule) => void;
  onClose: () => void;
}) {
  const { rule, fields, lists } = props;
  const [draft, setDraft] = useState(() => (rule === undefined ? props.empty : draftOf(rule)));
  const [own, setOwn] = useState<FieldProblems | undefined>(undefined);
  const form = useId();
  // What the API has said holds until the rule is judged here.
  const problemOf = (path: string) => (own === undefined ? problemAt(props.problems, path) : own[path]);
  const change = (fields: Partial<DraftRule>) => setDraft({ ...draft, ...fields });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const result = ruleOf(draft, fields);
    if ('rule' in result) return props.onDone(result.rule);
    setOwn(result.problems);
    // To the first field that is wrong, once it is marked.
    const element = event.currentTarget;
    requestAnimationFrame(() => element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const check = (field: 'enabled' | 'shadow', label: string) => (
    <label className="tw-check">
      <input
        type="checkbox"
        checked={draft[field]}
        onChange={event => change({ [field]: event.target.checked })}
      />
      {label}
    </label>
  );
  return (
    <Dialog
      title={rule === undefined ? 'A new rule' : `Rule “${rule.name}”`}
      wide
      onClose={props.onClose}
      closeLabel="Cancel"
      actions={
        <button type="submit" form={form} className="button primary">
          {rule === undefined ? 'Add the rule' : 'Change the rule'}
        </button>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        <div className="tw-fields tw-fields-checked">
          <CheckedField label="Name" problem={problemOf('name')}>
            {attributes => (
              <input
                {...attributes}
                type="text"
                autoFocus
                maxLength={100}
                value={draft.name}
                onChange={event => change({ name: event.target.value })}
              />
            )}
          </CheckedField>
          <CheckedField label="Weight (points, 0 to 100)" problem={problemOf('weight')}>
            {attributes => (
              <input
                {...attributes}
                type="text"
                inputMode="decimal"
                value={draft.weight}
                onChange={event => change({ weight: event.target.value })}
              />
            )}
          </CheckedField>
          <CheckedField label="What it does" problem={problemOf('action')}>
            {attributes => (
              <select
                {...attributes}
                value={draft.action}
                onChange={event => change({ action: event.target.value as RuleAction | '' })}
              >
                {Object.entries(ACTIONS).map(([action, name]) => (
                  <option key={action} value={action}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </CheckedField>
          <CheckedField label="Ends (your time; empty for never)" problem={problemOf('expiresAt')}>
            {attributes => (
              <input
                {...attributes}
                type="datetime-local"
                value={draft.expiresAt}
                onChange={event => change({ expiresAt: event.target.value })}
              />
            )}
          </CheckedField>
        </div>
        {check('enabled', 'It is on')}
        {check('shadow', 'In shadow: its hits are counted, and it does nothing')}
        <h3>Conditions</h3>
        <GroupEditor
          root={draft.when}
          fields={fields}
          lists={lists}
          problemOf={problemOf}
          onChange={when => change({ when })}
        />
      </form>
    </Dialog>
  );
}
