import { activeId, pay } from './support/payments-probe/payments';
import { startPaymentsShop, type PaymentsShop } from './support/payments-probe/shop';
import { decisionsOf } from './support/fraud/decisions';
import { succeeded } from './support/results';
import { ShopClient } from './support/shop-client';
import { fillIn, newEmail } from './support/shopping';
import { waitFor } from './support/wait-for';

interface Problem {
  path: string;
  code: string;
  message: string;
}

interface Answer {
  __typename: string;
  version: number;
  currentVersion?: number;
  problems: Problem[];
}

const rule = (changes: object = {}) => ({
  id: 'e2e',
  name: 'A rule of the test',
  enabled: true,
  shadow: false,
  weight: 40,
  action: null,
  when: { match: 'all', members: [{ field: 'order.amount', operator: 'greater_than', value: 0 }] },
  ...changes,
});
const when = (field: string, operator: string, value: unknown) => ({
  when: { match: 'all', members: [{ field, operator, value }] },
});

let payments: PaymentsShop;

const request = async <T>(document: string, variables: object = {}) =>
  (await payments.admin.api.request<{ result: T }>(document, { ...variables })).result;

const inUse = () => request<Answer>('{ result: fraudRules { version } }');

async function publish(rules: object[], baseVersion?: number): Promise<Answer> {
  return request<Answer>(
    `mutation ($input: PublishFraudRulesInput!) { result: publishFraudRules(input: $input) { __typename
       ... on FraudRuleSet { version problems { path code message } }
       ... on FraudRulesInvalidError { problems { path code message } }
       ... on FraudStaleError { currentVersion } } }`,
    { input: { baseVersion: baseVersion ?? (await inUse()).version, rules } },
  );
}

interface Change {
  __typename: string;
  added: number;
  present: number;
  duplicates: number;
  refused: number;
  problems: { line: number; code: string }[];
  list: { entryCount: number };
}

const add = (input: object) =>
  request<Change>(
    `mutation ($input: FraudListEntriesInput!) { result: addFraudListEntries(input: $input) { __typename
       ... on FraudListChange { added present duplicates refused problems { line code } list { entryCount } } } }`,
    { input },
  );

/** @returns the decision before the authorization */
async function paid(email = newEmail('rules')) {
  const client = new ShopClient(payments.shop.baseUrl, { timeoutMs: 60_000 });
  succeeded(await client.addItem(payments.variantId, 1));
  await fillIn(client, email);
  succeeded(await client.transition('ArrangingPayment'));
  const orderId = await activeId(client);
  await pay(client, payments.automatic, { token: 'tok' });
  const [first] = await decisionsOf(payments.database, orderId);
  if (first === undefined) throw new Error('nothing was decided');
  return first;
}

interface Backtest {
  state: string;
  error: string | null;
  checked: number;
  result: { changed: number; rescored: number; unknown: number; now: { declined: { attempts: number } } };
}

async function backtest(input: object): Promise<Backtest> {
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const to = new Date(Date.now() + 1_000).toISOString();
  const { id } = await request<{ id: string }>(
    `mutation ($input: StartFraudBacktestInput!) { result: startFraudBacktest(input: $input) {
       ... on FraudBacktest { id } } }`,
    { input: { from, to, ...input } },
  );
  return waitFor(
    async () => {
      const found = await request<Backtest>(
        `query ($id: ID!) { result: fraudBacktest(id: $id) { state error checked
           result { changed rescored unknown now { declined { attempts } } } } }`,
        { id },
      );
      return ['done', 'failed'].includes(found.state) ? found : undefined;
    },
    { what: 'the backtest to end', timeoutMs: 30_000 },
  );
}

beforeAll(async () => {
  payments = await startPaymentsShop('fraud_rules', { FRAUD_SCORING: 'true' });
}, 180_000);
afterAll(() => payments?.stop(), 60_000);

it.each<[object, string, string]>([
  [when('order.secret', 'equals', 1), 'rules.0.when.members.0.field', 'unknown-field'],
  [when('order.amount', 'greater_than', -5), 'rules.0.when.members.0.value', 'value-negative'],
  [when('email.address', 'matches', '(?=x)'), 'rules.0.when.members.0.value', 'pattern-malformed'],
  [when('email.address', 'matches', 'x'.repeat(501)), 'rules.0.when.members.0.value', 'pattern-too-long'],
  [when('email.address', 'in_list', 'nowhere'), 'rules.0.when.members.0.value', 'unknown-list'],
  [{ weight: 101 }, 'rules.0.weight', 'weight'],
])('tells what is wrong with a rule (%j)', async (changes, path, code) => {
  const answer = await publish([rule(changes)]);
  expect(answer.__typename).toBe('FraudRulesInvalidError');
  expect(answer.problems).toEqual([
    { path, code, message: expect.not.stringContaining('fraud-problem') as string },
  ]);
});

