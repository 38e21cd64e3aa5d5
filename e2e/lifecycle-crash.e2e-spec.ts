import { AdminClient } from './support/admin-client';
import { ledgerMismatches, levels, StockStaff, type LevelRow } from './support/inventory';
import { launchShop, type LaunchedShop } from './support/launch';
import type { Effect, LifecycleOrder } from './support/lifecycle';
import { killAtRandom } from './support/lifecycle-crash/killer';
import { insist, PersistentStaff } from './support/lifecycle-crash/persistent-staff';
import { WarehouseHook } from './support/lifecycle-crash/warehouse-hook';
import { ENDS, WAYS, type Way } from './support/lifecycle-crash/ways';
import { allMails } from './support/mailbox';
import { PersistentShopper } from './support/persistent-shopper';
import { proofSeed, proofSize } from './support/proof';
import { below, seededRandom, shuffled } from './support/random';
import { ShopClient } from './support/shop-client';
import { newEmail, variantsInStock } from './support/shopping';
import { query } from './support/sql';
import { cloneTemplate, dropDatabase } from './support/template';
import { testEnv } from './support/test-env';
import { waitFor } from './support/wait-for';

const SIZE = proofSize({
  small: { orders: 12, kills: 4, atOnce: 12, driveMs: 90_000, settleMs: 90_000 },
  full: { orders: 200, kills: 50, atOnce: 8, driveMs: 1_800_000, settleMs: 600_000 },
});

const MAILS = [
  'send_confirmation_email',
  'send_shipping_notification',
  'send_delivery_notification',
  'request_feedback',
];

interface Placed {
  id: string;
  way: Way;
  emailAddress: string;
  /** Its units by variant. */
  wanted: ReadonlyMap<string, number>;
}

const random = seededRandom(proofSeed);

let database: string;
let shop: LaunchedShop;
let hook: WarehouseHook;
let staff: PersistentStaff;
let variants: string[];
/** The stock before, by variant. */
const before = new Map<string, LevelRow[]>();
const placed: Placed[] = [];
let orders: Map<string, LifecycleOrder>;

const sql = <T extends object>(statement: string, values: unknown[] = []) =>
  query<T>(statement, values, database);

beforeAll(async () => {
  const env = testEnv();
  hook = await WarehouseHook.open(seededRandom(proofSeed + 1));
  database = await cloneTemplate(env.postgresUrl, env.templateDatabase, 'lifecycle_crash');
  shop = await launchShop(env, { database, env: { WAREHOUSE_WEBHOOK_URL: hook.url } });
  const admin = await AdminClient.signedIn(shop.baseUrl);
  staff = new PersistentStaff(admin);
  const stock = new StockStaff(admin, database);
  variants = (await variantsInStock(new ShopClient(shop.baseUrl), 3)).map(({ id }) => id);
  for (const id of variants) {
    await stock.setStock(id, 10_000);
    before.set(id, await levels(id, database));
  }
}, 180_000);

afterAll(async () => {
  await shop?.stop();
  await hook?.close();
  if (database !== undefined) await dropDatabase(testEnv().postgresUrl, database);
}, 60_000);

/** A guest who buys two things, and what staff do with the order. */
function plan(way: Way): { shopper: PersistentShopper; way: Way } {
  const wanted = new Map(
    shuffled(variants, random)
      .slice(0, 2)
      .map(id => [id, 1 + below(3, random)]),
  );
  return { shopper: new PersistentShopper(new ShopClient(shop.baseUrl), newEmail('lifecycle'), wanted), way };
}

/** Every order goes its way, some at a time. Calls back after each step. */
async function drive(plans: ReturnType<typeof plan>[], stepDone: () => void): Promise<void> {
  const queue = [...plans];
  const driver = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { shopper, way } = next;
      for (const step of shopper.steps) {
        await insist(() => step.run().then(() => true), step.name);
        stepDone();
      }
      const order = await insist(async () => (await shopper.placedOrder()) ?? undefined, 'the placed order');
      placed.push({ id: order.id, way, emailAddress: shopper.emailAddress, wanted: shopper.wanted });
      for (const step of staff.steps[way]) {
        await step(order.id);
        stepDone();
      }
    }
  };
  await Promise.all(Array.from({ length: SIZE.atOnce }, driver));
}

/** Nothing is on its way any more: what is left waits for its day, or for people. */
function settled(): Promise<true> {
  return waitFor(
    async () => {
      const open = await sql(
        `SELECT FROM domain_event_delivery WHERE state IN ('waiting', 'ready', 'queued', 'running')
         UNION ALL SELECT FROM domain_event_intake
         UNION ALL SELECT FROM order_effect
           WHERE state IN ('requested', 'running') OR (state = 'waiting' AND "dueAt" IS NULL)
         UNION ALL SELECT FROM stock_hold WHERE state = 'active'
         LIMIT 1`,
      );
      return open.length === 0 ? true : undefined;
    },
    { what: 'everything to be handled', timeoutMs: SIZE.settleMs, intervalMs: 500 },
  );
}

