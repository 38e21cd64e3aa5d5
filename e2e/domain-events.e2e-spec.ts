import { AdminClient } from './support/admin-client';
import { PROBE_TABLES } from './support/events-probe/probe-tables';
import { launchShop, type LaunchedShop } from './support/launch';
import { ManagedProcess } from './support/managed-process';
import { proofSeed, proofSize } from './support/proof';
import { ShopClient } from './support/shop-client';
import { placeGuestOrder, variantsInStock } from './support/shopping';
import { query } from './support/sql';
import { cloneTemplate, dropDatabase } from './support/template';
import { testEnv } from './support/test-env';
import { sleep, waitFor } from './support/wait-for';
import { Random } from '../scripts/seed/random';

/** How often a worker is killed, and over how many events. */
const { kills, events, aggregates } = proofSize({
  small: { kills: 3, events: 300, aggregates: 20 },
  full: { kills: 50, events: 10_000, aggregates: 200 },
});

/** What the plugin promises for the deliveries of a dead worker. */
const TAKEOVER_MS = 30_000;

/** A worker's lease and a restart, on a busy machine, for each attempt that kills its worker. */
const KILLER_MS = 150_000;

const random = Random.of(proofSeed);

let database: string;
let shop: LaunchedShop;
let second: ManagedProcess;
let admin: AdminClient;

interface Delivery {
  id: string;
  handler: string;
  state: string;
  attempts: number;
  crashes: number;
  lastError: string | null;
  reason: string | null;
  changedBy: string | null;
  event: { eventId: string; version: number; eventData: { number: number } };
}

interface Effect {
  position: number;
  eventId: string;
  aggregateId: string;
  version: number;
  number: number;
  key: string | null;
}

const DELIVERY = `id handler state attempts crashes lastError reason changedBy event { eventId version eventData }`;

beforeAll(async () => {
  const env = testEnv();
  database = await cloneTemplate(env.postgresUrl, env.templateDatabase, 'events');
  await query(PROBE_TABLES, [], database);
  shop = await launchShop(env, {
    database,
    scripts: { server: 'e2e/support/events-probe/server.js', worker: 'e2e/support/events-probe/worker.js' },
  });
  second = new ManagedProcess({
    ...shop.worker.options,
    name: 'second worker',
    logFile: shop.worker.options.logFile.replace('-worker', '-worker-2'),
  });
  admin = await AdminClient.signedIn(shop.baseUrl);
}, 180_000);

afterAll(async () => {
  await second?.kill('SIGTERM');
  await shop?.stop();
  if (database !== undefined) await dropDatabase(testEnv().postgresUrl, database);
}, 60_000);

async function publish(
  eventType: string,
  aggregateId: string,
  numbers: number[],
  extra: { fail?: boolean; invalid?: boolean; customerId?: string; note?: string } = {},
): Promise<string[]> {
  const { fail = false, invalid = false, ...rest } = extra;
  const { publishProbes } = await admin.api.request<{ publishProbes: string[] }>(
    `mutation ($input: ProbeInput!, $fail: Boolean, $invalid: Boolean) {
       publishProbes(input: $input, fail: $fail, invalid: $invalid) }`,
    { input: { eventType, aggregateId, numbers, ...rest }, fail, invalid },
  );
  return publishProbes;
}

function effectsOf(handler: string, aggregateId?: string): Promise<Effect[]> {
  return query<Effect>(
    `SELECT "position"::int, "eventId", "aggregateId", "version", "number", "key" FROM probe_effect
      WHERE "handler" = $1 AND ($2::text IS NULL OR "aggregateId" = $2) ORDER BY "position"`,
    [handler, aggregateId ?? null],
    database,
  );
}

