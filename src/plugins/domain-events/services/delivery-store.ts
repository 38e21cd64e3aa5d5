import { Injectable } from '@nestjs/common';
import { TransactionalConnection } from '@vendure/core';
import type { EntityManager } from 'typeorm';
import { QUEUED_LEASE_MS, WORKER_LEASE_MS } from '../constants';
import type { DomainEventMessage, EventData, ResolvedHandler } from '../types';

/** A delivery that this worker has claimed, with its event. */
export interface ClaimedDelivery {
  id: number;
  handler: string;
  attempts: number;
  crashes: number;
  dispatches: number;
  event: DomainEventMessage;
}

/** How many more deliveries a handler can take. */
export interface ClaimRequest {
  handler: string;
  kind: 'database' | 'effect';
  /** Deliveries for `database`; for `effect` how many may be in the platform's queue in all. */
  free: number;
}

interface ClaimedRow extends Omit<DomainEventMessage, 'eventData'> {
  id: string;
  handler: string;
  attempts: number;
  crashes: number;
  dispatches: number;
  eventData: EventData;
}

/** A database handler's delivery goes to `running` and has its attempt counted; an effect's goes to `queued`. */
const TAKE = `
  UPDATE domain_event_delivery d
     SET "state" = CASE WHEN p.effect THEN 'queued' ELSE 'running' END,
         "owner" = CASE WHEN p.effect THEN NULL ELSE $1::uuid END,
         "attempts" = d."attempts" + CASE WHEN p.effect THEN 0 ELSE 1 END,
         "dispatches" = d."dispatches" + CASE WHEN p.effect THEN 1 ELSE 0 END,
         "startedAt" = CASE WHEN p.effect THEN d."startedAt" ELSE now() END,
         "availableAt" = CASE WHEN p.effect THEN now() + $2 * least(16, 2 ^ d."dispatches") * interval '1 ms'
                              ELSE d."availableAt" END
    FROM picked p WHERE d."id" = p."id"
  RETURNING d."id", d."handler", d."attempts", d."crashes", d."dispatches", d."sequence"`;

const WITH_EVENT = `
  SELECT t."id", t."handler", t."attempts", t."crashes", t."dispatches", e."id" AS "sequence", e."eventId",
         e."eventType", e."aggregateType", e."aggregateId", e."version", e."schemaVersion", e."eventData",
         e."timestamp", e."channelId", e."userId"
    FROM taken t JOIN domain_event e ON e."id" = t."sequence" ORDER BY t."sequence"`;

/**
 * The statements of the relay. Each is set-based and commits by itself, except `finish` with a manager. Who waits
 * for whom: `claim` skips what is locked; `finish` and `takeOver` lock aggregates in the order of their key, then
 * deliveries (see the functions in the migration, and there why states are compared as they are).
 */
@Injectable()
export class DeliveryStore {
  constructor(private readonly connection: TransactionalConnection) {}

  /** Records the handlers of this process; never removes one (an older release may still have it). */
  async registerHandlers(handlers: readonly ResolvedHandler[]): Promise<void> {
    const rows = handlers.map(handler => ({
      name: handler.name,
      kind: handler.kind,
      eventTypes: handler.events.map(event => event.type),
      strict: handler.onDeadLetter === 'block',
      maxAttempts: handler.retry.attempts,
    }));
    await this.query(
      `INSERT INTO domain_event_handler ("name", "kind", "eventTypes", "strict", "maxAttempts")
       SELECT r."name", r."kind", r."eventTypes", r."strict", r."maxAttempts"
         FROM jsonb_to_recordset($1::jsonb)
           AS r("name" text, "kind" text, "eventTypes" text[], "strict" boolean, "maxAttempts" int)
        ORDER BY r."name"
       ON CONFLICT ("name") DO UPDATE SET "kind" = excluded."kind", "eventTypes" = excluded."eventTypes",
         "strict" = excluded."strict", "maxAttempts" = excluded."maxAttempts", "seenAt" = now(), "retiredAt" = NULL`,
      [JSON.stringify(rows)],
    );
  }

