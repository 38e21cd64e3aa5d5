import { Inject, Injectable } from '@nestjs/common';
import { TransactionalConnection } from '@vendure/core';
import { DOMAIN_EVENTS_PLUGIN_OPTIONS } from '../constants';
import type { ResolvedOptions } from '../types';
import { Clock } from './clock';

const BATCH = 1_000;

/** Well below the 60 s after which the platform lets go of a scheduled task's lock while the task still runs. */
const TIME_LIMIT_MS = 45_000;

/** Deletes processed events that are past their time. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly clock: Clock,
    @Inject(DOMAIN_EVENTS_PLUGIN_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /**
   * Deletes in batches, each a transaction, for a bounded time; the next run goes on. An event stays as long as any of
   * its deliveries is unfinished or a dead letter, and for the same time after the last of them ended or was discarded:
   * staff's reason is kept with it. The versions of the aggregates stay: they never start again.
   *
   * @returns how many events went
   */
  async purge(): Promise<{ deleted: number; complete: boolean }> {
    const until = this.clock.now() + TIME_LIMIT_MS;
    let deleted = 0;
    while (this.clock.now() < until) {
      const [row] = await this.connection.rawConnection.query<Array<{ count: number }>>(
        `WITH gone AS (
           DELETE FROM domain_event WHERE "id" IN (
             SELECT e."id" FROM domain_event e
              WHERE e."timestamp" < now() - $1 * interval '1 day'
                AND NOT EXISTS (
                  SELECT FROM domain_event_delivery d
                   WHERE d."sequence" = e."id"
                     AND (d."state" NOT IN ('done', 'discarded')
                          OR greatest(d."finishedAt", d."changedAt") >= now() - $1 * interval '1 day'))
              ORDER BY e."timestamp" LIMIT ${BATCH} FOR UPDATE OF e SKIP LOCKED)
           RETURNING 1
         ) SELECT count(*)::int AS "count" FROM gone`,
        [this.options.retentionDays],
      );
      const count = row?.count ?? 0;
      deleted += count;
      if (count < BATCH) return { deleted, complete: true };
    }
    return { deleted, complete: false };
  }
}
