import { Injectable } from '@nestjs/common';
import { Logger, type RequestContext } from '@vendure/core';
// Not exported; the only way to make a context leave its transaction.
import { TRANSACTION_MANAGER_KEY } from '@vendure/core/dist/common/constants';
import { loggerCtx } from '../constants';
import { ROUTED_HANDLER_CODE } from '../strategies/routed-payment.handler';
import { AttemptLedgerService } from './attempt-ledger.service';
import { GatewayCallsService } from './gateway-calls.service';
import { providerOf, type HandlerCall } from './gateway-pass';
import { QueuedRefundsService } from './queued-refunds.service';

/**
 * Calls that did not come through the gate: core's own services, called by other plugins (a webhook that settles by
 * itself) or by an order modification, whose refunds of routed payments are made after it. The others are in the ledger before they are made, by a connection of their own; the
 * caller's transaction stays open meanwhile, which only the gate can avoid.
 */
@Injectable()
export class DirectCallsService {
  constructor(
    private readonly ledger: AttemptLedgerService,
    private readonly calls: GatewayCallsService,
    private readonly refunds: QueuedRefundsService,
  ) {}

  async run(ctx: RequestContext, call: HandlerCall): Promise<unknown> {
    const { handler, kind, payment } = call;
    if (handler.code === ROUTED_HANDLER_CODE && kind === 'refund' && payment !== null) {
      return this.refunds.take(ctx, call, payment);
    }
    const outside = ctx.copy();
    Object.assign(outside, { [TRANSACTION_MANAGER_KEY]: undefined });
    Logger.debug(`A ${call.kind} of order ${call.order.code} did not come through the gate`, loggerCtx);
    const opened = await this.ledger.open(outside, {
      kind: call.kind,
      orderId: call.order.id,
      channelId: ctx.channelId,
      paymentId: call.payment?.id ?? null,
      method: call.method.code,
      provider: providerOf(call),
      amount: call.amount,
      currency: call.order.currencyCode,
      request: { direct: true },
    });
    const { attempt, thrown } = await this.calls.make(outside, opened, {
      ...call,
      // The handler works in its caller's transaction, as it would without us.
      invoke: () => call.invoke(ctx),
    });
    if (thrown !== undefined) throw thrown as Error;
    return attempt.answer;
  }
}
