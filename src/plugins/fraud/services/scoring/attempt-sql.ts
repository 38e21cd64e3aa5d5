import { COUNTED_KINDS } from './history-sql';

const KEYS = COUNTED_KINDS.join(', ');
const KEY_PARAMETERS = COUNTED_KINDS.map((_, index) => `$${index + 7}::uuid`).join(', ');

/** Into how many rows a total is split. */
const SHARDS = 32;

/**
 * The commit does not wait for the disk. What follows is the decision, whose commit does, and what is on the disk by then
 * has all that came before it: whoever knows a decision finds its attempt after a crash. Used in a `FROM`.
 */
const SOON_ON_DISK = `(SELECT set_config('synchronous_commit', 'off', true) AS setting) AS soon`;

/** Takes part in the totals of each value, in the order of the key: two at a time cannot wait for each other. */
const COUNT = `INSERT INTO fraud_category AS t (field, value, shard, attempts, "lastAt")`;
const COUNT_AGAIN = `ON CONFLICT (field, value, shard) DO UPDATE SET attempts = t.attempts + 1, "lastAt" = excluded."lastAt"`;

/**
 * Writes an attempt down, once. Attempts with a key in common come one after the other: each waits for the one before to
 * be committed, and gets its time and its id only then. So whoever reads afterwards finds all that have a smaller id.
 *
 * $1 locks, $2 attempt, $3 order, $4 channel, $5 amount, $6 categories, then the keys.
 */
export const RECORD_SQL = `WITH locks AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(k) FROM unnest($1::bigint[]) AS k
  ), mine AS (
    INSERT INTO fraud_attempt ("attemptId", "orderId", "channelId", at, amount, categories, ${KEYS})
    SELECT $2::int, $3::int, $4::int, date_trunc('milliseconds', clock_timestamp()), $5::bigint, $6::jsonb, ${KEY_PARAMETERS}
    FROM (SELECT count(*) FROM locks) AS waited, ${SOON_ON_DISK} WHERE soon.setting = 'off'
    ON CONFLICT ("attemptId") DO NOTHING
    RETURNING id, at
  ), counted AS (
    ${COUNT}
    SELECT c.key, c.value, mine.id % ${SHARDS}, 1, mine.at FROM mine, jsonb_each_text($6::jsonb) c ORDER BY c.key, c.value
    ${COUNT_AGAIN}
  )
  SELECT id, at, true AS "isNew" FROM mine
  UNION ALL
  SELECT a.id, a.at, false FROM fraud_attempt a WHERE a."attemptId" = $2::int AND NOT EXISTS (SELECT 1 FROM mine)`;

/**
 * Adds what is known once the amount is reserved: the card, and values that were not there before. Again, it changes
 * nothing. Gives the attempt's row as it was, or nothing where it is not written down.
 *
 * $1 attempt, $2 card, $3 categories.
 */
export const ADD_CARD_SQL = `WITH old AS (
    SELECT id, categories, ${KEYS} FROM fraud_attempt WHERE "attemptId" = $1::int FOR UPDATE
  ), changed AS (
    UPDATE fraud_attempt a SET card = coalesce(a.card, $2::uuid), categories = $3::jsonb || a.categories
    FROM old, ${SOON_ON_DISK} WHERE a.id = old.id AND soon.setting = 'off' AND (a.card IS NULL OR NOT a.categories @> $3::jsonb)
    RETURNING a.id, a.at
  ), counted AS (
    ${COUNT}
    SELECT c.key, c.value, changed.id % ${SHARDS}, 1, changed.at FROM changed, old, jsonb_each_text($3::jsonb) c
    WHERE NOT old.categories ? c.key ORDER BY c.key, c.value
    ${COUNT_AGAIN}
  )
  SELECT id, ${KEYS} FROM old`;

/** Moves an outcome in the totals of an attempt's values: $1 categories, $2 more good ones, $3 more bad ones, $4 its row. */
export const COUNT_OUTCOME_SQL = `INSERT INTO fraud_category AS t (field, value, shard, attempts, good, bad, "lastAt")
  SELECT c.key, c.value, $4::int % ${SHARDS}, 0, $2::int, $3::int, now()
  FROM jsonb_each_text($1::jsonb) c ORDER BY c.key, c.value
  ON CONFLICT (field, value, shard) DO UPDATE SET good = t.good + excluded.good, bad = t.bad + excluded.bad`;

/** For the `WITH` of the statement that keeps a decision by which an attempt is refused. */
export const FAIL_REFUSED_SQL = `UPDATE fraud_attempt a SET status = 'failed', "updatedAt" = now() FROM decided d
    WHERE a."attemptId" = d."attemptId" AND a.status = 'open'`;
