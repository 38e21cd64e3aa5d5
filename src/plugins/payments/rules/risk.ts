import type { RiskAssessment } from '../ports/payment-risk-check';

/** A score above this always blocks (the architecture's payment orchestrator). */
export const BLOCKING_SCORE = 0.8;

export type RiskDecision = RiskAssessment['decision'];

/**
 * What an assessment comes to. A score that is no number between 0 and 1 is a defect of the check: nobody may be charged
 * because of one, so it counts as the highest.
 */
export function decide({ score, decision }: RiskAssessment): RiskDecision {
  const valid = Number.isFinite(score) && score >= 0 && score <= 1;
  return !valid || score > BLOCKING_SCORE ? 'block' : decision;
}