it('judges the next payment by rules that were published, and tells who did it', async () => {
  const published = await publish([rule({ action: 'block' })]);
  expect(published).toMatchObject({ __typename: 'FraudRuleSet', problems: [] });
  expect(await paid()).toMatchObject({ recommendation: 'decline' });
  expect(await publish([rule()], 0)).toMatchObject({
    __typename: 'FraudStaleError',
    currentVersion: published.version,
  });
  await publish([rule(when('email.address', 'matches', '^((a+)+)+$'))]);
  expect(await paid()).toMatchObject({ recommendation: 'approve' });
  const { items } = await request<{ items: { action: string; target: string; by: string }[] }>(
    '{ result: fraudAuditLog(options: { subject: rules }) { items { action target by } } }',
  );
  expect(items[1]).toMatchObject({ action: 'published', target: String(published.version) });
  expect(items[1]?.by).toEqual(expect.any(String));
});

it('takes a list of 100,000 entries, and judges by it', async () => {
  const email = newEmail('listed');
  const lines = Array.from({ length: 100_000 }, (_, index) => `e${index}@x.io`);
  const begun = Date.now();
  const change = await add({ list: 'block', text: [...lines, 'e1@X.io', '10.0.0.0/33', email].join('\n') });
  expect(change).toMatchObject({ added: 100_001, duplicates: 1, refused: 1, list: { entryCount: 100_001 } });
  expect(change.problems).toEqual([{ line: 100_002, code: 'malformed-network' }]);
  process.stdout.write(`100,000 entries: ${Date.now() - begun} ms\n`);
  const listed = await paid(email);
  expect(listed).toMatchObject({
    phase: 'before',
    override: { kind: 'block_list' },
    recommendation: 'decline',
  });
  expect(listed.missing.filter(text => text.startsWith('lists'))).toEqual([]);
  expect(await add({ list: 'block', values: ['only@x.io'], replace: true })).toMatchObject({ added: 1 });
  expect(await paid(email)).toMatchObject({ recommendation: 'approve' });
  expect(await add({ list: 'nowhere', values: ['x'] })).toMatchObject({
    __typename: 'FraudListNotFoundError',
  });
});

it('keeps a list that rules name', async () => {
  await request('mutation { result: createFraudList(input: { name: "watch" }) { ... on FraudList { id } } }');
  const remove = () =>
    request<{ __typename: string; rules?: string[] }>(
      `mutation { result: deleteFraudList(name: "watch") { __typename ... on FraudListInUseError { rules } } }`,
    );
  await publish([rule(when('email.domain', 'in_list', 'watch'))]);
  expect(await remove()).toEqual({ __typename: 'FraudListInUseError', rules: ['A rule of the test'] });
  await publish([rule()]);
  expect(await remove()).toMatchObject({ __typename: 'FraudListDeleted' });
});

it('says of past payments what live scoring said, and what other rules would have said', async () => {
  const { version } = await publish([rule({ weight: 35 })]);
  await paid();
  const blocking = await backtest({ rules: [rule({ action: 'block' })] });
  expect(blocking).toMatchObject({ state: 'done', error: null });
  expect(blocking.result.now.declined.attempts).toBe(blocking.checked);
  expect(blocking.result.changed).toBeGreaterThan(0);
  // Only the payments since are of this version.
  const since = new Date(Date.now()).toISOString();
  await paid();
  await paid();
  const same = await backtest({ rulesVersion: version, from: since });
  expect(same).toMatchObject({ state: 'done', checked: 2, result: { changed: 0, rescored: 0, unknown: 0 } });
});

it('refuses settings that cannot be, and keeps those that can', async () => {
  const save = (input: object) =>
    request<Answer>(
      `mutation ($input: SaveFraudSettingsInput!) { result: saveFraudSettings(input: $input) { __typename
         ... on FraudSettings { version } ... on FraudSettingsInvalidError { problems { path code message } } } }`,
      { input: { baseVersion: 0, ...input } },
    );
  expect((await save({ failOpenBelow: -1, dueMails: ['x'] })).problems).toMatchObject([
    { path: 'failOpenBelow', code: 'amount' },
    { path: 'dueMails.0', code: 'mail' },
  ]);
  for (const dueWebhook of [
    'http://169.254.169.254/latest',
    'http://[::1]:5432/',
    'http://localhost/',
    'http://2130706433/',
  ]) {
    expect((await save({ dueWebhook })).problems).toEqual([
      {
        path: 'dueWebhook',
        code: 'private-address',
        message: expect.stringContaining('network of the shop') as string,
      },
    ]);
  }
  expect(await save({ reviewHours: 12 })).toEqual({ __typename: 'FraudSettings', version: 1 });
});