  /** Takes the next deliveries, those that have waited longest first, at most as many as are free per handler. */
  async claim(worker: string, requests: readonly ClaimRequest[]): Promise<ClaimedDelivery[]> {
    const rows = await this.query<ClaimedRow>(
      `WITH picked AS (
         SELECT p."id", s.effect
           FROM unnest($3::text[], $4::int[], $5::boolean[]) AS s(handler, free, effect)
          CROSS JOIN LATERAL (
            SELECT d."id" FROM domain_event_delivery d
             WHERE d."handler" = s.handler AND d."state" = 'ready' AND d."crashes" = 0 AND d."availableAt" <= now()
             ORDER BY d."availableAt", d."id"
             LIMIT CASE WHEN s.effect THEN greatest(0, s.free - (
               SELECT count(*) FROM domain_event_delivery q WHERE q."handler" = s.handler AND q."state" = 'queued'))
               ELSE s.free END
             FOR UPDATE SKIP LOCKED) p
       ), taken AS (${TAKE}) ${WITH_EVENT}`,
      [
        worker,
        QUEUED_LEASE_MS,
        requests.map(request => request.handler),
        requests.map(request => request.free),
        requests.map(request => request.kind === 'effect'),
      ],
    );
    return rows.map(toClaimed);
  }

  /**
   * Takes one delivery during which a worker ended. The caller runs one of them at a time: when it ends this worker
   * too, few others are hit, and none of them again and again.
   */
  async claimSuspect(worker: string, handlers: readonly ClaimRequest[]): Promise<ClaimedDelivery[]> {
    const rows = await this.query<ClaimedRow>(
      `WITH picked AS (
         SELECT d."id", s.effect FROM domain_event_delivery d
           JOIN unnest($3::text[], $4::boolean[]) AS s(handler, effect) ON s.handler = d."handler"
          WHERE d."state" = 'ready' AND d."crashes" > 0 AND d."availableAt" <= now()
            AND (NOT s.effect OR NOT EXISTS (
              SELECT FROM domain_event_delivery b
                JOIN domain_event_handler h ON h."name" = b."handler" AND h."kind" = 'effect'
               WHERE b."state" IN ('queued', 'running') AND b."crashes" > 0))
          ORDER BY d."availableAt" LIMIT 1 FOR UPDATE OF d SKIP LOCKED
       ), taken AS (${TAKE}) ${WITH_EVENT}`,
      [
        worker,
        QUEUED_LEASE_MS,
        handlers.map(request => request.handler),
        handlers.map(request => request.kind === 'effect'),
      ],
    );
    return rows.map(toClaimed);
  }

  /** Begins what a job was added for; nothing when the job is an old one, or the delivery is not for it any more. */
  async startQueued(worker: string, id: number, dispatch: number): Promise<ClaimedDelivery | undefined> {
    const rows = await this.query<ClaimedRow>(
      `WITH taken AS (
         UPDATE domain_event_delivery d
            SET "state" = 'running', "owner" = $1, "attempts" = d."attempts" + 1, "startedAt" = now()
          WHERE d."id" = $2 AND d."state" IS NOT DISTINCT FROM 'queued' AND d."dispatches" = $3
         RETURNING d."id", d."handler", d."attempts", d."crashes", d."dispatches", d."sequence"
       ) ${WITH_EVENT}`,
      [worker, id, dispatch],
    );
    return rows.map(toClaimed)[0];
  }

  /** Puts a delivery back whose job could not be added. */
  async unqueue(id: number, dispatch: number, delayMs: number, failure: string): Promise<void> {
    await this.query(
      `UPDATE domain_event_delivery SET "state" = 'ready', "lastError" = $4,
              "availableAt" = now() + $3 * interval '1 ms'
        WHERE "id" = $1 AND "state" IS NOT DISTINCT FROM 'queued' AND "dispatches" = $2`,
      [id, dispatch, delayMs, failure],
    );
  }

  /**
   * Ends deliveries and lets the next of their lanes run.
   *
   * @param manager the transaction of the handler's effect, for `done`
   * @returns the ids that were still this worker's
   */
  async finish(
    worker: string,
    ids: readonly number[],
    state: 'done' | 'dead',
    failure: string | null,
    manager?: EntityManager,
  ): Promise<number[]> {
    const rows = await this.query<{ id: string }>(
      `SELECT domain_event_finish($1::bigint[], $2, $3, $4) AS "id"`,
      [ids, worker, state, failure],
      manager,
    );
    return rows.map(row => Number(row.id));
  }

