import { HANDLER } from './bench-plugin';
import type { Publisher } from './publisher';

const AGGREGATES = 500;
const PARALLEL = 8;
const IDLE_GAP_MS = 50;
const WARM_UP = 100;
const LIMIT_MS = 300_000;

export interface Measured {
  /** Transactions with one event each. */
  publishPerSecond: number;
  /** From the first publish to the last handled, while publishing goes on. */
  handledPerSecond: number;
  /** From the first to the last handled of events that are there already. */
  drainPerSecond: number;
  /** CPU of the publishing process per event: less blurred by other programs than the times. */
  publisherCpuMs: number;
  /** From the event's timestamp to the end of its delivery, one event at a time (ms). */
  idleP50: number;
  idleP95: number;
}

export async function measure(
  publisher: Publisher,
  { events, idle }: { events: number; idle: number },
): Promise<Measured> {
  await publisher.publish(WARM_UP, AGGREGATES, PARALLEL);
  await allHandled(publisher);

  const from = await lastSequence(publisher);
  const startedAt = Date.now();
  const cpuBefore = process.cpuUsage();
  const publishMs = await publisher.publish(events, AGGREGATES, PARALLEL);
  const cpu = process.cpuUsage(cpuBefore);
  await allHandled(publisher);
  const { last } = await handledBetween(publisher, from);

  const drainFrom = await lastSequence(publisher);
  await publisher.publishAtOnce(events, AGGREGATES);
  await allHandled(publisher);
  const drained = await handledBetween(publisher, drainFrom);

  const idleFrom = await lastSequence(publisher);
  for (let i = 0; i < idle; i += 1) {
    await publisher.publish(1, AGGREGATES, 1);
    await sleep(IDLE_GAP_MS);
  }
  await allHandled(publisher);
  const [latency] = await publisher.query<{ p50: number; p95: number }>(
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS p50,
            percentile_cont(0.95) WITHIN GROUP (ORDER BY ms) AS p95
       FROM (SELECT extract(epoch FROM d."finishedAt" - e."timestamp") * 1000 AS ms
               FROM domain_event_delivery d JOIN domain_event e ON e."id" = d."sequence" WHERE e."id" > $1) t`,
    [idleFrom],
  );
  return {
    publishPerSecond: (events / publishMs) * 1000,
    handledPerSecond: (events / (last - startedAt)) * 1000,
    drainPerSecond: (events / (drained.last - drained.first)) * 1000,
    publisherCpuMs: (cpu.user + cpu.system) / 1000 / events,
    idleP50: latency?.p50 ?? NaN,
    idleP95: latency?.p95 ?? NaN,
  };
}

async function handledBetween(publisher: Publisher, after: number): Promise<{ first: number; last: number }> {
  const [row] = await publisher.query<{ first: Date; last: Date }>(
    `SELECT min("startedAt") AS first, max("finishedAt") AS last FROM domain_event_delivery WHERE "sequence" > $1`,
    [after],
  );
  return { first: row?.first.getTime() ?? NaN, last: row?.last.getTime() ?? NaN };
}

async function allHandled(publisher: Publisher): Promise<void> {
  const until = Date.now() + LIMIT_MS;
  for (;;) {
    const [row] = await publisher.query<{ open: boolean }>(
      `SELECT EXISTS (SELECT FROM domain_event_delivery
                       WHERE "handler" = $1 AND "state" IN ('waiting', 'ready', 'queued', 'running', 'dead')) AS open`,
      [HANDLER],
    );
    if (row?.open === false) return;
    if (Date.now() > until) throw new Error(`Events were not handled within ${LIMIT_MS / 1000} s.`);
    await sleep(20);
  }
}

async function lastSequence(publisher: Publisher): Promise<number> {
  const [row] = await publisher.query<{ id: string }>(
    'SELECT coalesce(max("id"), 0) AS id FROM domain_event',
  );
  return Number(row?.id ?? 0);
}

function sleep(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
