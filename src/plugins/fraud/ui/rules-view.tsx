import {
  DataTable,
  Field,
  Notice,
  StatusBadge,
  formatCount,
  formatDateTime,
  usePermission,
  usePolledQuery,
  useRequest,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState, type FormEvent } from 'react';
import { points } from './fraud-text';
import { emptyRule, generalProblems, problemsOfRule } from './rule-draft';
import { RuleDialog } from './rule-dialog';
import { ACTIONS, groupText, ruleState } from './rule-text';
import {
  CHECK,
  PUBLISH,
  STATISTICS,
  UPDATE_RULES,
  type Problem,
  type PublishAnswer,
  type Rule,
  type RulesPageData,
  type RuleSet,
  type Statistics,
} from './rules.query';
import type { Draft } from './rules-page';
import { lastDays } from './statistics';

const MAX_NOTE = 500;
const STATISTICS_DAYS = 30;

type Said = { tone: 'success' | 'error'; title: string; text?: string; stale?: boolean; at: number };

/** The rules, what each did lately, and the way to others. */
export function RulesView(props: {
  current: RuleSet;
  data: RulesPageData;
  draft: Draft;
  changed: boolean;
  problems: readonly Problem[];
  onDraft: (draft: Draft) => void;
  onProblems: (problems: Problem[] | undefined) => void;
  onPublished: (rules: RuleSet) => void;
  onReload: () => void;
}) {
  const { current, data, draft, changed, problems, onDraft, onProblems } = props;
  const { rules } = draft;
  const mayChange = usePermission(UPDATE_RULES);
  const [editing, setEditing] = useState<{ index: number } | undefined>(undefined);
  const [said, setSaid] = useState<Said | undefined>(undefined);
  const [announced, setAnnounced] = useState('');
  const [period] = useState(() => lastDays(STATISTICS_DAYS, new Date()));
  const publish = useRequest<{ result: PublishAnswer }>(PUBLISH);
  const check = useRequest<{ checkFraudRules: { valid: boolean; problems: Problem[] } }>(CHECK);
  const statistics = usePolledQuery<{ fraudRuleStatistics: Statistics[] }>(STATISTICS, undefined, {
    ...period,
  });
  const of = (rule: Rule) => statistics.data?.fraudRuleStatistics.find(({ ruleId }) => ruleId === rule.id);

  /** Of rules that are changed, only what the API says about just these. */
  const judge = async (next: Rule[]) => {
    const answer = await check.send({ rules: next });
    if (answer !== undefined) onProblems(answer.checkFraudRules.problems);
  };
  const change = (next: Rule[], message: string) => {
    onDraft({ ...draft, rules: next });
    onProblems(undefined);
    setSaid(undefined);
    setAnnounced(message);
    void judge(next);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSaid(undefined);
    const answer = await publish.send({
      input: { baseVersion: current.version, note: draft.note.trim() || null, rules },
    });
    if (answer === undefined) return;
    const { result } = answer;
    const at = Date.now();
    switch (result.__typename) {
      case 'FraudRuleSet':
        setSaid({ tone: 'success', title: `Version ${result.version} is in use`, at });
        return props.onPublished(result);
      case 'FraudRulesInvalidError':
        onProblems(result.problems);
        return setSaid({ tone: 'error', title: result.message, text: generalProblems(result.problems), at });
      case 'FraudStaleError':
        return setSaid({ tone: 'error', title: result.message, stale: true, at });
      case 'FraudVersionNotFoundError':
        return setSaid({ tone: 'error', title: result.message, at });
    }
  };

  const columns: ReadonlyArray<Column<Rule>> = [
    {
      header: 'Rule',
      keepWords: true,
      cell: rule => (
        <>
          {rule.name}
          <span className="tw-cell-note">{groupText(rule.when)}</span>
          <Problems problems={problemsOfRule(problems, rules.indexOf(rule))} />
        </>
      ),
    },
    { header: 'Weight', cell: ({ weight }) => points(weight), numeric: true },
    { header: 'Does', cell: ({ action }) => ACTIONS[action ?? ''] },
    {
      header: 'State',
      cell: rule => {
        const { tone, text } = ruleState(rule, Date.now());
        return (
          <>
            <StatusBadge tone={tone}>{text}</StatusBadge>
            {rule.expiresAt !== null && (
              <span className="tw-cell-note">until {formatDateTime(rule.expiresAt)}</span>
            )}
          </>
        );
      },
    },
    {
      header: `Last ${STATISTICS_DAYS} days`,
      cell: rule => <Hits statistics={of(rule)} known={statistics.data !== undefined} />,
    },
    ...(mayChange
      ? [
          {
            header: 'Change',
            cell: (rule: Rule) => (
              <RuleActions
                rule={rule}
                onEdit={() => setEditing({ index: rules.indexOf(rule) })}
                onToggle={field =>
                  change(
                    rules.map(each => (each === rule ? { ...rule, [field]: !rule[field] } : each)),
                    `${rule.name} is changed, not published yet`,
                  )
                }
                onRemove={() =>
                  change(
                    rules.filter(each => each !== rule),
                    `${rule.name} is removed, not published yet`,
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
        The weights of all rules that hold are added, up to 100. What blocks goes before what allows; above a
        score of 80 nothing is allowed. Amounts are in {data.fraudSettings.baseCurrency}.
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
      {publish.error !== undefined && (
        <Notice tone="error" title="Nothing was published">
          {publish.error}
        </Notice>
      )}
      {statistics.error !== undefined && (
        <Notice tone="error" title="What the rules did cannot be read">
          {statistics.error}
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
        empty="There are no rules: the other parts make the score."
      />
      {mayChange && (
        <form aria-label="Publish the rules" onSubmit={event => void submit(event)}>
          <div className="tw-actions tw-below">
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
                    setSaid(undefined);
                    setAnnounced('');
                    props.onPublished(current);
                  }}
                >
                  Discard the changes
                </button>
                <button type="submit" className="button primary">
                  Publish as version {formatCount(current.version + 1)}
                </button>
              </div>
            </>
          )}
        </form>
      )}
      {editing !== undefined && (
        <RuleDialog
          rule={edited}
          empty={emptyRule(newId(), data.fraudFields)}
          fields={data.fraudFields}
          lists={data.fraudLists.map(({ name }) => name)}
          problems={problemsOfRule(problems, editing.index)}
          onDone={rule => {
            const isNew = edited === undefined;
            change(
              isNew ? [...rules, rule] : rules.map(each => (each === edited ? rule : each)),
              `${rule.name} is ${isNew ? 'added' : 'changed'}, not published yet`,
            );
            setEditing(undefined);
          }}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Card>
  );
}

function RuleActions(props: {
  rule: Rule;
  onEdit: () => void;
  onToggle: (field: 'enabled' | 'shadow') => void;
  onRemove: () => void;
}) {
  const { rule, onEdit, onToggle, onRemove } = props;
  const button = (text: string, onClick: () => void) => (
    <button type="button" className="button-small" aria-label={`${text}: ${rule.name}`} onClick={onClick}>
      {text}
    </button>
  );
  return (
    <div className="tw-actions">
      {button('Edit', onEdit)}
      {button(rule.enabled ? 'Turn off' : 'Turn on', () => onToggle('enabled'))}
      {button(rule.shadow ? 'Have it act' : 'To shadow', () => onToggle('shadow'))}
      {button('Remove', onRemove)}
    </div>
  );
}

/** What is wrong with a rule, also where its fields are not seen. */
function Problems({ problems }: { problems: readonly Problem[] }) {
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

function Hits({ statistics, known }: { statistics: Statistics | undefined; known: boolean }) {
  if (statistics === undefined) return <>{known ? 'did not hold' : '–'}</>;
  const { fired, fraudsCaught, goodStopped, open } = statistics;
  return (
    <ul className="tw-lines">
      <li>held {formatCount(fired)} times</li>
      <li>{formatCount(fraudsCaught)} frauds caught</li>
      <li>{formatCount(goodStopped)} good stopped</li>
      {open > 0 && <li>{formatCount(open)} not known yet</li>}
    </ul>
  );
}

/** Not secret, and compared with a set's others only. */
function newId(): string {
  return `rule-${Date.now().toString(36)}-${Math.floor(Math.random() * 1e6).toString(36)}`;
}
