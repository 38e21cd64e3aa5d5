import type { InjectableStrategy, Order, RequestContext } from '@vendure/core';
import type { PaymentInstrument } from '../types';

/** What is about to be paid, or is reserved. */
export interface RiskSubject {
  readonly order: Order;
  /** The attempt's id in the ledger. */
  readonly attemptId: string;
  readonly provider: string;
  /** The code of core's payment method. */
  readonly method: string;
  /** Minor units of the order's currency. */
  readonly amount: number;
}

export interface RiskAssessment {
  /** From 0 (no risk) to 1. Above 0.8 the payment is blocked, whatever the decision says. */
  readonly score: number;
  /**
   * - `allow`: go on
   * - `challenge`: go on with 3-D Secure (before the authorization only)
   * - `review`: keep it reserved until staff decide (after the authorization only)
   * - `block`: make no payment; what is reserved is given back
   */
  readonly decision: 'allow' | 'challenge' | 'review' | 'block';
}

/**
 * Port: decides about the risk of a payment. Both questions are asked outside any transaction and without locks; what
 * throws or takes longer than `timeoutMs` counts as `onFailure` says.
 */
export interface PaymentRiskCheck extends InjectableStrategy {
  /** Before the provider is asked for anything. */
  assess(ctx: RequestContext, subject: RiskSubject): Promise<RiskAssessment>;
  /** Once the amount is reserved, when the card is known. Nothing has been taken yet. */
  reassess(
    ctx: RequestContext,
    subject: RiskSubject & { readonly instrument: PaymentInstrument | null },
  ): Promise<RiskAssessment>;
  /** How long an assessment may take (ms). */
  readonly timeoutMs: number;
  /** What counts when it fails: `review` keeps the money reserved until staff decide. */
  readonly onFailure: 'allow' | 'review' | 'block';
}