const eachOrder = () =>
  placed.map(facts => {
    const order = orders.get(facts.id);
    if (order === undefined) throw new Error(`Order ${facts.id} is gone.`);
    return { ...facts, order };
  });

const isCancelled = ({ way }: { way: Way }) => ENDS[way].status === 'cancelled';

/** The effects of all orders, with what shows which they are when a check fails. */
const eachEffect = () =>
  eachOrder().flatMap(facts => facts.order.effects.map(effect => ({ ...facts, effect })));

const name = ({ id, way, effect }: { id: string; way: Way; effect: Effect }) =>
  `order ${id} (${way}): ${effect.compensation ? 'compensation of ' : ''}${effect.action} ${effect.id} ${effect.state}`;

describe(`orders on their way while servers and workers are killed (seed ${proofSeed})`, () => {
  it(
    'all arrive where they should go',
    async () => {
      const ways = shuffled(
        Array.from({ length: SIZE.orders }, (_, i) => WAYS[i % WAYS.length]!),
        random,
      );
      const plans = ways.map(plan);
      const steps = plans.reduce(
        (sum, { shopper, way }) => sum + shopper.steps.length + staff.steps[way].length,
        0,
      );
      let done = 0;
      let failed = false;
      const driving = drive(plans, () => (done += 1)).catch((error: unknown) => {
        failed = true;
        throw error;
      });
      const [, fallen] = await Promise.all([
        driving,
        killAtRandom({ shop, kills: SIZE.kills, steps, done: () => done, failed: () => failed, random }),
      ]);
      console.log(`${SIZE.orders} orders; server and worker were killed ${JSON.stringify(fallen)} times.`);
      expect(placed).toHaveLength(SIZE.orders);
    },
    SIZE.driveMs,
  );

  it(
    'and everything that they asked for comes to an end',
    async () => {
      await settled();
      orders = new Map();
      for (const { id } of placed) orders.set(id, await staff.lifecycle.order(id));
    },
    SIZE.settleMs + 30_000,
  );
});

