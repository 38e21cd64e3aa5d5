import { ENTITY_KINDS, WINDOWS, type EntityKind, type WindowName } from '../../types';

/** Kinds that the shop counts by: it sells everything itself. */
export const COUNTED_KINDS = ENTITY_KINDS.filter(
  (kind): kind is Exclude<EntityKind, 'merchant'> => kind !== 'merchant',
);

export const WINDOW_NAMES = Object.keys(WINDOWS) as WindowName[];

/** The place of each parameter: `$1` and so on. */
const AT = '$1::timestamptz';
const BEFORE_ID = '$2::int';
const NOT_ID = '$3::int';
const NOT_AFTER = '$4::timestamptz';
const CATEGORIES = '$5::jsonb';
const CUSTOMER_ID = '$6::int';
const ORDER_ID = '$7::int';
const FIRST_KEY = 8;

/** Since when the longest window goes back. */
const LONGEST_MS = Math.max(...Object.values(WINDOWS));

const since = (ms: number) => `(${AT} - interval '${ms} milliseconds')`;
const keyOfKind = (kind: EntityKind) =>
  `$${FIRST_KEY + COUNTED_KINDS.indexOf(kind as (typeof COUNTED_KINDS)[number])}::uuid`;

/** Which attempts count: none after this one, and not this one. */
const COUNTS = `(${BEFORE_ID} IS NULL OR a.id < ${BEFORE_ID}) AND (${NOT_ID} IS NULL OR a.id <> ${NOT_ID})
    AND (${NOT_AFTER} IS NULL OR a.at < ${NOT_AFTER})`;

/** An outcome counts once it is known, which it never is before its attempt. */
const KNOWN_AT = 'greatest(x."outcomeKnownAt", x.at)';

function perWindow(expression: (from: string) => string): string {
  return `json_build_array(${Object.values(WINDOWS)
    .map(ms => expression(since(ms)))
    .join(', ')})`;
}

const outcomes = (from: string | null) =>
  ['false', 'true']
    .map(
      fraud => `count(*) FILTER (WHERE x.fraud = ${fraud} AND ${KNOWN_AT} < ${AT}
        ${from === null ? '' : `AND ${KNOWN_AT} >= ${from}`})`,
    )
    .join(', ');

/** When the first or last attempt was made of which such an outcome is known, in ms. */
const madeAt = (which: 'min' | 'max', fraud: boolean) =>
  `extract(epoch FROM ${which}(x.at) FILTER (WHERE x.fraud = ${fraud} AND ${KNOWN_AT} < ${AT})) * 1000`;

/** How many different ones of each other kind: by when each was there last, counted for all windows in one go. */
function distinct(kind: EntityKind): string {
  const others = COUNTED_KINDS.filter(other => other !== kind);
  return `(SELECT json_object_agg(v.other, v.counts) FROM (
      SELECT g.other, ${perWindow(from => `count(*) FILTER (WHERE g.last >= ${from})`)} AS counts FROM (
        SELECT CASE ${others.map(other => `WHEN grouping(x.${other}) = 0 THEN '${other}'`).join(' ')} END AS other,
               coalesce(${others.map(other => `x.${other}`).join(', ')}) AS value, max(x.at) AS last
        FROM x WHERE x.at >= ${since(LONGEST_MS)}
        GROUP BY GROUPING SETS (${others.map(other => `(x.${other})`).join(', ')})
      ) g WHERE g.value IS NOT NULL GROUP BY g.other
    ) v)`;
}