async function deliveriesOf(handler: string, aggregateId: string): Promise<Delivery[]> {
  const { domainEventDeliveries } = await admin.api.request<{ domainEventDeliveries: { items: Delivery[] } }>(
    `query ($options: DomainEventDeliveryListOptions) {
       domainEventDeliveries(options: $options) { items { ${DELIVERY} } } }`,
    {
      options: {
        filter: { handler: { eq: handler }, aggregateId: { eq: aggregateId } },
        sort: { id: 'ASC' },
      },
    },
  );
  return domainEventDeliveries.items;
}

function waitForStates(handler: string, aggregateId: string, states: string[], timeoutMs = 30_000) {
  return waitFor(
    async () => {
      const deliveries = await deliveriesOf(handler, aggregateId);
      return deliveries.map(({ state }) => state).join() === states.join() ? deliveries : undefined;
    },
    { what: `${handler} of ${aggregateId} to be ${states.join()}`, timeoutMs },
  );
}

async function change(field: string, args: string, variables: Record<string, unknown>) {
  const data = await admin.api.request<
    Record<string, { changed: Delivery[]; refused: Array<{ id: string; code: string }> }>
  >(`mutation ${args} { ${field} { changed { ${DELIVERY} } refused { id code } } }`, variables);
  return Object.values(data)[0]!;
}

const retry = (ids: string[]) => change('retryDomainEventDeliveries(ids: $ids)', '($ids: [ID!]!)', { ids });
const discard = (ids: string[], reason: string) =>
  change('discardDomainEventDeliveries(ids: $ids, reason: $reason)', '($ids: [ID!]!, $reason: String!)', {
    ids,
    reason,
  });

async function code(work: Promise<unknown>): Promise<string | undefined> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown as { errors?: Array<{ message: string; extensions?: { code?: string } }> },
  );
  return error?.errors?.[0]?.extensions?.code;
}

describe('the outbox', () => {
  it('delivers what was committed, in order, with rising versions', async () => {
    await publish('ProbeHappened', 'committed', [1, 2, 3]);
    await publish('ProbeHappened', 'committed', [4]);
    await waitForStates('probe.record', 'committed', ['done', 'done', 'done', 'done']);
    const effects = await effectsOf('probe.record', 'committed');
    expect(effects.map(({ number, version }) => [number, version])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ]);
  });

  it('keeps nothing of a transaction that was rolled back', async () => {
    expect(await code(publish('ProbeHappened', 'rolled-back', [1, 2], { fail: true }))).toBe(
      'USER_INPUT_ERROR',
    );
    await publish('ProbeHappened', 'rolled-back', [3]);
    const [only] = await waitForStates('probe.record', 'rolled-back', ['done']);
    // The version too was given back.
    expect(only?.event).toMatchObject({ version: 1, eventData: { number: 3 } });
    const [left] = await query<{ n: number }>(
      'SELECT count(*)::int AS n FROM domain_event_intake',
      [],
      database,
    );
    expect(left?.n).toBe(0);
  });

  it('refuses an event that fails its schema, an unknown type, and a publisher without a transaction', async () => {
    const before = await query(
      'SELECT "id" FROM domain_event WHERE "aggregateType" = \'Probe\'',
      [],
      database,
    );
    await expect(publish('ProbeHappened', 'refused', [1], { invalid: true })).rejects.toThrow(
      /INVALID_EVENT: ProbeHappened cannot be published: number: /,
    );
    await expect(publish('NobodyKnows', 'refused', [1])).rejects.toThrow(
      /UNKNOWN_EVENT_TYPE: No plugin has declared/,
    );
    await expect(
      admin.api.request('mutation { publishWithoutTransaction(eventType: "ProbeHappened") }'),
    ).rejects.toThrow(/NO_TRANSACTION: .* published without a transaction/);
    const after = await query(
      'SELECT "id" FROM domain_event WHERE "aggregateType" = \'Probe\'',
      [],
      database,
    );
    expect(after).toEqual(before);
  });

  it("captures a shopper's order", async () => {
    const shopper = new ShopClient(shop.baseUrl);
    const [variant] = await variantsInStock(shopper, 1);
    const order = await placeGuestOrder(shopper, variant!.id, 2);
    const facts = await query<{ eventType: string; version: number; eventData: Record<string, unknown> }>(
      `SELECT "eventType", "version"::int, "eventData" FROM domain_event
        WHERE "aggregateType" = 'Order' AND "eventData"->>'orderId' = $1 ORDER BY "version"`,
      [order.id],
      database,
    );
    expect(facts.map(({ version }) => version)).toEqual(facts.map((_, index) => index + 1));
    const types = facts.map(({ eventType }) => eventType);
    expect(types[0]).toBe('OrderCreated');
    for (const type of ['OrderLineChanged', 'PaymentProcessed', 'OrderPlaced', 'OrderStateChanged'])
      expect(types).toContain(type);
    expect(types.indexOf('PaymentProcessed')).toBeLessThan(types.indexOf('OrderPlaced'));
    expect(facts.find(({ eventType }) => eventType === 'OrderPlaced')?.eventData).toMatchObject({
      code: order.code,
      totalWithTax: order.totalWithTax,
      lines: [{ productVariantId: variant!.id, quantity: 2 }],
    });
    // Nothing of the address or the mail address went into any event.
    expect(JSON.stringify(facts)).not.toMatch(/example\.com|Mill Lane|Byron/);
    const moved = await query<{ eventData: { movement: string } }>(
      `SELECT "eventData" FROM domain_event WHERE "eventType" = 'StockMoved' AND "aggregateId" = $1`,
      [variant!.id],
      database,
    );
    expect(moved.map(({ eventData }) => eventData.movement)).toContain('ALLOCATION');
  });
});

