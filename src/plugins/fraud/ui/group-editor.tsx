import { CheckedField, Field as Labelled, ProblemText } from '@tradewind/admin-ui-kit';
import React, { useId } from 'react';
import {
  MAX_CONDITIONS,
  MAX_DEPTH,
  conditionCount,
  emptyCondition,
  inputKind,
  withField,
  withMember,
  type DraftCondition,
  type DraftGroup,
  type DraftMember,
} from './rule-draft';
import { OPERATORS } from './rule-text';
import type { Field, Operator } from './rules.query';

interface Shared {
  root: DraftGroup;
  fields: readonly Field[];
  lists: readonly string[];
  /** By the path inside the rule. */
  problemOf: (path: string) => string | undefined;
  onChange: (root: DraftGroup) => void;
}

/** What a rule asks for: conditions and groups of them, inside each other. */
export function GroupEditor(props: Shared) {
  return (
    <>
      <datalist id={FIELD_NAMES}>
        {props.fields.map(({ name, description }) => (
          <option key={name} value={name}>
            {description}
          </option>
        ))}
      </datalist>
      <GroupBox {...props} group={props.root} place={[]} />
    </>
  );
}

const FIELD_NAMES = 'fraud-field-names';

function GroupBox(props: Shared & { group: DraftGroup; place: readonly number[] }) {
  const { group, place, root, fields, problemOf, onChange } = props;
  const problemId = useId();
  const path = pathOf(place);
  const problem = problemOf(path);
  const number = place.map(index => index + 1).join('.');
  const change = (next: DraftGroup) =>
    onChange(place.length === 0 ? next : withMember(root, place, () => next));
  const add = (member: DraftMember) => change({ ...group, members: [...group.members, member] });
  const full = conditionCount(root) >= MAX_CONDITIONS;
  return (
    <fieldset
      className={place.length === 0 ? 'tw-group' : 'tw-group tw-group-inner'}
      aria-describedby={problem === undefined ? undefined : problemId}
    >
      <legend className="tw-visually-hidden">{place.length === 0 ? 'Conditions' : `Group ${number}`}</legend>
      <div className="tw-actions">
        <label className="tw-inline">
          Holds when{' '}
          <select
            aria-label={place.length === 0 ? 'How conditions are joined' : `How group ${number} is joined`}
            value={group.match}
            onChange={event => change({ ...group, match: event.target.value as DraftGroup['match'] })}
          >
            <option value="all">all of these hold</option>
            <option value="any">any of these holds</option>
          </select>
        </label>
        {place.length > 0 && (
          <button
            type="button"
            className="button-small"
            aria-label={`Take out group ${number}`}
            onClick={() => onChange(withMember(root, place, () => undefined))}
          >
            Take out the group
          </button>
        )}
      </div>
      {group.members.map((member, index) =>
        member.kind === 'group' ? (
          <GroupBox key={index} {...props} group={member} place={[...place, index]} />
        ) : (
          <ConditionRow key={index} {...props} condition={member} place={[...place, index]} />
        ),
      )}
      <ProblemText id={problemId} text={problem} />
      <div className="tw-actions tw-no-gap">
        <button
          type="button"
          className="button-small"
          aria-label={place.length === 0 ? 'Add a condition' : `Add a condition to group ${number}`}
          aria-disabled={full}
          onClick={() => !full && add(emptyCondition(fields))}
        >
          Add a condition
        </button>
        {place.length + 1 < MAX_DEPTH && (
          <button
            type="button"
            className="button-small"
            aria-label={place.length === 0 ? 'Add a group' : `Add a group to group ${number}`}
            aria-disabled={full}
            onClick={() =>
              !full &&
              add({
                kind: 'group',
                match: group.match === 'all' ? 'any' : 'all',
                members: [emptyCondition(fields)],
              })
            }
          >
            Add a group
          </button>
        )}
      </div>
    </fieldset>
  );
}

