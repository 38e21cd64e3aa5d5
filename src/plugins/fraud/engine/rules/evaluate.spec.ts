import * as fc from 'fast-check';
import type { Condition, ConditionGroup, Rule, Signals } from '../../types';
import { plainLists, rule } from '../scoring.fixture';
import { DEFAULT_RULES } from './default-rules';
import { evaluateRules } from './evaluate';

const AT = Date.UTC(2026, 0, 1);
const NONE = plainLists();

const evaluate = (rules: readonly Rule[], signals: Signals, lists = NONE, at = AT) =>
  evaluateRules({ version: 1, rules }, signals, lists, at);

const holds = (when: ConditionGroup, signals: Signals, lists = NONE) =>
  evaluate([rule({ when })], signals, lists).hits.length === 1;

const meets = (condition: Condition, signals: Signals, lists = NONE) =>
  holds({ match: 'all', members: [condition] }, signals, lists);

describe('the rules that a shop begins with', () => {
  const scoreOf = (signals: Signals) => evaluate(DEFAULT_RULES, signals).part.score;

  it.each([
    [{ 'order.amount': 1_000 }, 0],
    [{ 'order.amount': 1_000.01 }, 10],
    [{ 'email.address': 'ada@example.com' }, 0],
    [{ 'email.address': 'ada.TEST@example.com' }, 20],
    [{ 'velocity.customer.attempts.24h': 5 }, 0],
    [{ 'velocity.customer.attempts.24h': 6 }, 30],
    [{ 'velocity.email.attempts.24h': 6 }, 30],
    [{ 'order.amount': 2_000, 'email.address': 'test@x.org', 'velocity.customer.attempts.24h': 6 }, 60],
    [{}, 0],
  ])('give %j %d points', (signals, points) => {
    expect(scoreOf(signals as unknown as Signals)).toBe(points);
  });
});

describe('conditions', () => {
  it.each<[Condition['operator'], Condition['value'], Signals[string], boolean]>([
    ['equals', 'DE', 'de ', true],
    ['equals', 'ｄｅ', 'DE', true],
    ['equals', 'DE', 'FR', false],
    ['equals', 3, 3, true],
    ['equals', 3, '3', false],
    ['equals', true, true, true],
    ['not_equals', 'DE', 'FR', true],
    ['not_equals', 'DE', ' de', false],
    ['greater_than', 5, 5, false],
    ['greater_than', 5, 5.1, true],
    ['less_than', 5, 5, false],
    ['less_than', 5, 4.9, true],
    ['between', [1, 5], 1, true],
    ['between', [1, 5], 5, true],
    ['between', [1, 5], 5.01, false],
    ['contains', 'Test', 'my.TEST.address', true],
    ['contains', 'test', 'tes.t', false],
    ['matches', '^[a-z]+\\d{4,}@', 'qwerty12345@x.org', true],
    ['matches', '^[a-z]+\\d{4,}@', 'ada@x.org', false],
    ['exists', true, 'x', true],
    ['exists', false, 'x', false],
    ['greater_than', 5, '6', false],
    ['greater_than', 5, Number.NaN, false],
  ])('%s %j holds for %j: %s', (operator, value, found, expected) => {
    expect(meets({ field: 'f', operator, value }, { f: found })).toBe(expected);
  });

  it.each<[Condition['operator'], Condition['value'], boolean]>([
    ['equals', 'x', false],
    ['not_equals', 'x', false],
    ['greater_than', -1, false],
    ['less_than', 1, false],
    ['between', [0, 0], false],
    ['contains', '', false],
    ['in_list', 'l', false],
    ['matches', '', false],
    ['exists', true, false],
    ['exists', false, true],
  ])('%s %j of a field that is missing: %s', (operator, value, expected) => {
    expect(meets({ field: 'toString', operator, value }, {}, plainLists({ l: [''] }))).toBe(expected);
  });

  it('looks into lists, and takes one that is not there for empty', () => {
    const condition = { field: 'f', operator: 'in_list', value: 'bad' } as const;
    expect(meets(condition, { f: 'x' }, plainLists({ bad: ['x'] }))).toBe(true);
    expect(meets(condition, { f: 'y' }, plainLists({ bad: ['x'] }))).toBe(false);
    expect(meets(condition, { f: 'x' })).toBe(false);
  });

  it('searches in linear time', () => {
    const condition = { field: 'f', operator: 'matches', value: '^(([a-z])+.)+[A-Z]([a-z])+$' } as const;
    const begun = performance.now();
    expect(meets(condition, { f: 'a'.repeat(100_000) })).toBe(false);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});

describe('groups', () => {
  const member = fc
    .boolean()
    .map(value => ({ field: value ? 'yes' : 'no', operator: 'exists', value: true }));
  const { group } = fc.letrec<{ group: ConditionGroup; node: ConditionGroup | Condition }>(tie => ({
    node: fc.oneof({ maxDepth: 4 }, member as fc.Arbitrary<Condition>, tie('group')),
    group: fc.record({
      match: fc.constantFrom('all', 'any'),
      members: fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
    }),
  }));
  const truth = (node: ConditionGroup | Condition): boolean =>
    'members' in node
      ? node.match === 'all'
        ? node.members.every(truth)
        : node.members.some(truth)
      : node.field === 'yes';

  it('hold as their members say, however deep', () => {
    fc.assert(fc.property(group, when => expect(holds(when, { yes: 1 })).toBe(truth(when))));
  });

  it('without members hold for nothing', () => {
    expect(holds({ match: 'all', members: [] }, { a: 1 })).toBe(false);
  });
});

describe('evaluateRules', () => {
  const signals = { 'order.amount': 10 };

  it('adds weights up to 100', () => {
    const rules = [rule({ id: 'a', weight: 60 }), rule({ id: 'b', weight: 70 })];
    expect(evaluate(rules, signals).part.score).toBe(100);
    expect(evaluate(rules.slice(0, 1), signals).part.reasons).toEqual([
      { code: 'rule:a', points: 60, facts: { name: 'A rule' } },
    ]);
  });

  it('counts a shadow rule, without its points', () => {
    const { part, hits } = evaluate([rule({ shadow: true, weight: 60, action: 'block' })], signals);
    expect(part).toEqual({ part: 'rules', score: 0, reasons: [] });
    expect(hits).toEqual([{ ruleId: 'r', shadow: true, weight: 60, action: 'block' }]);
  });

  it('does not look at rules that are disabled or have expired', () => {
    expect(evaluate([rule({ enabled: false })], signals).hits).toEqual([]);
    const expiring = [rule({ expiresAt: AT })];
    expect(evaluate(expiring, signals, NONE, AT - 1).hits).toHaveLength(1);
    expect(evaluate(expiring, signals, NONE, AT).hits).toEqual([]);
  });

  it('goes on without a rule that it cannot read, and says so', () => {
    const unreadable = rule({
      id: 'old',
      when: { match: 'all', members: [{ field: 'f', operator: 'matches', value: '(' }] },
    });
    const { part, hits } = evaluate([unreadable, rule({ weight: 5 })], { ...signals, f: '(' });
    expect(hits.map(({ ruleId }) => ruleId)).toEqual(['r']);
    expect(part).toMatchObject({ score: 5, missing: 'unreadable rules: old' });
  });
});
