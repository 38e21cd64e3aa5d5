import { createClerk } from './browser/clerk';
import { AdminClient } from './support/admin-client';
import { GraphqlClient } from './support/graphql-client';
import { guestPaying } from './support/inventory';
import { refusalOf } from './support/refusal';
import { ShopClient } from './support/shop-client';
import { variantsInStock } from './support/shopping';
import { query } from './support/sql';
import { testEnv } from './support/test-env';

interface Rule {
  id: string;
  name: string;
  enabled: boolean;
  when: Record<string, unknown>;
  to: { provider: string; weight: number }[];
  failover: string[];
}

interface Problem {
  path: string;
  code: string;
  severity: string;
  message: string;
}

interface Routing {
  __typename: 'PaymentRouting';
  version: number;
  savedAt: string | null;
  savedBy: string | null;
  note: string | null;
  rules: Rule[];
  problems: Problem[];
  providers: { code: string; isDefault: boolean; methodTypes: string[]; manualCapture: boolean }[];
}

interface Refused {
  __typename: 'PaymentRoutingInvalidError' | 'PaymentRoutingStaleError';
  errorCode: string;
  message: string;
  problems?: Problem[];
  currentVersion?: number;
}

interface Route {
  __typename: 'PaymentRoute';
  ruleId: string | null;
  ruleName: string | null;
  tableVersion: number;
  providers: string[];
  shares: { provider: string; share: number }[];
  reasons: { ruleId: string; outcome: string; refusedBy: string | null; unknownFact: boolean }[];
}

const ROUTING = `__typename version savedAt savedBy note
  rules { id name enabled failover to { provider weight } when {
    currencies minAmount maxAmount amountCurrency countries methodTypes cardBrands customerGroupIds channelIds } }
  problems { path code severity message }
  providers { code isDefault methodTypes manualCapture }`;
const INVALID =
  '... on PaymentRoutingInvalidError { __typename errorCode message problems { path code severity message } }';
const READ = `{ result: paymentRouting { ${ROUTING} } }`;
const READ_VERSION = `query($version: Int!) { result: paymentRoutingVersion(version: $version) { ${ROUTING} } }`;
const READ_VERSIONS = `query($options: PaymentRoutingVersionsOptions) {
  result: paymentRoutingVersions(options: $options) { totalItems items { version savedAt savedBy note ruleCount } } }`;
const SAVE = `mutation($input: SavePaymentRoutingInput!) { result: savePaymentRouting(input: $input) {
  ... on PaymentRouting { ${ROUTING} } ${INVALID}
  ... on PaymentRoutingStaleError { __typename errorCode message currentVersion } } }`;
const EXPLAIN = `query($input: PaymentRouteInput!) { result: explainPaymentRoute(input: $input) {
  ... on PaymentRoute { __typename ruleId ruleName tableVersion providers shares { provider share }
    reasons { ruleId outcome refusedBy unknownFact } } ${INVALID} } }`;

