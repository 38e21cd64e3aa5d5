import { Channel, type RequestContext, type TransactionalConnection } from '@vendure/core';
import type { DomainEventHandler, DomainEventMessage } from '../../../src/plugins/domain-events';
import {
  ProbeCalled,
  ProbeHappened,
  ProbeHung,
  ProbeKilled,
  ProbePoisoned,
  ProbeStrict,
} from './probe-events';

/** How long `probe.record` takes at most (ms): time for a test to kill its worker. */
const RECORD_MS = 15;
const FAST_RETRY = { attempts: 3, baseMs: 50, maxMs: 200 };

export function probeHandlers(connection: TransactionalConnection): DomainEventHandler[] {
  const manager = (ctx: RequestContext) => connection.getRepository(ctx, Channel).manager;

  const record = async (ctx: RequestContext, handler: string, event: DomainEventMessage, key?: string) => {
    await manager(ctx).query(
      `INSERT INTO probe_effect ("handler", "eventId", "aggregateId", "version", "number", "pid", "key")
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        handler,
        event.eventId,
        event.aggregateId,
        event.version,
        event.eventData.number,
        process.pid,
        key ?? null,
      ],
    );
  };
  const repaired = async (ctx: RequestContext, handler: string) => {
    const rows = await manager(ctx).query<object[]>('SELECT 1 FROM probe_repaired WHERE "handler" = $1', [
      handler,
    ]);
    return rows.length > 0;
  };
  const failUntilRepaired = async (ctx: RequestContext, handler: string, event: DomainEventMessage) => {
    await record(ctx, handler, event);
    if (event.eventData.number === 13 && !(await repaired(ctx, handler))) throw new Error('poisoned');
  };

  return [
    {
      name: 'probe.record',
      kind: 'database',
      events: [ProbeHappened],
      concurrency: 3,
      batchSize: 5,
      handle: async (ctx, event) => {
        await record(ctx, 'probe.record', event);
        await sleep(Math.random() * RECORD_MS);
      },
    },
    {
      name: 'probe.poisoned',
      kind: 'database',
      events: [ProbePoisoned],
      retry: FAST_RETRY,
      handle: (ctx, event) => failUntilRepaired(ctx, 'probe.poisoned', event),
    },
    {
      name: 'probe.echo',
      kind: 'database',
      events: [ProbePoisoned],
      handle: (ctx, event) => record(ctx, 'probe.echo', event),
    },
    {
      name: 'probe.strict',
      kind: 'database',
      events: [ProbeStrict],
      retry: FAST_RETRY,
      onDeadLetter: 'block',
      handle: (ctx, event) => failUntilRepaired(ctx, 'probe.strict', event),
    },
    {
      name: 'probe.hang',
      kind: 'database',
      events: [ProbeHung],
      retry: { ...FAST_RETRY, attempts: 2 },
      timeoutMs: 300,
      handle: async (ctx, event) => {
        await record(ctx, 'probe.hang', event);
        // Right after the limit, and again later: both must bounce off the sealed transaction.
        await sleep(302);
        await record(ctx, 'probe.hang', event).catch(() => undefined);
        await sleep(200);
        await record(ctx, 'probe.hang', event);
      },
    },
    {
      name: 'probe.kill',
      kind: 'database',
      events: [ProbeKilled],
      retry: { ...FAST_RETRY, attempts: 2 },
      handle: async (ctx, event) => {
        await record(ctx, 'probe.kill', event);
        if (!(await repaired(ctx, 'probe.kill'))) process.kill(process.pid, 'SIGKILL');
      },
    },
    {
      name: 'probe.call',
      kind: 'effect',
      events: [ProbeCalled],
      retry: FAST_RETRY,
      handle: async (ctx, event, { idempotencyKey, attempt }) => {
        await record(ctx, 'probe.call', event, idempotencyKey);
        // The effect has happened, but its end never becomes known: it is called again with the same key.
        if (event.eventData.number === 13 && attempt < 3) throw new Error('the answer was lost');
      },
    },
  ];
}

function sleep(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
