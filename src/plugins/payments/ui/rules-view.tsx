import {
  DataTable,
  Field,
  Notice,
  StatusBadge,
  formatCount,
  usePermission,
  useRequest,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState, type FormEvent } from 'react';
import { emptyRule, moved, problemsOfRule } from './routing-draft';
import type { Draft } from './routing-page';
import { conditionTexts, targetsText } from './routing-text';
import { SAVE, UPDATE, type Problem, type Routing, type Rule, type SaveAnswer } from './routing.query';
import { Conditions, Problems, RuleActions } from './rule-cells';
import { RuleDialog } from './rule-dialog';
import type { Choices } from './use-names';

const MAX_NOTE = 500;

type Said = { tone: 'success' | 'error'; title: string; text?: string; stale?: boolean; at: number };

/** The rules in their order, to be changed and saved as a new version. */
export function RulesView(props: {
  routing: Routing;
  draft: Draft;
  changed: boolean;
  choices: Choices;
  onDraft: (draft: Draft) => void;
  onSaved: (routing: Routing) => void;
  onDiscard: () => void;
  onReload: () => void;
}) {
  const { routing, draft, changed, choices, onDraft } = props;
  const { rules } = draft;
  const mayChange = usePermission(UPDATE);
  const [editing, setEditing] = useState<{ index: number } | undefined>(undefined);
  const [refused, setRefused] = useState<Problem[] | undefined>(undefined);
  const [said, setSaid] = useState<Said | undefined>(undefined);
  const [announced, setAnnounced] = useState('');
  const save = useRequest<{ result: SaveAnswer }>(SAVE);
  // Of a draft that differs from what was judged, only what was said when it was refused.
  const problems = refused ?? (changed ? [] : routing.problems);
  const names = { groups: choices.groups ?? [], channels: choices.channels ?? [] };

  /** What was said is about the rules as they were, and their places. */
  const forget = (message = '') => {
    setRefused(undefined);
    setSaid(undefined);
    setAnnounced(message);
  };
  const change = (next: Rule[], message: string) => {
    onDraft({ ...draft, rules: next });
    forget(message);
  };
  const move = (index: number, by: number) => {
    if (rules[index + by] === undefined) return;
    change(
      moved(rules, index, by),
      `${rules[index]?.name} is now ${index + by + 1} of ${rules.length}, not saved yet`,
    );
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSaid(undefined);
    const answer = await save.send({
      input: { baseVersion: routing.version, note: draft.note.trim() || null, rules },
    });
    if (answer === undefined) return;
    const { result } = answer;
    const at = Date.now();
    switch (result.__typename) {
      case 'PaymentRouting':
        setRefused(undefined);
        setSaid({ tone: 'success', title: `Version ${result.version} is in use`, at });
        return props.onSaved(result);
      case 'PaymentRoutingInvalidError':
        setRefused(result.problems);
        return setSaid({ tone: 'error', title: result.message, text: general(result.problems), at });
      case 'PaymentRoutingStaleError':
        return setSaid({ tone: 'error', title: result.message, stale: true, at });
    }
  };

  const columns: ReadonlyArray<Column<Rule>> = [
    {
      header: 'Rule',
      keepWords: true,
      cell: rule => (
        <>
          {`${rules.indexOf(rule) + 1}. ${rule.name}`}
          <Problems problems={problemsOfRule(problems, rules.indexOf(rule))} />
        </>
      ),
    },
    { header: 'Payments', cell: rule => <Conditions texts={conditionTexts(rule.when, names)} /> },
    {
      header: 'Go to',
      cell: rule => (
        <>
          {targetsText(rule.to)}
          {rule.failover.length > 0 && (
            <span className="tw-cell-note">then {rule.failover.join(', then ')}</span>
          )}
        </>
      ),
    },
    {
      header: 'State',
      cell: rule => (
        <StatusBadge tone={rule.enabled ? 'success' : 'neutral'}>{rule.enabled ? 'On' : 'Off'}</StatusBadge>
      ),
    },
    ...(mayChange
      ? [
          {
            header: 'Change',
            cell: (rule: Rule) => (
              <RuleActions
                rule={rule}
                first={rules[0] === rule}
                last={rules.at(-1) === rule}
                onMove={by => move(rules.indexOf(rule), by)}
                onEdit={() => setEditing({ index: rules.indexOf(rule) })}
                onToggle={() =>
                  change(
                    rules.map(each => (each === rule ? { ...rule, enabled: !rule.enabled } : each)),
                    `${rule.name} is ${rule.enabled ? 'off' : 'on'}, not saved yet`,
                  )
                }
                onRemove={() =>
                  change(
                    rules.filter(each => each !== rule),
                    `${rule.name} is removed, not saved yet`,
                  )
                }
              />
            ),
          },
        ]
      : []),
  ];
  const edited = editing === undefined ? undefined : rules[editing.index];

  return (
    <Card title="Rules">
      <p className="tw-intro">
        The first rule that holds takes the payment. What no rule takes goes to{' '}
        <strong>{routing.providers.find(({ isDefault }) => isDefault)?.code ?? 'nobody'}</strong>. Providers:{' '}
        {routing.providers.map(({ code }) => code).join(', ') || 'none is configured'}.
      </p>
      {said !== undefined && (
        <Notice
          key={said.at}
          tone={said.tone}
          title={said.title}
          takesFocus
          action={
            said.stale === true ? (
              <button type="button" className="button-small" onClick={props.onReload}>
                Load it, without my changes
              </button>
            ) : undefined
          }
        >
          {said.text}
        </Notice>
      )}
      {save.error !== undefined && (
        <Notice tone="error" title="Nothing was saved">
          {save.error}
        </Notice>
      )}
      <span className="tw-visually-hidden" role="status">
        {announced}
      </span>
      <DataTable
        caption="Rules"
        columns={columns}
        rows={rules}
        rowKey={({ id }) => id}
        empty="There are no rules: every payment goes to the default provider."
      />
      {mayChange && (
        <form aria-label="Save the rules" onSubmit={event => void submit(event)}>
          <div className="tw-actions">
            <button
              type="button"
              className="button-small"
              aria-haspopup="dialog"
              onClick={() => setEditing({ index: rules.length })}
            >
              Add a rule …
            </button>
          </div>
          {changed && (
            <>
              <Field label="Why (optional, for the history)">
                <input
                  type="text"
                  maxLength={MAX_NOTE}
                  value={draft.note}
                  onChange={event => onDraft({ ...draft, note: event.target.value })}
                />
              </Field>
              <div className="tw-actions tw-dialog-foot">
                <button
                  type="button"
                  className="button"
                  onClick={() => {
                    forget();
                    props.onDiscard();
                  }}
                >
                  Discard the changes
                </button>
                <button type="submit" className="button primary">
                  Save as version {formatCount(routing.version + 1)}
                </button>
              </div>
            </>
          )}
        </form>
      )}
      {editing !== undefined && (
        <RuleDialog
          rule={edited}
          empty={emptyRule(newId(), routing.providers)}
          providers={routing.providers}
          choices={choices}
          problems={problemsOfRule(problems, editing.index)}
          onDone={rule => {
            const isNew = edited === undefined;
            change(
              isNew ? [...rules, rule] : rules.map(each => (each === edited ? rule : each)),
              `${rule.name} is ${isNew ? 'added' : 'changed'}, not saved yet`,
            );
            setEditing(undefined);
          }}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Card>
  );
}

/** What is said of no rule. */
function general(problems: readonly Problem[]): string {
  return problems
    .filter(({ path }) => !/^rules\.\d/.test(path))
    .map(({ message }) => message)
    .join(' ');
}

/** Not secret, and compared with a table's others only. */
function newId(): string {
  return `rule-${Date.now().toString(36)}-${Math.floor(Math.random() * 1e6).toString(36)}`;
}
