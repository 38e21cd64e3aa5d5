import { HANDLER } from './bench-plugin';
import type { Publisher } from './publisher';

/** Adds past events, all handled, up to so many in all: what a shop has after a while. */
export async function fillOutbox(publisher: Publisher, rows: number): Promise<void> {
  const [count] = await publisher.query<{ n: string }>('SELECT count(*) AS n FROM domain_event');
  const missing = rows - Number(count?.n ?? 0);
  if (missing <= 0) return;
  const [version] = await publisher.query<{ n: string }>(
    `SELECT coalesce(max("version"), 0) AS n FROM domain_event WHERE "aggregateType" = 'Past'`,
  );
  await publisher.query(
    `WITH past AS (
       INSERT INTO domain_event ("eventId", "eventType", "aggregateType", "aggregateId", "version", "schemaVersion",
                                 "eventData", "timestamp", "channelId")
       SELECT gen_random_uuid(), 'Benched', 'Past', (n / 20)::text, n + $2::int, 1,
              jsonb_build_object('orderId', n::text, 'amount', 1999, 'currencyCode', 'EUR'),
              now() - (($1::int - n) || ' seconds')::interval, '1'
         FROM generate_series(1, $1::int) n
       RETURNING *
     )
     INSERT INTO domain_event_delivery ("sequence", "handler", "eventType", "aggregateType", "aggregateId", "state",
                                        "attempts", "availableAt", "startedAt", "finishedAt")
     SELECT "id", $3, "eventType", "aggregateType", "aggregateId", 'done', 1, "timestamp", "timestamp", "timestamp"
       FROM past`,
    [missing, Number(version?.n ?? 0), HANDLER],
  );
  await publisher.query('VACUUM ANALYZE domain_event');
  await publisher.query('VACUUM ANALYZE domain_event_delivery');
}
