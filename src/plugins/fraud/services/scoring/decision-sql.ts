import { intakeSql } from '../../../domain-events';
import { COUNTED_KINDS } from './history-sql';
import { FAIL_REFUSED_SQL } from './attempt-sql';

const COLUMNS = Object.entries({
  attemptId: 'int',
  phase: 'text',
  orderId: 'int',
  channelId: 'int',
  at: 'timestamptz',
  amount: 'int',
  currency: 'text',
  signals: 'jsonb',
  features: 'jsonb',
  parts: 'jsonb',
  contributions: 'jsonb',
  rules: 'jsonb',
  units: 'int',
  recommendation: 'text',
  override: 'jsonb',
  decision: 'text',
  missing: 'jsonb',
  ruleSetVersion: 'int',
  listsVersion: 'int',
  settingsVersion: 'int',
  modelVersion: 'text',
  challengers: 'jsonb',
  timings: 'jsonb',
});
const NAMES = COLUMNS.map(([name]) => `"${name}"`).join(', ');

/**
 * Keeps a decision with its event and what it means for the attempt, at once: in a transaction of many statements each
 * shopper would wait for each of them. Gives nothing where the attempt has one of the phase already.
 *
 * $1 the decision, $2 the event, which gets the decision's id.
 */
export const KEEP_SQL = `WITH decided AS (
    INSERT INTO fraud_decision (${NAMES})
    SELECT ${NAMES} FROM jsonb_to_record($1::jsonb) AS r(${COLUMNS.map(([name, type]) => `"${name}" ${type}`).join(', ')})
    ON CONFLICT ("attemptId", phase) DO NOTHING
    RETURNING id, "attemptId", decision
  ), refused AS (
    ${FAIL_REFUSED_SQL}
  ), told AS (
    ${intakeSql('$2', 'CROSS JOIN decided', `r."eventData" || jsonb_build_object('decisionId', decided.id::text)`)}
  )
  SELECT id FROM decided`;

/** What the second look needs of the attempt and of the first one. $1 attempt. */
export const LOOKS_SQL = `SELECT a.id, ${COUNTED_KINDS.map(kind => `a.${kind}`).join(', ')},
    (SELECT json_object_agg(d.phase, json_build_object('units', d.units, 'decision', d.decision, 'missing', d.missing,
       'channelId', d."channelId", 'signals', CASE WHEN d.phase = 'before' THEN d.signals END))
     FROM fraud_decision d WHERE d."attemptId" = given.id) AS looks
  FROM (SELECT $1::int AS id) given LEFT JOIN fraud_attempt a ON a."attemptId" = given.id`;
