import { AdminClient } from './support/admin-client';
import { launchShop, type LaunchedShop } from './support/launch';
import { PROBE_PROVIDER, VAULT_URL } from './support/webhook-probe/signed-provider';
import { succeeded } from './support/results';
import { ShopClient } from './support/shop-client';
import { newEmail } from './support/shopping';
import { query } from './support/sql';
import { cloneTemplate, dropDatabase } from './support/template';
import { testEnv } from './support/test-env';
import { Vault } from './support/webhook-probe/vault';
import { waitFor } from './support/wait-for';

interface Method {
  id: string;
  provider: string;
  brand: string | null;
  last4: string | null;
  isDefault: boolean;
}

type Answer = Record<string, unknown> & { __typename: string; id: string };

interface Person {
  email: string;
  customerId: string;
  shop: ShopClient;
}

const PASSWORD = 'correct horse battery staple';
const FIELDS = 'id provider brand last4 isDefault';

let database: string;
let shop: LaunchedShop;
let admin: AdminClient;
const vault = new Vault();

beforeAll(async () => {
  const env = testEnv();
  database = await cloneTemplate(env.postgresUrl, env.templateDatabase, 'vault');
  shop = await launchShop(env, {
    database,
    env: { [VAULT_URL]: await vault.open() },
    scripts: {
      server: 'e2e/support/webhook-probe/server.js',
      worker: 'e2e/support/webhook-probe/worker.js',
    },
  });
  admin = await AdminClient.signedIn(shop.baseUrl);
}, 180_000);

afterAll(async () => {
  await shop?.stop();
  await vault.close();
  if (database !== undefined) await dropDatabase(testEnv().postgresUrl, database);
});

async function person(): Promise<Person> {
  const email = newEmail('saver');
  const { createCustomer } = await admin.api.request<{ createCustomer: { id: string } }>(
    `mutation ($input: CreateCustomerInput!, $password: String) {
       createCustomer(input: $input, password: $password) { ... on Customer { id } } }`,
    { input: { emailAddress: email, firstName: 'Ada', lastName: 'Byron' }, password: PASSWORD },
  );
  const client = new ShopClient(shop.baseUrl);
  succeeded(await client.login(email, PASSWORD));
  return { email, customerId: createCustomer.id, shop: client };
}

async function add({ shop: { api } }: Person, token: string): Promise<Answer> {
  const { result } = await api.request<{ result: Answer }>(
    `mutation ($input: AddSavedPaymentMethodInput!) { result: addSavedPaymentMethod(input: $input) {
       __typename ... on SavedPaymentMethod { ${FIELDS} } ... on ErrorResult { errorCode message }
       ... on SavedMethodRefusedError { failureCode } ... on SavedMethodLimitError { limit } } }`,
    { input: { provider: PROBE_PROVIDER, token } },
  );
  return result;
}

async function change({ shop: { api } }: Person, mutation: string, id: string): Promise<Answer> {
  const { result } = await api.request<{ result: Answer }>(
    `mutation ($id: ID!) { result: ${mutation}(id: $id) { __typename ... on ErrorResult { errorCode } } }`,
    { id },
  );
  return result;
}

async function methodsOf({ shop: { api } }: Person): Promise<Method[]> {
  const { savedPaymentMethods } = await api.request<{ savedPaymentMethods: Method[] }>(
    `{ savedPaymentMethods { ${FIELDS} } }`,
  );
  return savedPaymentMethods;
}

/** The last digits of what a customer has, the default in brackets. */
async function shown(of: Person): Promise<string[]> {
  return (await methodsOf(of)).map(({ last4, isDefault }) => (isDefault ? `[${last4}]` : String(last4)));
}

function rowsOf({ customerId }: Person): Promise<{ state: string; token: string | null }[]> {
  return query(
    'SELECT state, token FROM saved_payment_method WHERE "customerId" = $1 ORDER BY id',
    [customerId],
    database,
  );
}