describe('payment routing', () => {
  let admin: AdminClient;
  /** A configured provider: the tests know nothing of it but what the API says. */
  let provider: string;
  let byDefault: string;

  const ask = async <T>(document: string, variables: Record<string, unknown> = {}, client = admin.api) =>
    (await client.request<{ result: T }>(document, variables)).result;
  const current = () => ask<Routing>(READ);
  const rule = (more: Partial<Rule> = {}): Rule => ({
    id: 'a',
    name: 'All of it',
    enabled: true,
    when: {},
    to: [{ provider, weight: 1 }],
    failover: [],
    ...more,
  });
  const send = async (rules: unknown[], more: object = {}, client = admin.api) =>
    ask<Routing | Refused>(
      SAVE,
      { input: { baseVersion: (await current()).version, rules, ...more } },
      client,
    );
  const save = async (rules: Rule[], more: object = {}): Promise<Routing> => {
    const result = await send(rules, more);
    if (result.__typename !== 'PaymentRouting') throw new Error(JSON.stringify(result));
    return result;
  };
  const refused = async (rules: unknown[], more: object = {}): Promise<Refused> => {
    const result = await send(rules, more);
    if (result.__typename === 'PaymentRouting') throw new Error('The rules were saved.');
    return result;
  };
  const explain = async (input: object): Promise<Route> => {
    const result = await ask<Route | Refused>(EXPLAIN, { input });
    if (result.__typename !== 'PaymentRoute') throw new Error(JSON.stringify(result));
    return result;
  };
  /** As another server does it, or an earlier release. */
  const writeVersion = async (rules: unknown): Promise<number> => {
    const [row] = await query<{ number: number }>(
      `INSERT INTO payment_routing_version (number, rules)
       SELECT coalesce(max(number), 0) + 1, $1::jsonb FROM payment_routing_version RETURNING number`,
      [JSON.stringify(rules)],
    );
    return row?.number ?? 0;
  };

  beforeAll(async () => {
    admin = await AdminClient.signedIn();
    const { providers } = await current();
    provider = providers[0]?.code ?? '';
    byDefault = providers.find(({ isDefault }) => isDefault)?.code ?? '';
    expect(provider).not.toBe('');
    expect(byDefault).not.toBe('');
  });
  // Other tests pay in the same shop.
  afterAll(() => save([]), 30_000);

  it('tells which providers there are and what they can do', async () => {
    const { providers } = await current();
    expect(providers.filter(({ isDefault }) => isDefault)).toHaveLength(1);
    for (const { code, methodTypes } of providers) {
      expect(code).toMatch(/^[a-z]/);
      expect(methodTypes.length).toBeGreaterThan(0);
    }
  });

  it('saves rules as a new version, with who and why, and keeps the old ones', async () => {
    const before = await current();
    const when = {
      currencies: ['eur', 'USD'],
      minAmount: 1_000,
      maxAmount: 500_000,
      amountCurrency: 'EUR',
      countries: ['de'],
      methodTypes: ['card'],
      cardBrands: ['VISA'],
      channelIds: ['1'],
    };
    const rules = [rule({ when, failover: [provider] }), rule({ id: 'b', name: 'Off', enabled: false })];
    const saved = await save(rules, { note: ' cheaper cards ' });
    expect(saved).toMatchObject({
      version: before.version + 1,
      savedBy: testEnv().adminUser,
      note: 'cheaper cards',
      problems: [],
    });
    expect(saved.rules).toMatchObject([
      {
        ...rules[0],
        when: {
          ...when,
          currencies: ['EUR', 'USD'],
          countries: ['DE'],
          cardBrands: ['visa'],
          customerGroupIds: null,
        },
      },
      rules[1],
    ]);
    expect(Math.abs(Date.now() - Date.parse(saved.savedAt ?? ''))).toBeLessThan(60_000);
    expect(await current()).toEqual(saved);

    const next = await save([]);
    expect(next).toMatchObject({ version: saved.version + 1, rules: [], note: null });
    expect(await ask<Routing>(READ_VERSION, { version: saved.version })).toEqual(saved);
    const { items, totalItems } = await ask<{ items: object[]; totalItems: number }>(READ_VERSIONS, {
      options: { take: 2 },
    });
    expect(items).toMatchObject([
      { version: next.version, ruleCount: 0 },
      { version: saved.version, ruleCount: 2, note: 'cheaper cards', savedBy: testEnv().adminUser },
    ]);
    expect(totalItems).toBe(next.version);

    // Going back is a version of its own.
    const restored = await save(
      saved.rules.map(({ when: conditions, ...other }) => ({ ...other, when: conditions })),
      { note: `back to ${saved.version}` },
    );
    expect(restored).toMatchObject({ version: next.version + 1, rules: saved.rules });
  });

  it('refuses rules that cannot work, says all that is wrong and where, and saves nothing', async () => {
    const { version } = await current();
    const { errorCode, message, problems } = await refused([
      rule({ name: ' ', to: [] }),
      rule({ to: [{ provider, weight: 0 }], when: { countries: [], minAmount: 0.5 } }),
    ]);
    expect(errorCode).toBe('PAYMENT_ROUTING_INVALID_ERROR');
    expect(message).toMatch(/not saved: 5 things are wrong/);
    expect(problems?.map(({ path, code }) => [path, code])).toEqual([
      ['rules.0.name', 'rule-name'],
      ['rules.0.to', 'targets-empty'],
      ['rules.1.when.minAmount', 'amount'],
      ['rules.1.when.countries', 'condition-empty'],
      ['rules.1.to.0.weight', 'weight'],
    ]);
    expect((await current()).version).toBe(version);
  });

  it.each<[string, () => Partial<Rule>[], [string, string, RegExp][]]>([
    [
      'providers that the shop does not have',
      () => [{ to: [{ provider: 'nobody', weight: 1 }], failover: ['none'] }],
      [
        ['rules.0.to.0.provider', 'unknown-provider', /no provider nobody\. Choose from: /],
        ['rules.0.failover.0', 'unknown-provider', /no provider none/],
      ],
    ],
    [
      'ids that are given twice',
      () => [{ enabled: false }, {}],
      [['rules.1.id', 'duplicate-id', /the id a/]],
    ],
    [
      'codes that do not exist',
      () => [{ when: { currencies: ['EUR', 'XXY'], countries: ['ZZ'] } }],
      [
        ['rules.0.when.currencies.1', 'unknown-currency', /no currency XXY/],
        ['rules.0.when.countries.0', 'unknown-country', /no country ZZ/],
      ],
    ],
    [
      'groups and channels that do not exist',
      () => [{ when: { customerGroupIds: ['99999', 'x'], channelIds: ['1', '99999'] } }],
      [
        ['rules.0.when.customerGroupIds.0', 'unknown-customer-group', /99999/],
        ['rules.0.when.customerGroupIds.1', 'unknown-customer-group', /no customer group/],
        ['rules.0.when.channelIds.1', 'unknown-channel', /99999/],
      ],
    ],
    [
      'amounts that nobody can meet',
      () => [{ when: { minAmount: 2, maxAmount: 1 } }],
      [
        ['rules.0.when.amountCurrency', 'amount-without-currency', /in which currency/],
        ['rules.0.when.maxAmount', 'min-above-max', /2 or more/],
      ],
    ],
    [
      'too many of them',
      () => Array.from({ length: 201 }, (_, index) => ({ id: `r${index}` })),
      [['rules', 'too-many-rules', /200/]],
    ],
  ])('refuses %s', async (_what, rules, expected) => {
    const { problems } = await refused(rules().map(rule));
    expect(problems?.map(({ path, code }) => [path, code])).toEqual(
      expected.map(([path, code]) => [path, code]),
    );
    expected.forEach(([, , text], index) => expect(problems?.[index]?.message).toMatch(text));
  });

  it('refuses a note that is too long', async () => {
    expect((await refused([], { note: 'x'.repeat(501) })).problems).toMatchObject([{ path: 'note' }]);
  });

  it('says it in the language of the request', async () => {
    const german = new GraphqlClient(`${testEnv().baseUrl}/admin-api?languageCode=de`);
    german.token = admin.api.token;
    const result = await send([rule({ to: [] })], {}, german);
    expect(result).toMatchObject({
      message: 'Die Regeln wurden nicht gespeichert: eine Angabe ist falsch.',
      problems: [{ message: 'Bitte mindestens einen Anbieter nennen, der diese Zahlungen übernimmt.' }],
    });
  });

  it('saves rules that are hardly meant so, and says why', async () => {
    const { problems } = await save([rule(), rule({ id: 'b', when: { countries: ['AT'] } })]);
    expect(problems).toEqual([
      {
        path: 'rules.1',
        code: 'unreachable',
        severity: 'warning',
        message: expect.stringContaining('“All of it”') as string,
      },
    ]);
  });

  it('refuses rules that were made from an older version', async () => {
    const { version } = await save([]);
    await save([rule()]);
    expect(await refused([], { baseVersion: version })).toMatchObject({
      errorCode: 'PAYMENT_ROUTING_STALE_ERROR',
      currentVersion: version + 1,
      message: expect.stringContaining(`version ${version + 1} was saved meanwhile`) as string,
    });
    for (const baseVersion of [version + 2, -1, 2_147_483_647]) {
      expect(await refused([], { baseVersion })).toMatchObject({ currentVersion: version + 1 });
    }
    expect(await current()).toMatchObject({ version: version + 1, rules: [{ id: 'a' }] });
  });

  it('takes one of many saves of the same version', async () => {
    const { version } = await current();
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        ask<Routing | Refused>(SAVE, {
          input: { baseVersion: version, rules: [rule({ name: `Rule ${index}` })] },
        }),
      ),
    );
    expect(results.map(({ __typename }) => __typename).sort()).toEqual([
      'PaymentRouting',
      ...Array.from({ length: 7 }, () => 'PaymentRoutingStaleError'),
    ]);
    const winner = results.findIndex(({ __typename }) => __typename === 'PaymentRouting');
    expect(await current()).toMatchObject({ version: version + 1, rules: [{ name: `Rule ${winner}` }] });
  });

  describe('explains', () => {
    const payment = { amount: 5_000, currency: 'EUR', country: 'DE', methodType: 'card', orderId: '7' };

    it('which rule takes a payment, and why the others do not', async () => {
      const { version } = await save([
        rule({ id: 'off', enabled: false }),
        rule({ id: 'dollars', when: { currencies: ['USD'] } }),
        rule({ id: 'visa', when: { cardBrands: ['visa'] } }),
        rule({ id: 'germany', name: 'Germany', when: { countries: ['DE'] }, failover: [byDefault] }),
        rule({ id: 'all' }),
      ]);
      const route = await explain(payment);
      expect(route).toMatchObject({ ruleId: 'germany', ruleName: 'Germany', tableVersion: version });
      expect(route.providers).toEqual([...new Set([provider, byDefault])]);
      expect(route.shares).toEqual([{ provider, share: 1 }]);
      expect(
        route.reasons.map(({ ruleId, outcome, refusedBy, unknownFact }) => [
          ruleId,
          outcome,
          refusedBy,
          unknownFact,
        ]),
      ).toEqual([
        ['off', 'refused', 'disabled', false],
        ['dollars', 'refused', 'currencies', false],
        ['visa', 'refused', 'cardBrands', true],
        ['germany', 'taken', null, false],
        ['all', 'shadowed', null, false],
      ]);
      // As somebody types it.
      expect(
        await explain({ ...payment, country: ' de ', currency: 'eur', cardBrand: 'Visa' }),
      ).toMatchObject({
        ruleId: 'visa',
      });
    });

    it('that the default provider takes what no rule does', async () => {
      await save([rule({ when: { countries: ['AT'] } })]);
      expect(await explain(payment)).toMatchObject({ ruleId: null, ruleName: null, providers: [byDefault] });
    });

    it('what rules would do that are not saved, also that they are wrong', async () => {
      const { version } = await save([]);
      const draft = [rule({ id: 'draft', when: { minAmount: 5_000, amountCurrency: 'EUR' } })];
      expect(await explain({ ...payment, rules: draft })).toMatchObject({
        ruleId: 'draft',
        tableVersion: version,
      });
      expect(await explain({ ...payment, amount: 4_999, rules: draft })).toMatchObject({
        ruleId: null,
        reasons: [{ refusedBy: 'minAmount' }],
      });
      const result = await ask<Refused>(EXPLAIN, { input: { ...payment, rules: [rule({ to: [] })] } });
      expect(result.problems).toMatchObject([{ path: 'rules.0.to' }]);
      expect((await current()).version).toBe(version);
    });
  });

  describe('sends payments where the rules say', () => {
    let method: string;
    let variantId: string;

    /** A guest's payment, whatever comes of it, and the provider that was asked for it. */
    const payAndFindProvider = async (
      rules: (about: { orderId: string; total: number }) => Rule[] | Promise<Rule[]>,
    ) => {
      const shopper = await guestPaying(variantId, 1);
      const order = await shopper.activeOrder();
      const orderId = order?.id ?? '';
      await save(await rules({ orderId, total: order?.totalWithTax ?? 0 }));
      await shopper.api.request(
        'mutation($input: PaymentInput!) { addPaymentToOrder(input: $input) { __typename } }',
        { input: { method, metadata: { token: 'tok', methodType: 'card', cardBrand: 'visa' } } },
      );
      const { paymentAttempts } = await ask<{ paymentAttempts: { provider: string }[] }>(
        'query($id: ID!) { result: order(id: $id) { paymentAttempts { provider } } }',
        { id: orderId },
      );
      return paymentAttempts[0]?.provider;
    };

    beforeAll(async () => {
      const [variant] = await variantsInStock(new ShopClient(), 1);
      variantId = variant?.id ?? '';
      const code = `routed-${Date.now()}`;
      await admin.api.request(
        'mutation($input: CreatePaymentMethodInput!) { createPaymentMethod(input: $input) { id } }',
        {
          input: {
            code,
            enabled: true,
            handler: { code: 'payment-gateway', arguments: [{ name: 'captureMethod', value: 'automatic' }] },
            translations: [{ languageCode: 'en', name: code }],
          },
        },
      );
      method = code;
    });

    it('by all that is known of the order and its payment', async () => {
      const { providers } = await current();
      // Another one than the default, where there is one.
      const other = providers.find(({ isDefault }) => !isDefault)?.code ?? byDefault;
      const to = [{ provider: other, weight: 1 }];
      const found = await payAndFindProvider(({ total }) => [
        rule({
          to,
          when: {
            minAmount: total,
            maxAmount: total,
            amountCurrency: 'USD',
            currencies: ['USD'],
            countries: ['GB'],
            methodTypes: ['card'],
            cardBrands: ['visa'],
            channelIds: ['1'],
          },
        }),
      ]);
      expect(found).toBe(other);
      expect(await payAndFindProvider(() => [rule({ to, when: { countries: ['DE'] } })])).toBe(byDefault);
    });

    it('by the groups of the customer', async () => {
      const { providers } = await current();
      const other = providers.find(({ isDefault }) => !isDefault)?.code ?? byDefault;
      const { createCustomerGroup } = await admin.api.request<{ createCustomerGroup: { id: string } }>(
        'mutation($input: CreateCustomerGroupInput!) { createCustomerGroup(input: $input) { id } }',
        { input: { name: `Routed ${Date.now()}` } },
      );
      const groupId = createCustomerGroup.id;
      const rules = [
        rule({ to: [{ provider: other, weight: 1 }], when: { customerGroupIds: [groupId] } }),
        rule({ id: 'b', to: [{ provider: byDefault, weight: 1 }] }),
      ];
      expect(await payAndFindProvider(() => rules)).toBe(byDefault);
      const inGroup = async ({ orderId }: { orderId: string }) => {
        const { customer } = await ask<{ customer: { id: string } }>(
          'query($id: ID!) { result: order(id: $id) { customer { id } } }',
          { id: orderId },
        );
        await admin.api.request(
          `mutation($group: ID!, $customers: [ID!]!) {
             addCustomersToGroup(customerGroupId: $group, customerIds: $customers) { id } }`,
          { group: groupId, customers: [customer.id] },
        );
        return rules;
      };
      expect(await payAndFindProvider(inGroup)).toBe(other);
    });
  });

  it('uses what another server has saved from the next payment on', async () => {
    await save([]);
    expect((await explain({})).ruleId).toBeNull();
    await writeVersion([rule({ id: 'elsewhere' })]);
    expect((await explain({})).ruleId).toBe('elsewhere');
  });

  it('goes on without rules that an earlier release has left in another form, and without providers that are gone', async () => {
    const unreadable = await writeVersion({ rules: 'all to stripe' });
    expect(await explain({})).toMatchObject({
      ruleId: null,
      providers: [byDefault],
      tableVersion: unreadable,
    });
    await writeVersion([rule({ to: [{ provider: 'gone', weight: 1 }] })]);
    expect(await explain({})).toMatchObject({
      providers: [byDefault],
      reasons: [{ outcome: 'refused', refusedBy: 'providers' }],
    });
    expect((await current()).problems).toMatchObject([
      { path: 'rules.0.to.0.provider', code: 'unknown-provider', severity: 'error' },
    ]);
  });

  it('keeps the newest 500 versions', async () => {
    await query(
      `INSERT INTO payment_routing_version (number, rules)
       SELECT newest + step, '[]' FROM generate_series(1, 510) AS step, (SELECT max(number) AS newest FROM payment_routing_version) v`,
    );
    const { version } = await save([]);
    const [row] = await query<{ count: number; oldest: number }>(
      'SELECT count(*)::int AS count, min(number) AS oldest FROM payment_routing_version',
    );
    expect(row).toEqual({ count: 500, oldest: version - 499 });
    expect(await ask<null>(READ_VERSION, { version: 1 })).toBeNull();
    for (const options of [{ take: 101 }, { take: 0 }, { skip: -1 }]) {
      await expect(ask(READ_VERSIONS, { options })).rejects.toThrow(/1 to 100 entries/);
    }
  });

  it('is only for staff with the permission, in the default channel', async () => {
    const clerkWith = async (name: string, permissions: string[]) => {
      const address = `${name}-${Date.now()}@example.com`;
      await createClerk(admin, address, 'clerk-password-1', permissions);
      const clerk = new AdminClient();
      await clerk.login(address, 'clerk-password-1');
      return clerk.api;
    };
    const [reader, stranger] = [
      await clerkWith('reader', ['ReadPaymentRouting']),
      await clerkWith('stranger', ['ReadOrder', 'UpdateOrder']),
    ];
    const input = { baseVersion: (await current()).version, rules: [] };
    expect((await ask<Routing>(READ, {}, reader)).version).toBe(input.baseVersion);
    expect(await ask<Route>(EXPLAIN, { input: {} }, reader)).toMatchObject({ providers: [byDefault] });
    expect(await refusalOf(() => reader.send(SAVE, { input }))).toBe('FORBIDDEN');
    for (const [document, variables] of [
      [READ, {}],
      [READ_VERSIONS, {}],
      [READ_VERSION, { version: 1 }],
      [EXPLAIN, { input: {} }],
      [SAVE, { input }],
    ] as const) {
      expect(await refusalOf(() => stranger.send(document, variables))).toBe('FORBIDDEN');
    }
    const { token } = await admin.createChannel(`routing-${Date.now()}`);
    const elsewhere = new GraphqlClient(`${testEnv().baseUrl}/admin-api`, {
      headers: { 'vendure-token': token },
    });
    elsewhere.token = admin.api.token;
    for (const [document, variables] of [
      [READ, {}],
      [SAVE, { input }],
    ] as const) {
      await expect(elsewhere.request(document, variables)).rejects.toThrow(/Change to the default channel/);
    }
    const shop = new GraphqlClient(`${testEnv().baseUrl}/shop-api`);
    expect(await refusalOf(() => shop.send(READ))).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});