describe('capture of what staff do', () => {
  async function capturedSince(sequence: number): Promise<Map<string, Array<Record<string, unknown>>>> {
    const rows = await query<{
      eventType: string;
      userId: string | null;
      eventData: Record<string, unknown>;
    }>(
      `SELECT "eventType", "userId", "eventData" FROM domain_event WHERE "id" > $1 ORDER BY "id"`,
      [sequence],
      database,
    );
    const byType = new Map<string, Array<Record<string, unknown>>>();
    for (const { eventType, eventData, userId } of rows)
      byType.set(eventType, [...(byType.get(eventType) ?? []), { ...eventData, userId }]);
    return byType;
  }

  async function lastSequence(): Promise<number> {
    const [row] = await query<{ id: number }>(
      'SELECT coalesce(max("id"), 0)::int AS id FROM domain_event',
      [],
      database,
    );
    return row?.id ?? 0;
  }

  it('names fulfilments and refunds with their order', async () => {
    const shopper = new ShopClient(shop.baseUrl);
    const [variant] = await variantsInStock(shopper, 1);
    const placed = await placeGuestOrder(shopper, variant!.id, 1);
    const order = await admin.findOrder(placed.code);
    const from = await lastSequence();
    const [payment] = order.payments;
    if (payment!.state === 'Authorized') await admin.settlePayment(payment!.id);
    const lines = order.lines.map(line => ({ orderLineId: line.id, quantity: line.quantity }));
    const fulfillment = await admin.fulfill(lines, 'T-1');
    await admin.moveFulfillment(fulfillment.id, 'Shipped');
    const refund = await admin.refund(payment!.id, 100);
    if (!('state' in refund)) throw new Error(`not refunded: ${JSON.stringify(refund)}`);
    // What the payment method does not pay back by itself, staff settle.
    if (refund.state === 'Pending')
      await admin.api.request(
        `mutation ($input: SettleRefundInput!) { settleRefund(input: $input) { __typename } }`,
        { input: { id: refund.id, transactionId: 'R-1' } },
      );
    const captured = await capturedSince(from);
    expect(captured.get('FulfillmentCreated')).toMatchObject([
      { fulfillmentId: fulfillment.id, orderIds: [order.id], lines },
    ]);
    expect(captured.get('FulfillmentStateChanged')?.at(-1)).toMatchObject({ toState: 'Shipped', lines });
    expect(captured.get('RefundCreated')).toMatchObject([
      { orderId: order.id, paymentId: payment!.id, total: 100 },
    ]);
    expect(captured.get('RefundStateChanged')?.[0]).toMatchObject({ orderId: order.id, code: order.code });
    expect(captured.get('StockMoved')?.map(({ movement }) => movement)).toContain('SALE');
    expect(captured.get('RefundCreated')?.[0]?.userId).not.toBeNull();
  });

  it('names the catalogue, prices with their variant too', async () => {
    const from = await lastSequence();
    const [variant] = await query<{ id: number; productId: number }>(
      'SELECT "id", "productId" FROM product_variant WHERE "deletedAt" IS NULL ORDER BY "id" LIMIT 1',
      [],
      database,
    );
    const { id, productId } = variant!;
    // One by one: core's decoding of ids mixes up the inputs of several fields in one request.
    await admin.api.request(
      'mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }',
      { input: [{ id: String(id), price: 4321 }] },
    );
    await admin.api.request(
      'mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { id } }',
      {
        input: { id: String(productId), enabled: true },
      },
    );
    await admin.api.request(
      `mutation {
         createCollection(input: { filters: [], translations: [
           { languageCode: en, name: "Captured", slug: "captured", description: "" }] }) { id }
         createCustomer(input: { firstName: "Ada", lastName: "Byron", emailAddress: "captured@example.com" }) { __typename }
       }`,
    );
    const captured = await capturedSince(from);
    expect(captured.get('ProductVariantPriceChanged')?.[0]).toMatchObject({
      productVariantId: String(id),
      price: 4321,
      change: 'updated',
    });
    expect(captured.get('ProductVariantChanged')?.[0]).toMatchObject({
      productVariantId: String(id),
      productId: String(productId),
    });
    expect(captured.get('ProductChanged')?.[0]).toMatchObject({
      productId: String(productId),
      change: 'updated',
    });
    expect(captured.get('CollectionChanged')?.[0]).toMatchObject({ change: 'created' });
    expect(captured.get('CustomerChanged')?.[0]).toMatchObject({ change: 'created' });
    expect(JSON.stringify([...captured])).not.toContain('captured@example.com');
  });

  it('sees a collection filled by the filter job, which has no transaction', async () => {
    const from = await lastSequence();
    const { createCollection } = await admin.api.request<{ createCollection: { id: string } }>(
      `mutation { createCollection(input: {
         translations: [{ languageCode: en, name: "Filled", slug: "filled", description: "" }]
         filters: [{ code: "variant-name-filter", arguments: [
           { name: "operator", value: "contains" }, { name: "term", value: "a" },
           { name: "combineWithAnd", value: "true" }] }] }) { id } }`,
    );
    const [filled] = await waitFor(async () => (await capturedSince(from)).get('CollectionContentChanged'), {
      what: 'the event of the filter job',
      timeoutMs: 40_000,
    });
    expect(filled).toMatchObject({ collectionId: createCollection.id });
    expect(filled?.productVariantCount).toBeGreaterThan(0);
  });
});

