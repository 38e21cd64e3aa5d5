import {
  conditionCount,
  draftOf,
  emptyRule,
  generalProblems,
  inputKind,
  problemAt,
  problemsOfRule,
  ruleInput,
  ruleOf,
  withField,
  withMember,
  type DraftCondition,
} from './rule-draft';
import type { Field, Rule } from './rules.query';

const field = (name: string, type: Field['type'], operators: Field['operators']): Field => ({
  name,
  type,
  operators,
  description: '',
  personal: false,
});
const AMOUNT = field('order.amount', 'number', ['greater_than', 'between', 'exists']);
const EMAIL = field('email.address', 'text', ['contains', 'in_list', 'exists']);
const GUEST = field('customer.guest', 'boolean', ['equals', 'exists']);
const FIELDS = [AMOUNT, EMAIL, GUEST];

const rule: Rule = {
  id: 'a',
  name: 'Large and new',
  enabled: true,
  shadow: true,
  expiresAt: '2026-05-01T10:30:00.000Z',
  when: {
    match: 'all',
    members: [
      { field: 'order.amount', operator: 'between', value: [100, 250.5] },
      {
        match: 'any',
        members: [
          { field: 'email.address', operator: 'in_list', value: 'block' },
          { field: 'customer.guest', operator: 'equals', value: false },
          { field: 'order.amount', operator: 'exists', value: true },
        ],
      },
    ],
  },
  weight: 12.5,
  action: 'review',
};

describe('a rule that is edited', () => {
  it('comes back as it was', () => {
    expect(ruleOf(draftOf(rule), FIELDS)).toEqual({ rule });
    const bare: Rule = { ...rule, expiresAt: null, action: null };
    expect(ruleOf(draftOf(bare), FIELDS)).toEqual({ rule: bare });
  });

  it('says at each place what is missing, also deep inside', () => {
    const draft = draftOf(rule);
    const broken = withMember(
      withMember(draft.when, [0], member => ({ ...(member as DraftCondition), text: '300' })),
      [1, 0],
      member => ({ ...(member as DraftCondition), text: '' }),
    );
    const result = ruleOf({ ...draft, name: ' ', weight: '101', expiresAt: 'soon', when: broken }, FIELDS);
    expect(result).toEqual({
      problems: {
        name: 'Give the rule a name.',
        weight: 'Give points from 0 to 100.',
        expiresAt: 'Give a day and a time.',
        'when.members.0.value': 'The first number is above the second one.',
        'when.members.1.members.0.value': 'Choose a list.',
      },
    });
  });

  it('refuses an empty group, and a field that is not there', () => {
    const draft = emptyRule('n', FIELDS);
    const empty = ruleOf({ ...draft, name: 'x', when: { ...draft.when, members: [] } }, FIELDS);
    expect(empty).toEqual({ problems: { when: 'Add a condition, or take the group out.' } });
    expect(ruleOf({ ...draft, name: 'x' }, [])).toMatchObject({
      problems: { 'when.members.0.field': 'Choose a field.' },
    });
  });

  it.each(['', 'many', '1e5', '1,2,3'])('takes %j for no number', text => {
    const draft = emptyRule('n', FIELDS);
    const when = withMember(draft.when, [0], member => ({ ...(member as DraftCondition), text }));
    expect(ruleOf({ ...draft, name: 'x', when }, FIELDS)).toEqual({
      problems: { 'when.members.0.value': 'Give a number.' },
    });
  });
});

it('asks for what an operator and a type need', () => {
  expect(inputKind('equals', 'boolean')).toBe('flag');
  expect(inputKind('equals', 'number')).toBe('number');
  expect(inputKind('not_equals', 'text')).toBe('text');
  expect(inputKind('exists', 'number')).toBe('flag');
  expect(inputKind('between', 'number')).toBe('range');
  expect(inputKind('in_list', 'text')).toBe('list');
});

it('keeps an operator that fits another field, and what was typed', () => {
  const condition = { ...(emptyRule('n', FIELDS).when.members[0] as DraftCondition), text: '5' };
  expect(withField({ ...condition, operator: 'exists' }, EMAIL)).toMatchObject({
    operator: 'exists',
    text: '5',
  });
  expect(withField(condition, EMAIL)).toMatchObject({ field: 'email.address', operator: 'contains' });
});

it('changes and takes out members wherever they are, and counts them', () => {
  const { when } = draftOf(rule);
  expect(conditionCount(when)).toBe(4);
  const without = withMember(when, [1, 1], () => undefined);
  expect(conditionCount(without)).toBe(3);
  expect(conditionCount(withMember(when, [1], () => undefined))).toBe(1);
  expect(withMember(when, [0, 3], () => undefined)).toEqual(when);
});

it('is sent without what an answer carries besides', () => {
  expect(ruleInput({ ...rule, __typename: 'FraudRule' } as Rule)).toEqual(rule);
});

it('finds what is wrong with a rule, and with each field', () => {
  const problem = (path: string) => ({ path, message: path, severity: 'error' as const });
  const problems = ['rules.1', 'rules.1.when.members.0.value', 'rules.10.name', 'note'].map(problem);
  const ofRule = problemsOfRule(problems, 1);
  expect(ofRule.map(({ path }) => path)).toEqual(['', 'when.members.0.value']);
  expect(problemAt(ofRule, 'when.members.0.value')).toBe('rules.1.when.members.0.value');
  expect(problemAt(ofRule, 'when.members.0')).toBeUndefined();
  expect(generalProblems(problems)).toBe('note');
});
