import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { succeeded } from '../../e2e/support/results';
import { ShopClient } from '../../e2e/support/shop-client';
import { fillIn, newEmail, variantsInStock } from '../../e2e/support/shopping';
import type { Databases } from '../journey/database';
import { percentile } from '../journey/stats';
import type { FakeProvider } from './fake-provider';
import type { PaymentsOptions } from './options';
import { METHOD } from './sides';

/** Times in ms. */
export interface Pace {
  providerMs: number;
  perSecond: number;
  p50: number;
  p95: number;
}

export interface Browsing {
  p50: number;
  p95: number;
  requests: number;
  /** Those that were answered with an error, such as that no connection is left; their times count too. */
  failed: number;
}

export interface PaymentsResult {
  /** One payment at a time, with a provider of 0 ms. */
  alone: { p50: number; statements: number };
  paces: Pace[];
  before: Browsing;
  during: Browsing;
  /** Shoppers who paid at once, until the last of them was answered. */
  spikeMs: number;
  paid: number;
  failures: Record<string, number>;
  /** The most connections that were idle in a transaction at one time, and how many there were on average. */
  mostIdle: number;
  meanIdle: number;
}

const ALONE = 20;
const PACES_MS = [0, 300];
const SPIKE_PROVIDER_MS = 2_000;
const BROWSE_PAUSE_MS = 25;
const SAMPLE_MS = 50;
const BEFORE_MS = 3_000;
const PREPARED_AT_ONCE = 4;

export async function measure(
  baseUrl: string,
  { databases, database }: { databases: Databases; database: string },
  provider: FakeProvider,
  options: PaymentsOptions,
  say: (line: string) => void,
): Promise<PaymentsResult> {
  const browser = new ShopClient(baseUrl, { timeoutMs: 120_000 });
  const [variant] = await variantsInStock(browser, 1);
  const [slug = ''] = await browser.productSlugs(1);
  const guests = (count: number) => prepare(baseUrl, variant?.id ?? '', count);

  provider.delayMs = 0;
  await payAll(await guests(5), 1);
  const singles = await guests(ALONE);
  await databases.resetStatements();
  const single = await payAll(singles, 1);
  const statements = (await databases.statements(database)) / ALONE;

  const paces: Pace[] = [];
  for (const delayMs of PACES_MS) {
    say(`  ${options.payments} payments with a provider of ${delayMs} ms ...`);
    const payers = await guests(options.payments);
    provider.delayMs = delayMs;
    const { ms, times } = await payAll(payers, options.parallel);
    paces.push({
      providerMs: delayMs,
      perSecond: (payers.length / ms) * 1000,
      p50: percentile(times, 0.5),
      p95: percentile(times, 0.95),
    });
  }

  say(`  ${options.shoppers} shoppers at once, and somebody who browses ...`);
  provider.delayMs = 0;
  const crowd = await guests(options.shoppers);
  provider.delayMs = SPIKE_PROVIDER_MS;
  const before = await browse(browser, slug, sleep(BEFORE_MS));
  const paying = payAll(crowd, crowd.length);
  const [during, idle, spike] = await Promise.all([
    browse(browser, slug, paying),
    idleConnections(databases.urlOf(database), paying),
    paying,
  ]);
  return {
    alone: { p50: percentile(single.times, 0.5), statements },
    paces,
    before,
    during,
    spikeMs: spike.ms,
    paid: spike.paid,
    failures: spike.failures,
    mostIdle: Math.max(0, ...idle),
    meanIdle: idle.reduce((sum, count) => sum + count, 0) / Math.max(1, idle.length),
  };
}

/** Guests at the payment step. */
async function prepare(baseUrl: string, variantId: string, count: number): Promise<ShopClient[]> {
  const guests = Array.from({ length: count }, () => new ShopClient(baseUrl, { timeoutMs: 300_000 }));
  const waiting = [...guests];
  await Promise.all(
    Array.from({ length: PREPARED_AT_ONCE }, async () => {
      for (let guest = waiting.pop(); guest !== undefined; guest = waiting.pop()) {
        succeeded(await guest.addItem(variantId, 1));
        await fillIn(guest, newEmail());
        succeeded(await guest.transition('ArrangingPayment'));
      }
    }),
  );
  return guests;
}

async function payAll(payers: readonly ShopClient[], parallel: number) {
  const waiting = [...payers];
  const times: number[] = [];
  const failures: Record<string, number> = {};
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (let payer = waiting.pop(); payer !== undefined; payer = waiting.pop()) {
        const from = performance.now();
        const problem = await pay(payer);
        times.push(performance.now() - from);
        if (problem !== undefined) failures[problem] = (failures[problem] ?? 0) + 1;
      }
    }),
  );
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  return { ms: performance.now() - startedAt, times, failures, paid: payers.length - failed };
}

/** @returns what went wrong */
async function pay(payer: ShopClient): Promise<string | undefined> {
  try {
    const { result } = await payer.api.request<{ result: { __typename: string } }>(
      `mutation ($input: PaymentInput!) { result: addPaymentToOrder(input: $input) {
         __typename ... on Order { id state } ... on ErrorResult { errorCode } } }`,
      { input: { method: METHOD, metadata: {} } },
    );
    return result.__typename === 'Order' ? undefined : result.__typename;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Looks at a product again and again, until the work is done. */
async function browse(browser: ShopClient, slug: string, work: Promise<unknown>): Promise<Browsing> {
  const times: number[] = [];
  let failed = 0;
  let busy = true;
  const ended = work.finally(() => (busy = false));
  while (busy) {
    const from = performance.now();
    await browser.product(slug).catch(() => (failed += 1));
    times.push(performance.now() - from);
    await sleep(BROWSE_PAUSE_MS);
  }
  await ended;
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95), requests: times.length, failed };
}

/** How many connections wait inside a transaction, sample by sample. */
async function idleConnections(databaseUrl: string, work: Promise<unknown>): Promise<number[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const counts: number[] = [];
  let busy = true;
  const ended = work.finally(() => (busy = false));
  try {
    while (busy) {
      const { rows } = await client.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_stat_activity
         WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
      );
      counts.push(rows[0]?.count ?? 0);
      await sleep(SAMPLE_MS);
    }
    await ended;
  } finally {
    await client.end();
  }
  return counts;
}