/** Has the worker clear away what is to be, at once. */
async function clear(): Promise<void> {
  await query(`UPDATE saved_payment_method SET "tryAt" = now() WHERE "tryAt" IS NOT NULL`, [], database);
  await admin.api.request('mutation { runScheduledTask(id: "payments-clear-saved-methods") { success } }');
}

/** Until the worker has cleared away whatever there is. */
function whenCleared(): Promise<true> {
  return waitFor(
    async () => {
      const [row] = await query<{ count: number }>(
        `SELECT count(*)::int FROM saved_payment_method WHERE state <> 'active'`,
        [],
        database,
      );
      if (row?.count === 0) return true;
      await clear();
      return undefined;
    },
    { what: 'everything to be cleared away', timeoutMs: 90_000, intervalMs: 3_000 },
  );
}

describe('a customer', () => {
  it('saves cards, chooses the default and removes them', async () => {
    const ada = await person();
    expect(await methodsOf(ada)).toEqual([]);
    const first = await add(ada, 'tok-1111');
    expect(first).toMatchObject({
      __typename: 'SavedPaymentMethod',
      provider: 'probe',
      last4: '1111',
      isDefault: true,
    });
    const second = await add(ada, 'tok-2222');
    await add(ada, 'tok-3333');
    expect(await shown(ada)).toEqual(['[1111]', '3333', '2222']);

    expect(await change(ada, 'setDefaultPaymentMethod', second.id)).toMatchObject({
      __typename: 'SavedPaymentMethod',
    });
    expect(await shown(ada)).toEqual(['[2222]', '3333', '1111']);
    expect(await change(ada, 'removeSavedPaymentMethod', second.id)).toEqual({ __typename: 'Success' });
    expect(await shown(ada)).toEqual(['[3333]', '1111']);
    expect(vault.tokensOf(ada.email)).toEqual(['tok-1111', 'tok-3333']);
    expect(await change(ada, 'removeSavedPaymentMethod', second.id)).toMatchObject({
      errorCode: 'SAVED_METHOD_NOT_FOUND_ERROR',
    });
    // One customer at the provider, for all.
    const customers = [...vault.kept.values()].filter(({ customer }) => customer.email === ada.email);
    expect(customers.map(({ customer }) => customer.providerCustomerId)).toEqual([null, expect.any(String)]);
  });

  it('sees no id of the provider, in no field', async () => {
    const ada = await person();
    const added = await add(ada, 'tok-hidden-4444');
    const all = JSON.stringify([added, await methodsOf(ada)]);
    expect(all).not.toMatch(/vault_|tok-/);
    const { errors } = await ada.shop.api.send(
      '{ savedPaymentMethods { savedMethodId providerCustomerId token } }',
    );
    expect(errors.length).toBeGreaterThan(0);
  });

  it('has the same card once, and it stays the default', async () => {
    const ada = await person();
    await add(ada, 'tok-a-5555');
    await add(ada, 'tok-6666');
    await add(ada, 'tok-b-5555');
    expect(await shown(ada)).toEqual(['[5555]', '6666']);
    await whenCleared();
    expect(vault.tokensOf(ada.email)).toEqual(['tok-6666', 'tok-b-5555']);
  }, 120_000);

  it('who does several things at once has one default, and no more than may be', async () => {
    const ada = await person();
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, card) => add(ada, `tok-7${100 + card}`)),
    );
    const kinds = answers.map(({ __typename }) => __typename).sort();
    expect(kinds.filter(kind => kind === 'SavedPaymentMethod')).toHaveLength(20);
    expect(kinds.filter(kind => kind === 'SavedMethodLimitError')).toHaveLength(4);
    const methods = await methodsOf(ada);
    expect(methods).toHaveLength(20);
    await Promise.all([
      ...methods.slice(0, 6).map(({ id }) => change(ada, 'setDefaultPaymentMethod', id)),
      ...methods.slice(3, 9).map(({ id }) => change(ada, 'removeSavedPaymentMethod', id)),
    ]);
    const left = await methodsOf(ada);
    expect(left).toHaveLength(14);
    expect(left.filter(({ isDefault }) => isDefault)).toHaveLength(1);
    expect(vault.tokensOf(ada.email)).toHaveLength(14);
  });

  it("cannot touch another's methods, and who is not signed in has none", async () => {
    const [ada, eve] = [await person(), await person()];
    const { id } = await add(ada, 'fixed-8888');
    for (const mutation of ['setDefaultPaymentMethod', 'removeSavedPaymentMethod']) {
      expect(await change(eve, mutation, id)).toMatchObject({ errorCode: 'SAVED_METHOD_NOT_FOUND_ERROR' });
    }
    // The provider's id of another's method, as a token.
    expect(await add(eve, 'fixed-8888')).toMatchObject({ failureCode: 'not_available' });
    expect(await shown(ada)).toEqual(['[8888]']);
    expect(await methodsOf(eve)).toEqual([]);
    const guest = new ShopClient(shop.baseUrl);
    const { errors } = await guest.api.send('{ savedPaymentMethods { id } }');
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('is told why nothing was saved', async () => {
    const ada = await person();
    expect(await add(ada, 'declined-1')).toMatchObject({
      errorCode: 'SAVED_METHOD_REFUSED_ERROR',
      failureCode: 'card_declined',
    });
    expect(await add(ada, 'not a token')).toMatchObject({ failureCode: 'invalid_token' });
    expect(await add(ada, '4242424242424242')).toMatchObject({ errorCode: 'CARD_DATA_REFUSED_ERROR' });
    const { result } = await ada.shop.api.request<{ result: Answer }>(
      `mutation { result: addSavedPaymentMethod(input: { provider: "nobody", token: "x" }) { __typename } }`,
    );
    expect(result.__typename).toBe('SavedMethodsUnavailableError');
    expect(await rowsOf(ada)).toEqual([]);
  });

  it('who tries many cards is stopped', async () => {
    const ada = await person();
    const answers: Answer[] = [];
    for (let card = 0; card < 27; card += 1) answers.push(await add(ada, `declined-${card}`));
    expect(answers.map(({ failureCode }) => failureCode).slice(-2)).toEqual([
      'too_many_attempts',
      'too_many_attempts',
    ]);
    expect(answers.filter(({ failureCode }) => failureCode === 'card_declined').length).toBeLessThanOrEqual(
      26,
    );
  });
});

