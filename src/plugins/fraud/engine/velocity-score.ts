import type { EntityHistory, EntityKind, History, PartScore, Reason } from '../types';

/** The architecture's numbers: each holds for more than its limit. Amounts in main units of the base currency. */
const MANY_ATTEMPTS = { limit: 10, points: 30 };
const SOME_ATTEMPTS = { limit: 5, points: 15 };
const HIGH_AMOUNT = { limit: 5_000, points: 25 };
const FAILURES = { limit: 3, points: 40 };
const MOST = 100;

/** Who pays: the customer, or without one the e-mail address, or without it the card. */
const PAYERS: readonly EntityKind[] = ['customer', 'email', 'card'];

/** How much the payer has tried of late, this attempt not counted. */
export function velocityScore(history: History): PartScore {
  const payer = payerOf(history);
  if (payer === undefined) return { part: 'velocity', score: null, reasons: [], missing: 'no payer known' };
  const reasons = reasonsOf(payer.kind, payer.history);
  const sum = reasons.reduce((total, { points }) => total + points, 0);
  return { part: 'velocity', score: Math.min(sum, MOST), reasons };
}

function payerOf({ entities }: History): { kind: EntityKind; history: EntityHistory } | undefined {
  for (const kind of PAYERS) {
    const history = entities[kind];
    if (history !== undefined) return { kind, history };
  }
  return undefined;
}

function reasonsOf(payer: EntityKind, { windows }: EntityHistory): Reason[] {
  const { attempts, amount } = windows['24h'];
  const { failures } = windows['6h'];
  const reasons: Reason[] = [];
  const frequency = [MANY_ATTEMPTS, SOME_ATTEMPTS].find(({ limit }) => attempts > limit);
  if (frequency !== undefined) {
    const facts = { payer, count: attempts, limit: frequency.limit };
    reasons.push({ code: 'velocity.attempts_24h', points: frequency.points, facts });
  }
  if (amount > HIGH_AMOUNT.limit) {
    const facts = { payer, amount, limit: HIGH_AMOUNT.limit };
    reasons.push({ code: 'velocity.amount_24h', points: HIGH_AMOUNT.points, facts });
  }
  if (failures > FAILURES.limit) {
    const facts = { payer, count: failures, limit: FAILURES.limit };
    reasons.push({ code: 'velocity.failures_6h', points: FAILURES.points, facts });
  }
  return reasons;
}
