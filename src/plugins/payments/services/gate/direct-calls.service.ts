import { Injectable } from '@nestjs/common';
import { Logger, type Payment, type RequestContext } from '@vendure/core';
// Not exported; the only way to make a context leave its transaction.
import { TRANSACTION_MANAGER_KEY } from '@vendure/core/dist/common/constants';
import { StockLockService } from '../../../inventory';
import { loggerCtx } from '../../constants';
import { movedMoney } from '../../rules/attempt-status';
import { SELF_SETTLING } from '../../rules/plugin-handlers';
import { ROUTED_HANDLER_CODE } from '../../strategies/routed-payment.handler';
import { AttemptLedgerService } from '../ledger/attempt-ledger.service';
import { GatewayCallsService } from './gateway-calls.service';
import { OrderChangedError, providerOf, type HandlerCall } from './gateway-pass';
import { PluginAccounts } from '../plugin-handlers/plugin-accounts';
import { QueuedRefundsService } from './queued-refunds.service';

/**
 * Calls that did not come through the gate: core's own services, called by other plugins (a webhook that settles by
 * itself) or by an order modification, whose refunds are made after it where they can wait. The others are in the ledger before
 * they are made, by a connection of their own; the caller's transaction stays open meanwhile, which only the gate can avoid.
 */
@Injectable()
export class DirectCallsService {
  constructor(
    private readonly ledger: AttemptLedgerService,
    private readonly calls: GatewayCallsService,
    private readonly refunds: QueuedRefundsService,
    private readonly accounts: PluginAccounts,
    private readonly locks: StockLockService,
  ) {}

  async run(ctx: RequestContext, call: HandlerCall): Promise<unknown> {
    const { kind, payment } = call;
    if (kind === 'refund' && payment !== null && (await this.canWait(ctx, call, payment))) {
      return this.refunds.take(ctx, call, payment);
    }
    const outside = ctx.copy();
    Object.assign(outside, { [TRANSACTION_MANAGER_KEY]: undefined });
    // Until its transaction ends, nobody takes the payment for one that its caller has lost.
    const settles = call.kind === 'authorize' && SELF_SETTLING.includes(providerOf(call));
    if (settles && this.locks.inTransaction(ctx)) await this.locks.lock(ctx, { orderIds: [call.order.id] });
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
    // Core would take it for a part of the order, or for more than it costs: its caller's work is undone, and the money goes back.
    if (settles && attempt.amount !== call.amount && movedMoney(attempt.status)) {
      throw new OrderChangedError(attempt.amount, call.amount);
    }
    return attempt.answer;
  }

  /** Whether a refund can be made later, by somebody who can be asked how it ended. */
  private async canWait(ctx: RequestContext, call: HandlerCall, { id, state }: Payment): Promise<boolean> {
    if (call.handler.code === ROUTED_HANDLER_CODE) return true;
    // What is only reserved, their handlers capture whole; of a payment from before the ledger nobody could be asked later.
    if (state !== 'Settled' || (await this.ledger.authorizationOf(ctx, id)) === null) return false;
    const methods = await this.accounts.methods(ctx, providerOf(call));
    return methods.some(({ code }) => code === call.method.code);
  }
}