describe('trouble', () => {
  it('holds up only the handler and the aggregate; the dead letter is found, rehearsed, repaired and retried', async () => {
    await publish('ProbePoisoned', 'ill', [12, 13, 14]);
    await publish('ProbePoisoned', 'well', [1, 2]);
    // The other handler, the other aggregate, and after the dead letter its own aggregate too.
    await waitForStates('probe.echo', 'ill', ['done', 'done', 'done']);
    await waitForStates('probe.poisoned', 'well', ['done', 'done']);
    const [, dead] = await waitForStates('probe.poisoned', 'ill', ['done', 'dead', 'done']);
    expect(dead).toMatchObject({ attempts: 3, lastError: expect.stringContaining('poisoned') as string });

    const { domainEventDeadLetters } = await admin.api.request<{
      domainEventDeadLetters: { totalItems: number; items: Delivery[] };
    }>(`{ domainEventDeadLetters(options: { filter: { handler: { eq: "probe.poisoned" } } })
          { totalItems items { ${DELIVERY} } } }`);
    expect(domainEventDeadLetters.items.map(({ id }) => id)).toEqual([dead!.id]);

    const dryRun = async () => {
      const { dryRunDomainEvents } = await admin.api.request<{
        dryRunDomainEvents: Array<{ wouldRun: boolean; rehearsed: boolean; failure: string | null }>;
      }>(
        `query ($ids: [ID!]!) { dryRunDomainEvents(deliveryIds: $ids, rehearse: true)
           { wouldRun explanation rehearsed failure } }`,
        { ids: [dead!.id] },
      );
      return dryRunDomainEvents[0];
    };
    expect(await dryRun()).toMatchObject({
      wouldRun: true,
      rehearsed: true,
      failure: expect.stringContaining('poisoned') as string,
    });
    await query(`INSERT INTO probe_repaired VALUES ('probe.poisoned')`, [], database);
    expect(await dryRun()).toMatchObject({ wouldRun: true, rehearsed: true, failure: null });
    // The rehearsal went through and left nothing.
    expect((await effectsOf('probe.poisoned', 'ill')).map(({ number }) => number)).toEqual([12, 14]);

    const { changed, refused } = await retry([dead!.id, '999999999']);
    expect(changed.map(({ id }) => id)).toEqual([dead!.id]);
    expect(refused).toEqual([{ id: '999999999', code: 'NOT_FOUND' }]);
    const [, retried] = await waitForStates('probe.poisoned', 'ill', ['done', 'done', 'done']);
    expect(retried?.changedBy).not.toBeNull();
    expect((await effectsOf('probe.poisoned', 'ill')).map(({ number }) => number)).toEqual([12, 14, 13]);
    expect((await retry([dead!.id])).refused).toEqual([{ id: dead!.id, code: 'NOT_DEAD' }]);
  });

  it('holds a strict lane until staff discard the dead letter, with a reason', async () => {
    await publish('ProbeStrict', 'strict', [13, 14]);
    const [dead] = await waitForStates('probe.strict', 'strict', ['dead', 'waiting']);
    await publish('ProbeStrict', 'strict', [15]);
    await sleep(1_500);
    await waitForStates('probe.strict', 'strict', ['dead', 'waiting', 'waiting'], 1_000);
    expect(await code(discard([dead!.id], '  '))).toBe('REASON_REQUIRED');
    const { changed } = await discard([dead!.id], 'a test order');
    expect(changed).toMatchObject([{ state: 'discarded', reason: 'a test order' }]);
    await waitForStates('probe.strict', 'strict', ['discarded', 'done', 'done']);
    expect((await effectsOf('probe.strict')).map(({ number }) => number)).toEqual([14, 15]);
    expect((await discard([dead!.id], 'again')).refused).toEqual([{ id: dead!.id, code: 'FINISHED' }]);
  });

  it('ends a handler that takes too long, and nothing of it stays', async () => {
    await publish('ProbeHung', 'hung', [1]);
    const [dead] = await waitForStates('probe.hang', 'hung', ['dead']);
    expect(dead).toMatchObject({
      attempts: 2,
      lastError: expect.stringContaining('longer than its limit of 300 ms') as string,
    });
    await sleep(700); // its late writes
    expect(await effectsOf('probe.hang')).toEqual([]);
  });

  it('gives an effect the same idempotency key on every attempt', async () => {
    const eventIds = await publish('ProbeCalled', 'called', [1, 13, 2]);
    await waitForStates('probe.call', 'called', ['done', 'done', 'done'], 50_000);
    const calls = await effectsOf('probe.call');
    expect(calls.map(({ number }) => number)).toEqual([1, 13, 13, 13, 2]);
    expect(new Set(calls.map(({ key }) => key))).toEqual(new Set(eventIds.map(id => `${id}:probe.call`)));
  });
});

