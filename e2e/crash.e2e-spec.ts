import { AdminClient } from './support/admin-client';
import { LifecycleStaff } from './support/lifecycle';
import { launchShop, type LaunchedShop } from './support/launch';
import { TransportError } from './support/graphql-client';
import { mailsTo, waitForMail } from './support/mailbox';
import { PersistentShopper } from './support/persistent-shopper';
import { proofSeed, proofSize } from './support/proof';
import { below, seededRandom } from './support/random';
import { ShopClient } from './support/shop-client';
import { newEmail, placeGuestOrder, variantsInStock } from './support/shopping';
import { query } from './support/sql';
import { startTcpGate, type TcpGate } from './support/tcp-gate';
import { cloneTemplate, dropDatabase } from './support/template';
import { testEnv } from './support/test-env';
import { sleep, waitFor } from './support/wait-for';

/** How often the server is killed. */
const ROUNDS = proofSize({ small: 3, full: 60 });

/** A request takes some ten ms: the kill falls before, into and after its work. */
const LONGEST_DELAY_MS = 60;

/** The jobs of a killed worker run again within 30 s; the rest is for the restart and for the mail. */
const RECOVERY_MS = 40_000;

const random = seededRandom(proofSeed);

let database: string;
let shop: LaunchedShop;
let smtp: TcpGate;
let variants: string[];

beforeAll(async () => {
  const env = testEnv();
  smtp = await startTcpGate(Number(new URL(env.smtpUrl).port));
  database = await cloneTemplate(env.postgresUrl, env.templateDatabase, 'crash');
  shop = await launchShop(env, { database, env: { SMTP_URL: `smtp://127.0.0.1:${smtp.port}` } });
  variants = (await variantsInStock(new ShopClient(shop.baseUrl), 2)).map(({ id }) => id);
}, 120_000);

afterAll(async () => {
  await shop?.stop();
  await smtp?.stop();
  if (database !== undefined) await dropDatabase(testEnv().postgresUrl, database);
}, 60_000);

/** Begins the work, kills the server in the middle of it, and starts the server again. */
async function crashDuring(work: () => Promise<void>, delayMs: number): Promise<void> {
  const [outcome] = await Promise.allSettled([
    work(),
    sleep(delayMs).then(() => shop.kill('server', 'SIGKILL')),
  ]);
  // Without an answer the shopper knows nothing; any other failure is one.
  if (outcome.status === 'rejected' && !(outcome.reason instanceof TransportError)) throw outcome.reason;
  await shop.restart();
}

interface OrderFacts {
  code: string;
  /** Its preparation begins by itself, sooner or later. */
  paidFor: boolean;
  total: number;
  paid: number;
  payments: number;
  ordered: number;
  allocated: number;
}

/** What the database knows of the placed orders of a customer. */
function placedOrders(emailAddress: string): Promise<OrderFacts[]> {
  return query<OrderFacts>(
    `SELECT o.code, o.state IN ('PaymentSettled', 'Processing') AS "paidFor", (o."subTotalWithTax" + o."shippingWithTax")::int AS total,
       (SELECT coalesce(sum(amount), 0)::int FROM payment p WHERE p."orderId" = o.id AND p.state = 'Settled') AS paid,
       (SELECT count(*)::int FROM payment p WHERE p."orderId" = o.id) AS payments,
       (SELECT sum(quantity)::int FROM order_line l WHERE l."orderId" = o.id) AS ordered,
       (SELECT coalesce(sum(m.quantity), 0)::int FROM stock_movement m JOIN order_line l ON l.id = m."orderLineId"
         WHERE l."orderId" = o.id AND m.type = 'ALLOCATION') AS allocated
     FROM "order" o JOIN customer c ON c.id = o."customerId"
     WHERE c."emailAddress" = $1 AND o."orderPlacedAt" IS NOT NULL`,
    [emailAddress],
    database,
  );
}

describe(`a killed server (seed ${proofSeed})`, () => {
  const finished: { emailAddress: string; facts: OrderFacts }[] = [];

  it.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
    'neither loses nor doubles the order that was under way (%i)',
    async round => {
      const shopper = new PersistentShopper(
        new ShopClient(shop.baseUrl),
        newEmail('crash'),
        new Map(variants.map(id => [id, 1 + below(3, random)])),
      );
      // The first rounds hit the two that matter most, the others any.
      const fatal = round === 1 ? 4 : round === 2 ? 0 : below(shopper.steps.length, random);
      for (const [index, step] of shopper.steps.entries()) {
        if (index === fatal) await crashDuring(step.run, below(LONGEST_DELAY_MS, random));
        await step.run();
      }

      const wanted = [...shopper.wanted.values()].reduce((sum, quantity) => sum + quantity, 0);
      const orders = await placedOrders(shopper.emailAddress);
      expect(orders).toEqual([
        {
          code: shopper.code,
          paidFor: true,
          total: orders[0]?.total,
          paid: orders[0]?.total,
          payments: 1,
          ordered: wanted,
          allocated: wanted,
        },
      ]);
      expect(await shopper.placedOrder()).toMatchObject({
        totalQuantity: wanted,
        totalWithTax: orders[0]?.total,
      });
      finished.push({ emailAddress: shopper.emailAddress, facts: orders[0]! });
    },
    60_000,
  );

  it('leaves all earlier orders as they were, and no payment without an order', async () => {
    for (const { emailAddress, facts } of finished) {
      expect(await placedOrders(emailAddress)).toEqual([facts]);
    }
    const stray = await query(
      `SELECT p.id FROM payment p JOIN "order" o ON o.id = p."orderId"
       WHERE p.state IN ('Settled', 'Authorized') AND o."orderPlacedAt" IS NULL`,
      [],
      database,
    );
    expect(stray).toEqual([]);
  });
});

describe('a killed worker', () => {
  it('forgets no confirmation: the mail that it was sending arrives once, if need be by a hand', async () => {
    const client = new ShopClient(shop.baseUrl);
    smtp.close();
    const placed = await placeGuestOrder(client, variants[0]!);
    const emailAddress = placed.customer!.emailAddress;
    await waitFor(() => (smtp.waiting() > 0 ? true : undefined), { what: 'the worker to send the mail' });
    await shop.kill('worker', 'SIGKILL');
    smtp.open();
    expect(mailsTo(emailAddress)).toEqual([]);

    await shop.restart();
    const staff = new LifecycleStaff(await AdminClient.signedIn(shop.baseUrl));
    const confirmation = async () => {
      const { effects } = await staff.order(placed.id);
      return effects.find(({ action }) => action === 'send_confirmation_email');
    };
    const ended = await waitFor(
      async () => {
        const effect = await confirmation();
        return effect !== undefined && ['done', 'unknown'].includes(effect.state) ? effect : undefined;
      },
      { what: 'the mail to be sent, or to be known as cut off', timeoutMs: RECOVERY_MS },
    );
    // Nobody can tell how far a run came that was cut off: it is not repeated by itself.
    if (ended.state === 'unknown')
      expect(await staff.retry(ended.id)).toMatchObject({ __typename: 'OrderEffect' });
    const mail = await waitForMail(emailAddress, /order/i, RECOVERY_MS);
    expect(mail.html).toContain(placed.code);
    expect(mailsTo(emailAddress)).toHaveLength(1);
  }, 120_000);
});