describe('afterwards', () => {
  it('each order is where its history says, and the history has each step once', async () => {
    const entries = await sql<
      Record<'orderId' | 'fromStatus' | 'toStatus' | 'fromState' | 'toState', string>
    >(
      `SELECT "orderId"::text AS "orderId", "fromStatus", "toStatus", "fromState", "toState"
       FROM order_status_entry WHERE "orderId" = ANY($1::int[]) ORDER BY id`,
      [placed.map(({ id }) => id)],
    );
    for (const { id, way, order } of eachOrder()) {
      const own = entries.filter(({ orderId }) => orderId === id);
      const where = [['AddingItems', 'pending'], ...own.map(({ toState, toStatus }) => [toState, toStatus])];
      expect({ id, from: own.map(({ fromState, fromStatus }) => [fromState, fromStatus]) }).toEqual({
        id,
        from: where.slice(0, -1),
      });
      const { status, state, triggers } = ENDS[way];
      expect([order.state, order.lifecycleStatus]).toEqual(where.at(-1));
      expect([order.state, order.lifecycleStatus]).toEqual([state, status]);
      const taken = order.statusHistory.map(({ trigger }) => trigger);
      const mayDiffer = way === 'cancelled-at-once' ? 'start_fulfillment' : '';
      expect(taken.filter(trigger => trigger !== mayDiffer)).toEqual(triggers);
      expect(order.payments.map(payment => payment.state)).toEqual(['Settled']);
    }
  });

  it('no event is left undelivered, and no effect unfinished', async () => {
    const states = await sql(
      `SELECT handler, state FROM domain_event_delivery WHERE state NOT IN ('done', 'discarded')`,
    );
    expect(states).toEqual([]);
    expect(await sql('SELECT FROM domain_event_intake')).toEqual([]);

    const odd = eachEffect().filter(({ effect: { action, state }, way }) => {
      if (action === 'request_feedback') return state !== 'waiting';
      // Cut off while it was being sent: nobody can tell, and it is not sent again.
      if (state === 'unknown') return !MAILS.includes(action);
      if (state === 'not_needed' && action === 'create_shipping_label' && way === 'in-parts') return false;
      return state !== 'done' && !(isCancelled({ way }) && ['cancelled', 'not_needed'].includes(state));
    });
    expect(odd.map(name)).toEqual([]);
  });

  it('each e-mail was received once, or at most once where its sender was cut off', () => {
    const mailed = allMails();
    const wrong: string[] = [];
    for (const { emailAddress, order } of eachOrder()) {
      const received = mailed
        .filter(({ to }) => to.includes(emailAddress))
        .map(({ messageId }) => /^<order-(\d+)(?:-cancelled)?@/.exec(messageId)?.[1] ?? messageId);
      for (const effect of order.effects.filter(({ action }) => MAILS.includes(action))) {
        const times = received.filter(effectId => effectId === effect.id).length;
        const possible = { done: [1], unknown: [0, 1] }[effect.state] ?? [0];
        if (!possible.includes(times))
          wrong.push(`${effect.action} ${effect.state}: received ${times} times`);
      }
      const known = order.effects.map(effect => effect.id);
      wrong.push(...received.filter(effectId => !known.includes(effectId)));
    }
    expect(wrong).toEqual([]);
  });

  it('the warehouse was told of each order once, and of each cancelled one that it is', () => {
    expect(hook.contradicted).toEqual([]);
    const wrong: string[] = [];
    const notices = [...hook.acted.entries()].map(([key, notice]) => ({ key, ...notice }));
    for (const { id, way, order } of eachOrder()) {
      const own = notices.filter(({ orderId }) => orderId === id);
      const told = own.filter(({ kind }) => kind === 'fulfill');
      const recalls = own.filter(({ kind }) => kind === 'recall');
      const effects = order.effects.filter(({ action }) => action === 'notify_warehouse');
      for (const { id: effectId, state, compensation } of effects) {
        const key = `order-effect-${effectId}${compensation ? ':recall' : ''}`;
        if (state === 'done' && !hook.taken.has(key)) wrong.push(`order ${id} (${way}): no call ${key}`);
      }
      const lists = (found: typeof own) => found.flatMap(({ pickLists }) => pickLists.map(list => list.id));
      if (told.length > 1) wrong.push(`order ${id} (${way}): told ${told.length} times`);
      if (!isCancelled({ way })) {
        if (told.length !== 1 || recalls.length > 0)
          wrong.push(`order ${id} (${way}): ${own.length} notices`);
      } else if (lists(told).some(list => !lists(recalls).includes(list))) {
        wrong.push(
          `order ${id} (${way}): told to send ${lists(told).join()}, recalled ${lists(recalls).join()}`,
        );
      }
    }
    expect(wrong).toEqual([]);
  });

  it('each parcel has one good label and one packing list, and cancelled orders have none', async () => {
    const documents = await sql<{ orderId: string; kind: string; stockLocationId: string }>(
      `SELECT "orderId"::text AS "orderId", kind, "stockLocationId"::text AS "stockLocationId"
       FROM order_document WHERE "voidedAt" IS NULL AND "orderId" = ANY($1::int[]) ORDER BY kind, "stockLocationId"`,
      [placed.map(({ id }) => id)],
    );
    for (const { id, way, order } of eachOrder()) {
      const packed = !isCancelled({ way }) && way !== 'prepared';
      const locations = order.pickLists
        .filter(({ state }) => state === 'picked')
        .map(({ stockLocationId }) => stockLocationId);
      if (packed) expect(locations).toHaveLength(1);
      const own = documents.filter(({ orderId }) => orderId === id);
      // Parcels that were sent by hand, with numbers of their own, before their label was made need none.
      const sentBefore = eachEffect().some(
        ({ effect, id: of }) =>
          of === id && effect.action === 'create_shipping_label' && effect.state === 'not_needed',
      );
      const kinds = way === 'in-parts' && sentBefore ? ['packing_list'] : ['label', 'packing_list'];
      expect({ id, way, documents: own.map(({ kind, stockLocationId }) => [kind, stockLocationId]) }).toEqual(
        {
          id,
          way,
          documents: (packed ? kinds : []).flatMap(kind => locations.map(location => [kind, location])),
        },
      );
    }
  });

  it('the stock is what the movements add up to, and what the orders need is allocated', async () => {
    for (const variantId of variants) {
      const from = before.get(variantId) ?? [];
      expect(await ledgerMismatches(variantId, from, database)).toEqual([]);
      const total = (rows: LevelRow[], part: 'onHand' | 'allocated') =>
        rows.reduce((sum, row) => sum + row[part], 0);
      let sold = 0;
      let open = 0;
      for (const { way, wanted, order } of eachOrder()) {
        if (isCancelled({ way })) continue;
        const units = wanted.get(variantId) ?? 0;
        const lines = order.lines.filter(line => line.productVariant.id === variantId);
        expect(lines.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(units);
        const sent = order.fulfillments
          .flatMap(parcel => parcel.lines)
          .filter(({ orderLineId }) => lines.some(({ id }) => id === orderLineId))
          .reduce((sum, { quantity }) => sum + quantity, 0);
        sold += sent;
        open += units - sent;
      }
      const now = await levels(variantId, database);
      expect({
        variantId,
        onHand: total(now, 'onHand'),
        allocated: total(now, 'allocated'),
      }).toEqual({
        variantId,
        onHand: total(from, 'onHand') - sold,
        allocated: total(from, 'allocated') + open,
      });
    }
    expect(await sql(`SELECT FROM stock_hold WHERE state = 'active'`)).toEqual([]);
  });
});
