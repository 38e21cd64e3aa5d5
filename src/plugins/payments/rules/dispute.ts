import type { ProviderDispute } from '../types';

/** What is known of a dispute. */
export interface KnownDispute {
  readonly status: ProviderDispute['status'];
  readonly amount: number;
  readonly currencyCode: string;
  readonly reason: string;
  readonly respondBy: Date | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  /** When it was so, as the provider says. */
  readonly toldAt: Date;
}

const RANK: Record<ProviderDispute['status'], number> = {
  needs_response: 0,
  under_review: 1,
  won: 2,
  lost: 3,
};

const isClosed = ({ status }: Pick<KnownDispute, 'status'>): boolean => status === 'won' || status === 'lost';

/** What a message says of a dispute, as if it were the first. */
export function disputeOf(told: ProviderDispute, at: Date): KnownDispute {
  const { status, amount, currency, reason, respondBy } = told;
  return {
    status,
    amount,
    currencyCode: currency,
    reason,
    respondBy,
    openedAt: at,
    closedAt: isClosed(told) ? at : null,
    toldAt: at,
  };
}

/**
 * A dispute after one more message. Messages come twice and in any order, so the result does not depend on their order:
 * a closed dispute is not opened again, and of two that say equally much the later one holds.
 */
export function mergeDispute(a: KnownDispute, b: KnownDispute): KnownDispute {
  const latest = saysMore(a, b) ? a : b;
  return { ...latest, openedAt: a.openedAt <= b.openedAt ? a.openedAt : b.openedAt };
}

function saysMore(a: KnownDispute, b: KnownDispute): boolean {
  if (isClosed(a) !== isClosed(b)) return isClosed(a);
  // A bank may decide again; one that still waits only goes on.
  if (!isClosed(a) && a.status !== b.status) return RANK[a.status] > RANK[b.status];
  if (a.toldAt.getTime() !== b.toldAt.getTime()) return a.toldAt > b.toldAt;
  if (a.status !== b.status) return RANK[a.status] > RANK[b.status];
  return JSON.stringify(a) >= JSON.stringify(b);
}