describe('staff', () => {
  it('replay a range to one handler', async () => {
    const from = new Date();
    await publish('ProbeHappened', 'replayed', [1, 2]);
    await waitForStates('probe.record', 'replayed', ['done', 'done']);
    const input = {
      handler: 'probe.record',
      from,
      to: new Date(Date.now() + 60_000),
      aggregateType: 'Probe',
      aggregateId: 'replayed',
    };
    const estimate = await admin.api.request<{ domainEventReplayEstimate: object }>(
      `query ($input: DomainEventReplayInput!) { domainEventReplayEstimate(input: $input) { events again first } }`,
      { input },
    );
    expect(estimate.domainEventReplayEstimate).toEqual({ events: 2, again: 2, first: 0 });
    const replay = (values: object) =>
      admin.api.request(
        `mutation ($input: DomainEventReplayInput!) { replayDomainEvents(input: $input) { events } }`,
        { input: { ...input, ...values } },
      );
    await replay({});
    await waitFor(
      async () => ((await effectsOf('probe.record', 'replayed')).length === 4 ? true : undefined),
      {
        what: 'the replay',
      },
    );
    expect((await effectsOf('probe.record', 'replayed')).map(({ number }) => number)).toEqual([1, 2, 1, 2]);
    expect(await code(replay({ handler: 'probe.call' }))).toBe('EFFECT_HANDLER');
    expect(await code(replay({ handler: 'no.one' }))).toBe('HANDLER_NOT_FOUND');
    expect(await code(replay({ eventTypes: ['ProbeStrict'] }))).toBe('NOT_SUBSCRIBED');
    expect(await code(replay({ to: from }))).toBe('WRONG_RANGE');
  });

  it('need the permission', async () => {
    const nobody = new AdminClient(shop.baseUrl);
    expect(await code(nobody.api.request('{ domainEvents { totalItems } }'))).toBe('FORBIDDEN');
    expect(
      await code(
        nobody.api.request('mutation { retryDomainEventDeliveries(ids: ["1"]) { refused { id } } }'),
      ),
    ).toBe('FORBIDDEN');
  });

  it('see every handler with its backlog', async () => {
    const { domainEventHandlers } = await admin.api.request<{
      domainEventHandlers: Array<{ name: string; kind: string; backlog: number; registered: boolean }>;
    }>('{ domainEventHandlers { name kind eventTypes strict backlog lagSeconds deadLetters registered } }');
    expect(domainEventHandlers).toContainEqual(
      expect.objectContaining({ name: 'probe.call', kind: 'effect', strict: false, registered: true }),
    );
  });

  it("erase a customer's data from stored events", async () => {
    await publish('ProbeHappened', 'personal', [1], { customerId: 'c1', note: 'call me at home' });
    await publish('ProbeHappened', 'personal', [2], { customerId: 'c2', note: 'leave it next door' });
    await waitForStates('probe.record', 'personal', ['done', 'done']);
    const { personalDataBreaches } = await admin.api.request<{ personalDataBreaches: string[] }>(
      '{ personalDataBreaches(subject: "c1", bystander: "c2") }',
    );
    expect(personalDataBreaches).toEqual([]);
    const notes = await query<{ note: string | null; number: number }>(
      `SELECT "eventData"->>'note' AS note, ("eventData"->>'number')::int AS number FROM domain_event
        WHERE "aggregateId" = 'personal' ORDER BY "id"`,
      [],
      database,
    );
    expect(notes).toEqual([
      { note: null, number: 1 },
      { note: 'leave it next door', number: 2 },
    ]);
  });
});

