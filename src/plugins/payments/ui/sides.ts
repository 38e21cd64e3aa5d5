import { moneyOrDash, moneyText } from './amounts';
import { sideStatus } from './reconciliation-text';
import type { Difference, Side } from './reconciliation.query';

/** One fact of a payment, as both sides have it. */
export interface Comparison {
  fact: string;
  ours: string;
  theirs: string;
  differs: boolean;
}

/**
 * What both sides say, fact by fact. Fees are no difference: only the provider knows them. Nor is the transaction id
 * where one side has none.
 */
export function comparisons({
  kind,
  ours,
  theirs,
}: Pick<Difference, 'kind' | 'ours' | 'theirs'>): Comparison[] {
  const row = (fact: string, of: (side: Side) => string, differs = true): Comparison => {
    const mine = of(ours);
    const other = theirs === null ? '–' : of(theirs);
    return { fact, ours: mine, theirs: other, differs: differs && theirs !== null && mine !== other };
  };
  const known = ours.transactionId !== null && theirs !== null && theirs.transactionId !== null;
  const status = row('Status', side => sideStatus(side.status));
  return [
    theirs === null ? { ...status, ...unheard(kind) } : status,
    row('Asked for', side => moneyText(side.amount, side.currencyCode)),
    row('Captured', side => moneyText(side.captured, side.currencyCode)),
    row('Given back', side => moneyText(side.refunded, side.currencyCode)),
    row('Fees', side => moneyOrDash(side.fees, side.currencyCode), false),
    row('Disputed', side => (side.disputed ? 'Yes' : 'No')),
    row('Transaction', side => side.transactionId ?? '–', known),
  ];
}

/** A provider that has no such payment says so: that is the difference. Of the others it is one that cannot be asked. */
function unheard(kind: Difference['kind']): Pick<Comparison, 'theirs' | 'differs'> {
  return kind === 'missing_at_provider'
    ? { theirs: sideStatus('missing'), differs: true }
    : { theirs: sideStatus('not_asked'), differs: false };
}