describe('what is half done is cleared away', () => {
  it('when the answer of the provider is lost', async () => {
    const ada = await person();
    expect(await add(ada, 'lost-9999')).toMatchObject({ errorCode: 'SAVED_METHOD_UNKNOWN_ERROR' });
    expect(await add(ada, 'silent-1')).toMatchObject({ errorCode: 'SAVED_METHOD_UNKNOWN_ERROR' });
    expect(vault.tokensOf(ada.email)).toEqual(['lost-9999']);
    expect(await methodsOf(ada)).toEqual([]);
    await query(
      `UPDATE saved_payment_method SET token = 'declined-1' WHERE token = 'silent-1'`,
      [],
      database,
    );
    await whenCleared();
    expect(vault.tokensOf(ada.email)).toEqual([]);
    expect(await rowsOf(ada)).toEqual([]);
  }, 120_000);

  it('when the server dies between the provider and the database', async () => {
    const ada = await person();
    vault.whileKeeping = async () => {
      vault.whileKeeping = () => Promise.resolve();
      await shop.kill('server', 'SIGKILL');
    };
    await expect(add(ada, 'tok-1212')).rejects.toThrow();
    // The vault goes on when the server is dead.
    await waitFor(() => (vault.tokensOf(ada.email).length > 0 ? true : undefined), { what: 'the vault' });
    await shop.restart();
    expect(vault.tokensOf(ada.email)).toEqual(['tok-1212']);
    expect(await rowsOf(ada)).toEqual([{ state: 'adding', token: 'tok-1212' }]);
    await whenCleared();
    expect(vault.tokensOf(ada.email)).toEqual([]);
  }, 120_000);

  it('when the provider is down as a method is removed', async () => {
    const ada = await person();
    const { id } = await add(ada, 'tok-1313');
    vault.down = true;
    expect(await change(ada, 'removeSavedPaymentMethod', id)).toEqual({ __typename: 'Success' });
    expect(await methodsOf(ada)).toEqual([]);
    expect(vault.tokensOf(ada.email)).toEqual(['tok-1313']);
    vault.down = false;
    await whenCleared();
    expect(vault.tokensOf(ada.email)).toEqual([]);
  }, 120_000);

  it('when the customer is deleted', async () => {
    const ada = await person();
    await add(ada, 'tok-1414');
    await admin.api.request('mutation ($id: ID!) { deleteCustomer(id: $id) { result } }', {
      id: ada.customerId,
    });
    await waitFor(async () => ((await rowsOf(ada)).length === 0 ? true : undefined), {
      what: 'the methods to be nobody’s',
    });
    await whenCleared();
    expect(vault.tokensOf(ada.email)).toEqual([]);
  }, 120_000);
});

