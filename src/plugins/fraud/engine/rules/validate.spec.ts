import { rule } from '../scoring.fixture';
import { DEFAULT_RULES } from './default-rules';
import { MAX_CONDITIONS, MAX_DEPTH, parseRules } from './validate';

const problemsOf = (changes: object, lists: string[] = []) =>
  parseRules([{ ...rule({ weight: 10 }), ...changes }], { lists: new Set(lists), now: 1_000 }).problems.map(
    ({ path, code }) => `${path}: ${code}`,
  );
const ofCondition = (condition: object, lists?: string[]) =>
  problemsOf({ when: { match: 'all', members: [condition] } }, lists);
const at = 'rules.0.when.members.0';

describe('parseRules', () => {
  it('takes the rules that a shop begins with, as they are', () => {
    const result = parseRules(DEFAULT_RULES, { now: 0, lists: new Set() });
    expect(result).toEqual({ value: DEFAULT_RULES, problems: [] });
  });

  it('keeps nothing that does not belong there', () => {
    const result = parseRules([{ ...rule(), extra: 1, name: ' A rule ', expiresAt: new Date(5) }]);
    expect('value' in result && result.value).toEqual([rule({ expiresAt: 5 })]);
  });

  it.each([
    [{ id: 'has space' }, 'rules.0.id: rule-id'],
    [{ name: ' ' }, 'rules.0.name: rule-name'],
    [{ name: 'a\u0000' }, 'rules.0.name: rule-name'],
    [{ weight: -1 }, 'rules.0.weight: weight'],
    [{ weight: 100.1 }, 'rules.0.weight: weight'],
    [{ weight: Number.NaN }, 'rules.0.weight: weight'],
    [{ action: 'explode' }, 'rules.0.action: malformed'],
    [{ expiresAt: 'soon' }, 'rules.0.expiresAt: malformed'],
    [{ when: null }, 'rules.0.when: malformed'],
    [
      { when: { match: 'some', members: [{ field: 'ip.tor', operator: 'exists', value: true }] } },
      'rules.0.when.match: match',
    ],
    [{ when: { match: 'all', members: [] } }, 'rules.0.when.members: empty-group'],
    [{ expiresAt: 1_000 }, 'rules.0.expiresAt: expired'],
    [{ weight: 0 }, 'rules.0.weight: without-effect'],
  ])('finds in %j: %s', (changes, expected) => {
    expect(problemsOf(changes)).toEqual([expected]);
  });

  it.each<[object, string]>([
    [{ field: 'order.secret', operator: 'equals', value: 1 }, `${at}.field: unknown-field`],
    [{ field: '__proto__', operator: 'equals', value: 1 }, `${at}.field: unknown-field`],
    [{ field: 'order.amount', operator: 'sounds_like', value: 1 }, `${at}.operator: unknown-operator`],
    [{ field: 'order.amount', operator: 'contains', value: '1' }, `${at}.operator: operator-does-not-fit`],
    [{ field: 'email.domain', operator: 'greater_than', value: 1 }, `${at}.operator: operator-does-not-fit`],
    [{ field: 'ip.tor', operator: 'in_list', value: 'x' }, `${at}.operator: operator-does-not-fit`],
    [{ field: 'order.amount', operator: 'greater_than', value: '10' }, `${at}.value: value-number`],
    [{ field: 'order.amount', operator: 'greater_than', value: -5 }, `${at}.value: value-negative`],
    [{ field: 'order.amount', operator: 'between', value: [1] }, `${at}.value: value-range`],
    [{ field: 'order.amount', operator: 'between', value: [-1, 5] }, `${at}.value.0: value-negative`],
    [{ field: 'order.amount', operator: 'between', value: [9, 5] }, `${at}.value: range-backwards`],
    [{ field: 'email.domain', operator: 'contains', value: ' ' }, `${at}.value: value-text`],
    [{ field: 'email.domain', operator: 'equals', value: 'x'.repeat(501) }, `${at}.value: value-too-long`],
    [{ field: 'ip.tor', operator: 'equals', value: 'yes' }, `${at}.value: value-boolean`],
    [{ field: 'ip.tor', operator: 'exists', value: 1 }, `${at}.value: value-boolean`],
    [{ field: 'email.domain', operator: 'in_list', value: 'gone' }, `${at}.value: unknown-list`],
    [{ field: 'email.domain', operator: 'matches', value: '(' }, `${at}.value: pattern-malformed`],
    [{ field: 'email.domain', operator: 'matches', value: '(?=a)' }, `${at}.value: pattern-malformed`],
    [{ field: 'email.domain', operator: 'matches', value: 'a'.repeat(501) }, `${at}.value: pattern-too-long`],
    [
      { field: 'email.domain', operator: 'matches', value: '(a{1,90}){1,10}(b{1,90}){1,10}(c{1,90}){1,10}' },
      `${at}.value: pattern-too-complex`,
    ],
  ])('finds in the condition %j: %s', (condition, expected) => {
    expect(ofCondition(condition)).toEqual([expected]);
  });

  it('takes what fits', () => {
    expect(ofCondition({ field: 'email.domain', operator: 'in_list', value: 'bad' }, ['bad'])).toEqual([]);
    expect(ofCondition({ field: 'ip.latitude', operator: 'between', value: [-10, 10] })).toEqual([]);
    expect(ofCondition({ field: 'email.address', operator: 'matches', value: '^(a+)+$' })).toEqual([]);
  });

  it('finds an id that is there twice', () => {
    expect(parseRules([rule({ weight: 1 }), rule({ weight: 2 })]).problems).toEqual([
      { path: 'rules.1.id', code: 'duplicate-id', severity: 'error', variables: { id: 'r' } },
    ]);
  });

  it('limits depth and size, however large the input is', () => {
    const leaf = { field: 'ip.tor', operator: 'exists', value: true };
    let deep: object = leaf;
    for (let depth = 0; depth < 10_000; depth += 1) deep = { match: 'all', members: [deep] };
    expect(problemsOf({ when: deep })).toEqual([`rules.0.when${'.members.0'.repeat(MAX_DEPTH)}: too-deep`]);
    const wide = { match: 'any', members: Array.from({ length: 100_000 }, () => leaf) };
    expect(problemsOf({ when: wide })).toEqual(['rules.0.when: too-many-conditions']);
    expect(problemsOf({ when: { ...wide, members: wide.members.slice(0, MAX_CONDITIONS) } })).toEqual([]);
    expect(parseRules(Array.from({ length: 201 }, () => null)).problems[0]?.code).toBe('too-many-rules');
    expect(parseRules('x').problems[0]?.code).toBe('malformed');
  });
});