describe('workers that are killed', () => {
  async function open(): Promise<number> {
    const [row] = await query<{ n: number }>(
      `SELECT count(*)::int AS n FROM domain_event_delivery
        WHERE "handler" = 'probe.record' AND "state" NOT IN ('done', 'dead')`,
      [],
      database,
    );
    return row?.n ?? 0;
  }

  it(
    'lose nothing, repeat nothing and keep the order, and are replaced in time',
    async () => {
      await second.start();
      await query(`DELETE FROM probe_effect`, [], database);
      const published = new Map<string, number>();
      let number = 0;
      const publishSome = async (count: number) => {
        for (let done = 0; done < count; done += 10) {
          const aggregate = `raced-${random.int(0, aggregates - 1)}`;
          const numbers = Array.from({ length: Math.min(10, count - done) }, () => (number += 1));
          for (const id of await publish('ProbeHappened', aggregate, numbers)) published.set(id, number);
        }
      };
      for (let round = 0; round < kills; round += 1) {
        const share = Math.ceil(events / (kills + 1));
        const victim = random.int(0, 1) === 0 ? shop.worker : second;
        await Promise.all([
          publishSome(share),
          sleep(random.int(20, 800)).then(() => victim.kill('SIGKILL')),
        ]);
        if (round < kills - 1) await victim.start();
        else await takesOver(() => publishSome(share));
      }
      const effects = await effectsOf('probe.record');
      expect(effects.map(({ eventId }) => eventId).sort()).toEqual([...published.keys()].sort());
      const last = new Map<string, number>();
      for (const { aggregateId, version } of effects) {
        expect([aggregateId, version]).toEqual([aggregateId, (last.get(aggregateId) ?? 0) + 1]);
        last.set(aggregateId, version);
      }
      await shop.restart();
    },
    proofSize({ small: 150_000, full: 1_800_000 }),
  );

  /** One worker is dead and stays dead: the other one finishes what both had. */
  async function takesOver(publishRest: () => Promise<void>): Promise<void> {
    const killed = Date.now();
    await publishRest();
    await waitFor(async () => ((await open()) === 0 ? true : undefined), {
      what: 'the takeover',
      timeoutMs: Math.max(1_000, killed + TAKEOVER_MS - Date.now()),
    });
  }

  it(
    'by an event come to an end as a dead letter',
    async () => {
      await second.kill('SIGTERM');
      await publish('ProbeKilled', 'killer', [1]);
      await publish('ProbeHappened', 'beside-the-killer', [1]);
      const [dead] = await waitFor(
        async () => {
          if (!shop.worker.running) await shop.restart();
          const deliveries = await deliveriesOf('probe.kill', 'killer');
          return deliveries[0]?.state === 'dead' ? deliveries : undefined;
        },
        { what: 'the dead letter of an event that kills', timeoutMs: KILLER_MS - 20_000 },
      );
      expect(dead).toMatchObject({ attempts: 2, crashes: 2 });
      expect(await effectsOf('probe.kill')).toEqual([]);
      await waitForStates('probe.record', 'beside-the-killer', ['done']);
      await query(`INSERT INTO probe_repaired VALUES ('probe.kill')`, [], database);
      await retry([dead!.id]);
      await waitForStates('probe.kill', 'killer', ['done']);
      expect(await effectsOf('probe.kill')).toHaveLength(1);
    },
    KILLER_MS,
  );

  it('by SIGTERM hand back what they have not begun', async () => {
    await publish(
      'ProbeHappened',
      'handed-back',
      Array.from({ length: 100 }, (_, index) => index),
    );
    await shop.worker.kill('SIGTERM');
    const [busy] = await query<{ n: number; workers: number }>(
      `SELECT count(*) FILTER (WHERE "state" = 'running')::int AS n,
              (SELECT count(*)::int FROM domain_event_worker WHERE "aliveUntil" > now()) AS workers
         FROM domain_event_delivery`,
      [],
      database,
    );
    expect(busy).toEqual({ n: 0, workers: 0 });
    await shop.restart();
    await waitFor(async () => ((await open()) === 0 ? true : undefined), { what: 'the rest' });
    const effects = await effectsOf('probe.record', 'handed-back');
    expect(effects.map(({ number }) => number)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });
});
