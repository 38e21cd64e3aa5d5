import type { Injector, RequestContext } from '@vendure/core';
import type { PaymentInstrument, PaymentRiskCheck, RiskAssessment, RiskSubject } from '../../../payments';
import { ScoringService } from './scoring.service';

/**
 * The shop's risk check: give it to `PaymentsPlugin.init` and add `FraudPlugin` behind it. Its parts have time limits and
 * fail-safes of their own, so those here are for the case that nothing of it answers.
 */
export class FraudRiskCheck implements PaymentRiskCheck {
  readonly timeoutMs = 3_000;
  readonly onFailure = 'review';
  private scoring!: ScoringService;

  init(injector: Injector): void {
    this.scoring = injector.get(ScoringService);
  }

  assess(ctx: RequestContext, subject: RiskSubject): Promise<RiskAssessment> {
    return this.scoring.before(ctx, subject);
  }

  reassess(
    ctx: RequestContext,
    subject: RiskSubject & { readonly instrument: PaymentInstrument | null },
  ): Promise<RiskAssessment> {
    return this.scoring.after(ctx, subject);
  }
}