  /** Has a failed delivery run again later; it stays the first of its lane. */
  async retryLater(worker: string, id: number, delayMs: number, failure: string): Promise<void> {
    await this.query(
      `UPDATE domain_event_delivery SET "state" = 'ready', "owner" = NULL, "lastError" = $4,
              "availableAt" = now() + $3 * interval '1 ms'
        WHERE "id" = $1 AND "state" IS NOT DISTINCT FROM 'running' AND "owner" = $2`,
      [id, worker, delayMs, failure],
    );
  }

  /** Gives back what this worker has not finished, as if it had never begun. */
  async handBack(worker: string): Promise<void> {
    await this.query(
      `UPDATE domain_event_delivery SET "state" = 'ready', "owner" = NULL, "attempts" = "attempts" - 1,
              "availableAt" = now()
        WHERE "state" = 'running' AND "owner" = $1`,
      [worker],
    );
    await this.query(`DELETE FROM domain_event_worker WHERE "id" = $1`, [worker]);
  }

  /** @returns how many deliveries were lost and can run again now */
  async takeOver(worker: string, running: readonly number[]): Promise<number> {
    const [row] = await this.query<{ count: number }>(
      `SELECT domain_event_take_over($1, $2::bigint[]) AS "count"`,
      [worker, running],
    );
    return row?.count ?? 0;
  }

  /**
   * Starts lanes whose first delivery waits although nothing runs before it. That does not happen between
   * transactions at READ COMMITTED; one at a higher level may have decided from an old snapshot.
   */
  async healLanes(): Promise<number> {
    const [found] = await this.query<{ ids: string[] | null }>(
      `SELECT array_agg(head."id") AS "ids"
         FROM (SELECT DISTINCT d."handler", d."aggregateType", d."aggregateId" FROM domain_event_delivery d
                WHERE d."state" = 'waiting') lane
         JOIN domain_event_handler h ON h."name" = lane."handler"
        CROSS JOIN LATERAL (
          SELECT n."id" FROM domain_event_delivery n
           WHERE n."handler" = lane."handler" AND n."aggregateType" = lane."aggregateType"
             AND n."aggregateId" = lane."aggregateId" AND n."state" = 'waiting'
           ORDER BY n."sequence" LIMIT 1) head
         LEFT JOIN LATERAL (
          SELECT true AS "holds" FROM domain_event_delivery b
           WHERE b."handler" = lane."handler" AND b."aggregateType" = lane."aggregateType"
             AND b."aggregateId" = lane."aggregateId"
             AND b."state" IN ('waiting', 'ready', 'queued', 'running', 'dead') AND b."state" <> 'waiting'
             AND (b."state" <> 'dead' OR h."strict")
           LIMIT 1) busy ON true
        WHERE busy."holds" IS NULL`,
    );
    if (found?.ids == null) return 0;
    await this.query(`SELECT domain_event_lock($1::bigint[]), domain_event_promote($1::bigint[])`, [
      found.ids,
    ]);
    return found.ids.length;
  }

  /** Forgets workers that are long gone. */
  async forgetWorkers(): Promise<void> {
    await this.query(`DELETE FROM domain_event_worker WHERE "aliveUntil" < now() - interval '1 hour'`);
  }

  /** The statement that a worker's own connection runs as its heartbeat. */
  static heartbeat(worker: string, host: string, pid: number): { text: string; values: unknown[] } {
    return {
      text: `INSERT INTO domain_event_worker ("id", "host", "pid", "aliveUntil")
             VALUES ($1, $2, $3, now() + $4 * interval '1 ms')
             ON CONFLICT ("id") DO UPDATE SET "aliveUntil" = excluded."aliveUntil"`,
      values: [worker, host, pid, WORKER_LEASE_MS],
    };
  }

  private async query<T>(sql: string, parameters: unknown[] = [], manager?: EntityManager): Promise<T[]> {
    const result: unknown = await (manager ?? this.connection.rawConnection).query(sql, parameters);
    return result as T[];
  }
}

function toClaimed(row: ClaimedRow): ClaimedDelivery {
  const { id, handler, attempts, crashes, dispatches, ...event } = row;
  return {
    id: Number(id),
    handler,
    attempts,
    crashes,
    dispatches,
    event: { ...event, sequence: Number(event.sequence), version: Number(event.version) },
  };
}