function entity(kind: EntityKind): string {
  return `CASE WHEN ${keyOfKind(kind)} IS NULL THEN NULL ELSE (
    WITH x AS MATERIALIZED (
      SELECT a.id, a.at, coalesce(a.amount, 0)::float8 AS amount, a.amount AS known, a.status, a.fraud, a."outcomeKnownAt",
             ${COUNTED_KINDS.filter(other => other !== kind)
               .map(other => `a.${other}`)
               .join(', ')}
      FROM fraud_attempt a WHERE a.${kind} = ${keyOfKind(kind)} AND ${COUNTS}
    )
    SELECT json_build_object(
      'attempts', ${perWindow(from => `count(*) FILTER (WHERE x.at >= ${from})`)},
      'failures', ${perWindow(from => `count(*) FILTER (WHERE x.at >= ${from} AND x.status = 'failed')`)},
      'orders', ${perWindow(from => `count(*) FILTER (WHERE x.at >= ${from} AND x.status = 'ordered')`)},
      'amounts', ${perWindow(from => `coalesce(sum(x.amount) FILTER (WHERE x.at >= ${from}), 0)`)},
      'distinct', ${distinct(kind)},
      'totals', json_build_array(count(*), coalesce(sum(x.amount), 0), coalesce(sum(x.amount * x.amount), 0)),
      'firstAt', extract(epoch FROM min(x.at)) * 1000,
      'lastAt', extract(epoch FROM max(x.at)) * 1000,
      'lastAmount', (SELECT x.known FROM x ORDER BY x.at DESC, x.id DESC LIMIT 1),
      'highest', json_build_array(max(x.known), max(x.known) FILTER (WHERE x.at >= ${since(WINDOWS['7d'])})),
      'known', json_build_array(${madeAt('max', false)}, ${madeAt('min', true)}, ${madeAt('max', true)}),
      'outcomes', json_build_array(${['7d', '30d'].map(name => outcomes(since(WINDOWS[name as WindowName]))).join(', ')}, ${outcomes(null)})
    ) FROM x) END`;
}

/** Whether the customer has paid with the device before, and it did not turn out to be fraud. */
const DEVICE_KNOWN = `CASE WHEN ${keyOfKind('customer')} IS NULL OR ${keyOfKind('device')} IS NULL THEN NULL ELSE EXISTS (
    SELECT 1 FROM fraud_attempt a
    WHERE a.customer = ${keyOfKind('customer')} AND a.device = ${keyOfKind('device')} AND a.status = 'ordered'
      AND NOT (a.fraud IS TRUE AND greatest(a."outcomeKnownAt", a.at) < ${AT}) AND ${COUNTS}
  ) END`;

/** Running totals, without what this attempt has added to them. */
const CATEGORY_TOTALS = `(
    SELECT json_object_agg(s.key, json_build_array(
      s.attempts - CASE WHEN o.id IS NULL THEN 0 ELSE 1 END,
      s.good - CASE WHEN o.fraud IS FALSE THEN 1 ELSE 0 END,
      s.bad - CASE WHEN o.fraud IS TRUE THEN 1 ELSE 0 END))
    FROM (
      SELECT c.key, c.value, sum(t.attempts) AS attempts, sum(t.good) AS good, sum(t.bad) AS bad
      FROM jsonb_each_text(${CATEGORIES}) c
      CROSS JOIN LATERAL (
        SELECT attempts, good, bad FROM fraud_category f WHERE f.field = c.key AND f.value = c.value OFFSET 0
      ) t
      GROUP BY c.key, c.value
    ) s
    LEFT JOIN fraud_attempt o ON o.id = coalesce(${BEFORE_ID}, ${NOT_ID}) AND o.categories ->> s.key = s.value
  )`;

/** The customer's account, and the orders placed before by currency: currencies are not added up here. */
const CUSTOMER = `(
    SELECT json_build_object(
      'guest', u.id IS NULL,
      'since', extract(epoch FROM u."createdAt" AT TIME ZONE 'UTC') * 1000,
      'orders', (SELECT coalesce(json_agg(json_build_array(p.currency, p.count, p.sum)), '[]') FROM (
        SELECT o."currencyCode" AS currency, count(*) AS count, sum(o."subTotalWithTax" + o."shippingWithTax") AS sum
        FROM "order" o
        WHERE o."customerId" = c.id AND o."orderPlacedAt" IS NOT NULL AND o.type <> 'Seller'
          AND (${ORDER_ID} IS NULL OR o.id <> ${ORDER_ID})
        GROUP BY o."currencyCode"
      ) p)
    ) FROM customer c LEFT JOIN "user" u ON u.id = c."userId" WHERE c.id = ${CUSTOMER_ID}
  )`;

/** All that is to be known of what was before, by one statement. Its text never changes: PostgreSQL plans it once. */
export const HISTORY_SQL = `SELECT
  ${COUNTED_KINDS.map(kind => `${entity(kind)} AS "${kind}"`).join(',\n  ')},
  ${DEVICE_KNOWN} AS "deviceKnown",
  ${CATEGORY_TOTALS} AS categories,
  ${CUSTOMER} AS account,
  (SELECT json_object_agg(v.name, v.version) FROM fraud_version v) AS versions`;
