import { Inject, Injectable } from '@nestjs/common';
import { Logger, OrderService, type Order, type RequestContext } from '@vendure/core';
import { loggerCtx, PAYMENTS_PLUGIN_OPTIONS } from '../../constants';
import type { PaymentAttempt } from '../../entities/payment-attempt.entity';
import type { PaymentsPluginOptions } from '../../options';
import type { PaymentRiskCheck, RiskAssessment, RiskSubject } from '../../ports/payment-risk-check';
import { decide, type RiskDecision } from '../../rules/risk';

/** Asks the shop's risk check, if it has one. Never inside a transaction. */
@Injectable()
export class RiskService {
  constructor(
    private readonly orders: OrderService,
    @Inject(PAYMENTS_PLUGIN_OPTIONS) private readonly options: PaymentsPluginOptions,
  ) {}

  /** Whether authorizations are looked at before the money is taken. */
  get looksTwice(): boolean {
    return this.options.riskCheck !== undefined;
  }

  /** Before anybody is asked for money. */
  async before(ctx: RequestContext, order: Order, attempt: PaymentAttempt): Promise<RiskDecision> {
    const check = this.options.riskCheck;
    if (check === undefined) return 'allow';
    return this.ask(check, () => check.assess(ctx, subjectOf(order, attempt)));
  }

  /** Once the amount is reserved. */
  async after(ctx: RequestContext, attempt: PaymentAttempt): Promise<RiskDecision> {
    const check = this.options.riskCheck;
    if (check === undefined) return 'allow';
    const { instrument } = attempt;
    return this.ask(check, async () => {
      const order = await this.orders.findOne(ctx, attempt.orderId);
      if (order === undefined) throw new Error(`Order ${attempt.orderId} is gone`);
      return check.reassess(ctx, { ...subjectOf(order, attempt), instrument });
    });
  }

  private async ask(check: PaymentRiskCheck, question: () => Promise<RiskAssessment>): Promise<RiskDecision> {
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('it took too long')), check.timeoutMs);
    });
    try {
      return decide(await Promise.race([question(), timeUp]));
    } catch (error) {
      Logger.error(`The risk check failed (${(error as Error).message}): ${check.onFailure}`, loggerCtx);
      return check.onFailure;
    } finally {
      clearTimeout(timer);
    }
  }
}

function subjectOf(order: Order, { id, provider, method, amount }: PaymentAttempt): RiskSubject {
  return { order, attemptId: String(id), provider, method, amount };
}