function ConditionRow(props: Shared & { condition: DraftCondition; place: readonly number[] }) {
  const { condition, place, root, fields, problemOf, onChange } = props;
  const number = place.map(index => index + 1).join('.');
  const path = pathOf(place);
  const known = fields.find(({ name }) => name === condition.field);
  const set = (next: DraftCondition) => onChange(withMember(root, place, () => next));
  const operators = known?.operators ?? [condition.operator];
  return (
    <div className="tw-condition">
      <CheckedField
        label={`Field ${number}`}
        problem={problemOf(`${path}.field`) ?? (known === undefined ? 'There is no such field.' : undefined)}
      >
        {attributes => (
          <input
            {...attributes}
            type="text"
            list={FIELD_NAMES}
            spellCheck={false}
            value={condition.field}
            onChange={event => {
              const field = fields.find(({ name }) => name === event.target.value);
              set(
                field === undefined
                  ? { ...condition, field: event.target.value }
                  : withField(condition, field),
              );
            }}
          />
        )}
      </CheckedField>
      <CheckedField label={`Operator ${number}`} problem={problemOf(`${path}.operator`)}>
        {attributes => (
          <select
            {...attributes}
            value={condition.operator}
            onChange={event => set({ ...condition, operator: event.target.value as Operator })}
          >
            {operators.map(operator => (
              <option key={operator} value={operator}>
                {OPERATORS[operator]}
              </option>
            ))}
          </select>
        )}
      </CheckedField>
      <Value
        {...props}
        known={known}
        number={number}
        problem={problemOf(`${path}.value`) ?? problemOf(path)}
        set={set}
      />
      <button
        type="button"
        className="button-small"
        aria-label={`Take out condition ${number}`}
        onClick={() => onChange(withMember(root, place, () => undefined))}
      >
        Take out
      </button>
      {known !== undefined && <span className="tw-condition-note">{known.description}</span>}
    </div>
  );
}

/** What fits the operator and the field's type. */
function Value(props: {
  condition: DraftCondition;
  known: Field | undefined;
  lists: readonly string[];
  number: string;
  problem: string | undefined;
  set: (condition: DraftCondition) => void;
}) {
  const { condition, known, lists, number, problem, set } = props;
  const kind = inputKind(condition.operator, known?.type ?? 'text');
  const label = `Value ${number}`;
  if (kind === 'flag') {
    const [yes, no] = condition.operator === 'exists' ? ['there', 'missing'] : ['yes', 'no'];
    return (
      <CheckedField label={label} problem={problem}>
        {attributes => (
          <select
            {...attributes}
            value={String(condition.flag)}
            onChange={event => set({ ...condition, flag: event.target.value === 'true' })}
          >
            <option value="true">{yes}</option>
            <option value="false">{no}</option>
          </select>
        )}
      </CheckedField>
    );
  }
  if (kind === 'list') {
    const names =
      condition.text === '' || lists.includes(condition.text) ? lists : [condition.text, ...lists];
    return (
      <CheckedField label={label} problem={problem}>
        {attributes => (
          <select
            {...attributes}
            value={condition.text}
            onChange={event => set({ ...condition, text: event.target.value })}
          >
            <option value="">Choose a list</option>
            {names.map(name => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        )}
      </CheckedField>
    );
  }
  const numeric = kind === 'number' || kind === 'range' ? ({ inputMode: 'decimal' } as const) : {};
  return (
    <>
      <CheckedField label={kind === 'range' ? `From ${number}` : label} problem={problem}>
        {attributes => (
          <input
            {...attributes}
            {...numeric}
            type="text"
            spellCheck={false}
            value={condition.text}
            onChange={event => set({ ...condition, text: event.target.value })}
          />
        )}
      </CheckedField>
      {kind === 'range' && (
        <Labelled label={`Up to ${number}`}>
          <input
            type="text"
            inputMode="decimal"
            value={condition.upTo}
            onChange={event => set({ ...condition, upTo: event.target.value })}
          />
        </Labelled>
      )}
    </>
  );
}

function pathOf(place: readonly number[]): string {
  return ['when', ...place.flatMap(index => ['members', index])].join('.');
}
