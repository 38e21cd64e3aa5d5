import { giveDecisions, giveOutcomes, importModel, lightGbmDump } from './support/fraud/learning';
import { paidOrder, type PaidOrder } from './support/payments-probe/paid-order';
import { ReconciliationDesk } from './support/payments-probe/reconciliation';
import { startPaymentsShop, type PaymentsShop } from './support/payments-probe/shop';
import { query } from './support/sql';
import { STAFF } from './support/staff';
import { waitFor } from './support/wait-for';

let payments: PaymentsShop;
let desk: ReconciliationDesk;

interface Outcome {
  attemptId: string;
  fraud: boolean | null;
  source: string | null;
  labels: { source: string; verdict: string; reference: string; by: string | null }[];
}

interface Model {
  id: string;
  version: string;
  status: string;
  rows: number | null;
  frauds: number | null;
  problem: string | null;
  report: { figures: { auc: number } | null; features: { name: string }[] };
}

const request = async <T>(document: string, variables: object = {}) =>
  (await payments.admin.api.request<{ result: T }>(document, { ...variables })).result;
const runTask = (id: string) =>
  payments.admin.api.request(`mutation { runScheduledTask(id: "${id}") { success } }`);

async function outcomes(orderId: string): Promise<Outcome[]> {
  return request<Outcome[]>(
    `query ($orderId: ID!) { result: fraudOutcomes(orderId: $orderId) {
       attemptId fraud source labels { source verdict reference by } } }`,
    { orderId },
  );
}

const outcomeIs = (orderId: string, expected: Partial<Outcome>) =>
  waitFor(
    async () => {
      const [outcome] = await outcomes(orderId);
      return outcome?.fraud === expected.fraud && outcome?.source === expected.source ? outcome : undefined;
    },
    { what: `order ${orderId} to be ${JSON.stringify(expected)}`, timeoutMs: 20_000 },
  );

async function told(order: PaidOrder, id: string, reason: string, status: 'needs_response' | 'won' | 'lost') {
  await desk.message({
    id,
    payment: order.transactionId,
    dispute: {
      disputeId: `dp-${id.split(':')[0]}`,
      amount: order.attempt.amount,
      currency: 'USD',
      reason,
      status,
    },
  });
}

/** Of all values that attempts had. */
async function totals(): Promise<{ good: number; bad: number }> {
  const [row] = await query<{ good: number; bad: number }>(
    'SELECT coalesce(sum(good), 0)::int AS good, coalesce(sum(bad), 0)::int AS bad FROM fraud_category',
    [],
    payments.database,
  );
  return row!;
}

const label = (input: object) =>
  request<Outcome & { __typename: string }>(
    `mutation ($input: LabelFraudAttemptInput!) { result: labelFraudAttempt(input: $input) { __typename
       ... on FraudOutcome { attemptId fraud source labels { source verdict reference by } } } }`,
    { input },
  );

const MODEL = `id version status rows frauds problem report { figures { auc } features { name } }`;
const readiness = () =>
  request<{
    good: number;
    frauds: number;
    ready: boolean;
    message: string;
    champion: Model | null;
    challengers: Model[];
    lastTraining: { state: string; model: Model | null; error: string | null } | null;
    training: { id: string } | null;
  }>(`query { result: fraudModelReadiness { good frauds ready message champion { ${MODEL} } challengers { ${MODEL} }
        lastTraining { state error model { ${MODEL} } } training { id } } }`);
const promote = (id: string) =>
  request<{ __typename: string; status?: string; problem?: string }>(
    `mutation ($input: PromoteFraudModelInput!) { result: promoteFraudModel(input: $input) { __typename
       ... on FraudModel { status } ... on FraudModelUnusableError { problem } } }`,
    { input: { id, reason: 'better figures' } },
  );
const train = () =>
  request<{ __typename: string; good?: number }>(
    `mutation { result: trainFraudModel { __typename ... on FraudTrainingRun { id state }
       ... on FraudTooFewLabelsError { good frauds neededGood neededFrauds } } }`,
  );

/** The model that a training has made. */
async function trained(): Promise<Model> {
  const before = (await readiness()).challengers.length;
  expect(await train()).toMatchObject({ __typename: 'FraudTrainingRun' });
  return waitFor(
    async () => {
      const { lastTraining, training, challengers } = await readiness();
      if (training !== null) return undefined;
      if (lastTraining?.state === 'failed') throw new Error(lastTraining.error ?? 'failed');
      return challengers.length > before || before === 3 ? (lastTraining?.model ?? undefined) : undefined;
    },
    { what: 'the training to end', timeoutMs: 90_000 },
  );
}