describe('personal data', () => {
  const breaches = async (of: string, subject: Person, bystander: Person) => {
    const { result } = await admin.api.request<{ result: string[] }>(
      `query ($of: String!, $subject: String!, $bystander: String!) {
         result: probePaymentData(of: $of, subject: $subject, bystander: $bystander) }`,
      { of, subject: subject.customerId, bystander: bystander.customerId },
    );
    return result;
  };

  it('of saved methods keeps the contract, and is deleted at the provider after an erasure', async () => {
    const [ada, eve] = [await person(), await person()];
    await add(ada, 'tok-1515');
    await add(eve, 'tok-1616');
    expect(await breaches('saved methods', ada, eve)).toEqual([]);
    await whenCleared();
    expect(vault.tokensOf(ada.email)).toEqual([]);
    expect(await shown(eve)).toEqual(['[1616]']);
  }, 120_000);

  it('of webhooks keeps the contract', async () => {
    const [ada, eve] = [await person(), await person()];
    for (const { customerId } of [ada, eve]) {
      await query(
        `WITH o AS (INSERT INTO "order" (type, code, state, active, "couponCodes", "shippingAddress", "billingAddress",
                                         "currencyCode", "subTotal", "subTotalWithTax", shipping, "shippingWithTax", "customerId")
                    VALUES ('Regular', 'PROBE-' || $1, 'AddingItems', false, '', '{}', '{}', 'USD', 0, 0, 0, 0, $1::int) RETURNING id),
              p AS (INSERT INTO payment (method, amount, state, "transactionId", metadata, "orderId")
                    SELECT 'probe', 0, 'Settled', 'pay-' || $1, '{}', id FROM o),
              a AS (INSERT INTO payment_attempt (reference, kind, "orderId", "channelId", method, provider, amount, currency,
                                                 status, blocking, "transactionId")
                    SELECT gen_random_uuid(), 'authorize', id, 1, 'probe', 'probe', 0, 'USD', 'failed', false, 'lost-' || $1 FROM o)
         INSERT INTO payment_webhook (provider, "eventId", type, kind, "transactionId", state, "receivedAt", "processedAt")
         SELECT 'probe', s || '-' || $1, 'payment.paid', 'payment',
                CASE s WHEN 'ignored' THEN 'lost-' ELSE 'pay-' END || $1, s, now(), now()
           FROM unnest(ARRAY['done', 'received', 'ignored']) s`,
        [customerId],
        database,
      );
    }
    expect(await breaches('webhooks', ada, eve)).toEqual([]);
    const left = await query<{ eventId: string }>(
      `SELECT "eventId" FROM payment_webhook WHERE "transactionId" ~ ('^(pay|lost)-(' || $1 || '|' || $2 || ')$')`,
      [ada.customerId, eve.customerId],
      database,
    );
    expect(left.map(({ eventId }) => eventId).sort()).toEqual(
      [
        `done-${eve.customerId}`,
        `ignored-${eve.customerId}`,
        `received-${ada.customerId}`,
        `received-${eve.customerId}`,
      ].sort(),
    );
  });
});
