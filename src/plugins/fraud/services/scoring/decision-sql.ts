import { intakeSql } from '../../../domain-events';
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

const keep = (refused: string) => `WITH decided AS (
    INSERT INTO fraud_decision (${NAMES})
    SELECT ${NAMES} FROM jsonb_to_record($1::jsonb) AS r(${COLUMNS.map(([name, type]) => `"${name}" ${type}`).join(', ')})
    ON CONFLICT ("attemptId", phase) DO NOTHING
    RETURNING id, "attemptId"
  ), told AS (
    ${intakeSql('$2', 'CROSS JOIN decided', `r."eventData" || jsonb_build_object('decisionId', decided.id::text)`)}
  ) ${refused}
  SELECT id FROM decided`;

/**
 * Keeps a decision with its event: in a transaction of many statements each shopper would wait for each of them. Gives
 * nothing where the attempt has one of the phase already.
 *
 * $1 the decision, $2 the event, which gets the decision's id.
 */
export const KEEP_SQL = keep('');

/** The same for one that refuses: the attempt has failed. */
export const KEEP_REFUSED_SQL = keep(`, refused AS (
    ${FAIL_REFUSED_SQL}
  )`);

/** What the second look needs of the first one, and whether there was a second one. $1 attempt. */
export const LOOKS_SQL = `SELECT d.phase, d.units, d.decision, d.missing, d."channelId",
    CASE WHEN d.phase = 'before' THEN d.signals END AS signals
  FROM fraud_decision d WHERE d."attemptId" = $1::int`;