describe('fraud learns', () => {
  beforeAll(async () => {
    payments = await startPaymentsShop('fraud_models', { FRAUD_SCORING: 'true' });
    desk = new ReconciliationDesk(payments);
  }, 180_000);
  afterAll(() => payments?.stop(), 60_000);

  describe('from what becomes of payments', () => {
    it('says that it knows too little, and what it needs', async () => {
      expect(await readiness()).toMatchObject({ champion: null, challengers: [], ready: false });
      expect(await train()).toMatchObject({ __typename: 'FraudTooFewLabelsError', good: 0 });
    });

    it('a dispute for fraud labels the order; one that is won is withdrawn', async () => {
      const order = await paidOrder(payments, 'automatic');
      const before = await totals();
      await told(order, 'won:1', 'fraudulent', 'needs_response');
      await outcomeIs(order.orderId, { fraud: true, source: 'dispute' });
      // One for each value of the attempt.
      const disputed = await totals();
      expect(disputed.bad).toBeGreaterThan(before.bad);
      expect(disputed.good).toBe(before.good);
      await told(order, 'won:2', 'fraudulent', 'won');
      const { labels } = await outcomeIs(order.orderId, { fraud: null, source: null });
      expect(labels).toMatchObject([
        { source: 'dispute', verdict: 'withdrawn', reference: 'dp-won' },
        { source: 'dispute', verdict: 'fraud', reference: 'dp-won' },
      ]);
      expect(await totals()).toEqual(before);
    }, 60_000);

    it('a dispute for another reason says nothing; staff do, and a dispute counts more', async () => {
      const order = await paidOrder(payments, 'automatic');
      await told(order, 'other:1', 'product_not_received', 'needs_response');
      expect(await label({ orderId: order.orderId, verdict: 'good', note: 'a regular' })).toMatchObject({
        __typename: 'FraudOutcome',
        fraud: false,
        source: 'staff',
        labels: [{ source: 'staff', by: STAFF.username }],
      });
      await told(order, 'stolen:1', 'fraudulent', 'lost');
      await outcomeIs(order.orderId, { fraud: true, source: 'dispute' });
    }, 60_000);

    it('a label for an unknown order is refused, and one for nothing', async () => {
      expect(await label({ orderId: '99999999', verdict: 'fraud' })).toEqual({
        __typename: 'FraudAttemptNotFoundError',
      });
      await expect(label({ verdict: 'fraud' })).rejects.toThrow('Name the attempt or the order');
    });

    it('a paid order is good after the days of maturity, and not before', async () => {
      const [young, old] = [await paidOrder(payments, 'automatic'), await paidOrder(payments, 'automatic')];
      await waitFor(
        async () => {
          const rows = await query(
            `UPDATE fraud_attempt SET at = now() - interval '61 days' WHERE "orderId" = $1 AND status = 'ordered' RETURNING id`,
            [old.orderId],
            payments.database,
          );
          return rows.length > 0 ? rows : undefined;
        },
        { what: 'the payment to be counted as ordered' },
      );
      await runTask('fraud-mature-labels');
      await outcomeIs(old.orderId, { fraud: false, source: 'matured' });
      await outcomeIs(young.orderId, { fraud: null, source: null });
    }, 60_000);
  });

  describe('by models', () => {
    let order: PaidOrder;
    let first: Model;

    beforeAll(async () => {
      order = await paidOrder(payments, 'automatic');
      await giveOutcomes(payments.database, order.orderId, 800);
    }, 60_000);

    it('trains a challenger that knows the difference, a disputed order included', async () => {
      const known = await readiness();
      expect(known).toMatchObject({ ready: true });
      await told(order, 'newest:1', 'fraudulent', 'needs_response');
      await outcomeIs(order.orderId, { fraud: true, source: 'dispute' });
      first = await trained();
      expect(first).toMatchObject({ status: 'challenger', frauds: known.frauds + 1 });
      expect(first.report.figures!.auc).toBeGreaterThan(0.95);
      expect(first.report.features.map(({ name }) => name)).toContain('amount');
    }, 120_000);

    it('lets it score in shadow, and then decide', async () => {
      const shadowed = await paidOrder(payments, 'automatic');
      expect(await versionsOf(shadowed.orderId)).toEqual({ champion: null, shadow: [first.version] });
      expect(await promote(first.id)).toEqual({ __typename: 'FraudModel', status: 'champion' });
      const decided = await paidOrder(payments, 'automatic');
      expect(await versionsOf(decided.orderId)).toEqual({ champion: first.version, shadow: [] });
    }, 60_000);

    it('compares a challenger with it, and goes back to it', async () => {
      const second = await trained();
      await paidOrder(payments, 'automatic');
      expect(
        await request(
          `query ($id: ID!) { result: fraudModelComparison(challengerId: $id) { scored better
             champion { version } championFigures { rows } } }`,
          { id: second.id },
        ),
      ).toEqual({
        scored: 1,
        better: false,
        champion: { version: first.version },
        championFigures: { rows: 0 },
      });
      await promote(second.id);
      expect((await readiness()).champion).toMatchObject({ version: second.version });
      const back = await request(
        `mutation { result: rollBackFraudModel(input: { reason: "stops too many" }) { __typename ... on FraudModel { version } } }`,
      );
      expect(back).toEqual({ __typename: 'FraudModel', version: first.version });
    }, 120_000);

    it('goes on without one whose file is corrupt, and says so', async () => {
      await query(
        `UPDATE fraud_model SET file = left(file, 100) WHERE version = $1`,
        [first.version],
        payments.database,
      );
      await query(
        `UPDATE fraud_version SET version = version + 1 WHERE name = 'models'`,
        [],
        payments.database,
      );
      const after = await paidOrder(payments, 'automatic');
      expect((await versionsOf(after.orderId)).champion).toBeNull();
      expect((await readiness()).champion?.problem).toContain('no JSON');
      expect(await promote(first.id)).toMatchObject({ __typename: 'FraudModelUnusableError' });
    }, 60_000);

    it('takes one of LightGBM whose features it knows', async () => {
      const { baseUrl } = payments.shop;
      expect(await importModel(baseUrl, payments.admin, lightGbmDump('V17'))).toMatchObject({
        __typename: 'FraudModelFileError',
        unknownFeatures: ['V17'],
      });
      expect(await importModel(baseUrl, payments.admin, '{"tree_info":')).toMatchObject({
        __typename: 'FraudModelFileError',
      });
      const imported = await importModel(baseUrl, payments.admin, lightGbmDump('amount'));
      expect(imported).toMatchObject({ __typename: 'FraudModel', kind: 'imported', status: 'challenger' });
      expect(imported.report).toMatchObject({ features: [{ name: 'amount', importance: 1 }] });
      expect(await promote(String(imported.id))).toMatchObject({ status: 'champion' });
    }, 60_000);

    it('lists models and trainings by the login of who asked for them', async () => {
      const login = STAFF.username;
      const models = (options: object) =>
        request<{ totalItems: number; items: { createdBy: string; promotedBy: string }[] }>(
          `query ($options: FraudModelListOptions) { result: fraudModels(options: $options) { totalItems
             items { createdBy promotedBy } } }`,
          { options },
        );
      const byLogin = { createdBy: { eq: login }, promotedBy: { eq: login } };
      const own = await models({ filter: byLogin, sort: { createdBy: 'ASC', promotedBy: 'DESC' } });
      expect(own.items.length).toBeGreaterThan(0);
      for (const model of own.items) expect(model).toEqual({ createdBy: login, promotedBy: login });
      expect(await models({ filter: { createdBy: { eq: 'nobody' } } })).toMatchObject({ totalItems: 0 });
      const runs = (requestedBy: string) =>
        request<{ totalItems: number; items: { requestedBy: string }[] }>(
          `query ($options: FraudTrainingRunListOptions) { result: fraudTrainingRuns(options: $options) { totalItems
             items { requestedBy } } }`,
          { options: { filter: { requestedBy: { eq: requestedBy } }, sort: { requestedBy: 'ASC' } } },
        );
      const asked = await runs(login);
      expect(asked.items.length).toBeGreaterThan(0);
      for (const run of asked.items) expect(run).toEqual({ requestedBy: login });
      expect(await runs('nobody')).toMatchObject({ totalItems: 0 });
    });
  });

  it('reports drift where attempts are not like before', async () => {
    const [order] = await query<{ id: string }>(
      'SELECT min(id)::text AS id FROM "order"',
      [],
      payments.database,
    );
    await giveDecisions(payments.database, order!.id, 200_000, 600, 10, 1);
    await giveDecisions(payments.database, order!.id, 300_000, 600, 1, 3);
    const report = await request<{ level: string; day: string; features: { name: string; level: string }[] }>(
      `mutation { result: makeFraudDriftReport { level day rows referenceRows score { psi level }
         features { name psi level bins { label } } weeks { week decisions } } }`,
    );
    expect(report.level).toBe('drifted');
    expect(report.features.find(({ name }) => name === 'amount')).toMatchObject({ level: 'drifted' });
    const range = (from: string, to: string) =>
      request<{ __typename: string; items?: unknown[] }>(
        `query ($input: FraudDriftInput!) { result: fraudDriftReports(input: $input) { __typename
           ... on FraudDriftReports { items { day } } } }`,
        { input: { from, to } },
      );
    expect(await range(report.day, report.day)).toMatchObject({ items: [{ day: report.day }] });
    expect(await range('yesterday', report.day)).toEqual({ __typename: 'FraudDriftRangeError' });
    const [event] = await query<{ eventData: { measures: { name: string }[] } }>(
      `SELECT "eventData" FROM domain_event WHERE "eventType" = 'FraudDriftDetected'`,
      [],
      payments.database,
    );
    expect(event?.eventData.measures.map(({ name }) => name)).toContain('amount');
  }, 60_000);
});

async function versionsOf(orderId: string): Promise<{ champion: string | null; shadow: string[] }> {
  const [row] = await query<{ modelVersion: string | null; challengers: { modelVersion: string }[] }>(
    `SELECT "modelVersion", challengers FROM fraud_decision WHERE "orderId" = $1 ORDER BY id DESC LIMIT 1`,
    [orderId],
    payments.database,
  );
  return {
    champion: row?.modelVersion ?? null,
    shadow: (row?.challengers ?? []).map(({ modelVersion }) => modelVersion),
  };
}
