import type { ModelFigures } from './figures';

/** What has to be known before a challenger takes over by itself: fewer frauds leave the figures to chance. */
export const PROMOTION_ROWS = 1_000;
export const PROMOTION_FRAUDS = 30;
/** How much better its average precision has to be, and how much worse its AUC may be. */
export const PROMOTION_MARGIN = 0.01;
export const PROMOTION_TOLERANCE = 0.002;

export interface PromotionVerdict {
  readonly better: boolean;
  readonly verdict: string;
}

/**
 * Whether a challenger is better than what decides now, on the same attempts with known outcomes. Average precision
 * decides, for fraud is rare and staff look at the top of the list; AUC must not be given away for it, and it must not stop
 * more good orders without catching more fraud. Declined attempts have no outcome: of what the champion alone declined
 * neither figure knows.
 */
export function judge(champion: ModelFigures, challenger: ModelFigures): PromotionVerdict {
  const no = (verdict: string) => ({ better: false, verdict });
  if (challenger.rows < PROMOTION_ROWS || challenger.frauds < PROMOTION_FRAUDS) {
    return no(
      `Too few known outcomes: ${challenger.rows} of ${PROMOTION_ROWS}, of those ${challenger.frauds} of ${PROMOTION_FRAUDS} frauds.`,
    );
  }
  const gained = (challenger.averagePrecision ?? 0) - (champion.averagePrecision ?? 0);
  if (gained < PROMOTION_MARGIN) {
    return no(`Its average precision is ${signed(gained)}; at least +${PROMOTION_MARGIN} is asked for.`);
  }
  const auc = (challenger.auc ?? 0) - (champion.auc ?? 0);
  if (auc < -PROMOTION_TOLERANCE) return no(`Its AUC is ${signed(auc)}.`);
  const stops = challenger.goodStopped - champion.goodStopped;
  if (stops > 0 && (challenger.recall ?? 0) <= (champion.recall ?? 0)) {
    return no(`It stops ${stops} more good orders and catches no more fraud.`);
  }
  return { better: true, verdict: `Its average precision is ${signed(gained)}, its AUC ${signed(auc)}.` };
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`;
}
