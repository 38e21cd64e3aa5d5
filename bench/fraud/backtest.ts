import { BacktestRunner, BacktestService } from '../../src/plugins/fraud/testing';
import type { BenchShop } from './shop';

const CHUNK = 10_000;
const DAY_MS = 86_400_000;

/** The numbers of the past attempts that get a decision: the newest. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Decisions that were measured, once more for past attempts: each with its own time and amount. */
const PAST_DECISIONS_SQL = `
  INSERT INTO fraud_decision ("attemptId", phase, "orderId", "channelId", at, amount, currency, signals, features, parts,
                              contributions, rules, units, recommendation, override, decision, missing, "ruleSetVersion",
                              "listsVersion", "settingsVersion", "modelVersion", challengers, timings)
  SELECT a."attemptId", 'after', a."orderId", a."channelId", a.at, a.amount, d.currency,
         d.signals || jsonb_build_object('order.amount', a.amount / 100.0), '{}', d.parts, d.contributions, d.rules, d.units,
         d.recommendation, d.override, d.decision, d.missing, d."ruleSetVersion", d."listsVersion", d."settingsVersion",
         d."modelVersion", d.challengers, d.timings
  FROM fraud_attempt a
  JOIN (SELECT s.*, row_number() OVER (ORDER BY s.id) - 1 AS place FROM fraud_decision s WHERE s.id = ANY($3)) d
    ON d.place = -a."attemptId" % cardinality($3)
  WHERE -a."attemptId" BETWEEN $1::int AND $2::int`;

/** The newest so many of all past attempts get a decision. */
export async function writePastDecisions(
  shop: BenchShop,
  attempts: number,
  decisions: number,
): Promise<Span> {
  const samples = await shop.query<{ id: number }>(
    `SELECT id FROM fraud_decision WHERE phase = 'after' AND "attemptId" > 0 ORDER BY id DESC LIMIT 500`,
  );
  const span = { from: Math.max(1, attempts - decisions + 1), to: attempts };
  for (let from = span.from; from <= span.to; from += CHUNK) {
    const to = Math.min(span.to, from + CHUNK - 1);
    await shop.query(PAST_DECISIONS_SQL, [from, to, samples.map(({ id }) => id)]);
  }
  await shop.query('VACUUM ANALYZE fraud_decision');
  return span;
}

/** One new rule over all of them, as staff would ask for it. @returns how long it took, in seconds */
export async function backtest(shop: BenchShop): Promise<{ seconds: number; checked: number }> {
  const rule = {
    id: 'bench',
    name: 'Amount above 200 from a busy network',
    enabled: true,
    shadow: false,
    expiresAt: null,
    action: 'review',
    weight: 20,
    when: {
      match: 'all',
      members: [
        { field: 'order.amount', operator: 'greater_than', value: 200 },
        { field: 'velocity.network.attempts.30d', operator: 'greater_than', value: 3 },
      ],
    },
  };
  const asked = await shop.app.get(BacktestService).request(shop.ctx, {
    from: new Date(Date.now() - 366 * DAY_MS),
    to: new Date(),
    rules: [rule],
  });
  if (!('id' in asked)) throw new Error(`The backtest was refused: ${JSON.stringify(asked)}`);
  const started = performance.now();
  const done = await shop.app.get(BacktestRunner).run(shop.ctx, asked.id);
  if (done?.state !== 'done') throw new Error(`The backtest ended as ${done?.state}: ${done?.error}`);
  return { seconds: (performance.now() - started) / 1_000, checked: done.checked };
}
