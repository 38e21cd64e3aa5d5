import { conditionText, groupText, ruleState } from './rule-text';
import type { Condition } from './rules.query';

const amount: Condition = { field: 'order.amount', operator: 'greater_than', value: 1000 };
const email: Condition = { field: 'email.address', operator: 'contains', value: 'test' };

it.each<[Condition, string]>([
  [amount, 'order.amount is above 1000'],
  [{ field: 'a', operator: 'between', value: [1, 2] }, 'a is between 1 and 2'],
  [{ field: 'a', operator: 'exists', value: false }, 'a is missing'],
  [{ field: 'a', operator: 'exists', value: true }, 'a is there'],
  [{ field: 'a', operator: 'equals', value: true }, 'a is yes'],
  [{ field: 'a', operator: 'in_list', value: 'block' }, 'a is in the list block'],
  [{ field: 'a', operator: 'matches', value: '^x' }, 'a matches /^x/'],
])('%j is "%s"', (condition, text) => {
  expect(conditionText(condition)).toBe(text);
});

it('puts groups inside groups into brackets', () => {
  const inner = { match: 'any' as const, members: [amount, email] };
  expect(groupText({ match: 'all', members: [email, inner] })).toBe(
    'email.address contains test and (order.amount is above 1000 or email.address contains test)',
  );
  expect(groupText({ match: 'all', members: [email, { match: 'any', members: [amount] }] })).toBe(
    'email.address contains test and order.amount is above 1000',
  );
});

it('says whether a rule acts', () => {
  const now = Date.parse('2026-03-01T00:00:00Z');
  const rule = { enabled: true, shadow: false, expiresAt: null };
  expect(ruleState(rule, now).text).toBe('On');
  expect(ruleState({ ...rule, shadow: true }, now).text).toBe('Shadow');
  expect(ruleState({ ...rule, expiresAt: '2026-03-01T00:00:00Z' }, now).text).toBe('Expired');
  expect(ruleState({ ...rule, expiresAt: '2026-03-02T00:00:00Z' }, now).text).toBe('On');
  expect(ruleState({ ...rule, enabled: false, shadow: true }, now).text).toBe('Off');
});
