import { Injectable } from '@nestjs/common';
import {
  idsAreEqual,
  OrderService,
  Payment,
  TransactionalConnection,
  type Channel,
  type ID,
  type Order,
  type PaymentMethod,
  type RequestContext,
} from '@vendure/core';
import { DEFAULT_CHANNEL_CODE } from '@vendure/common/lib/shared-constants';
import { ChannelContextService } from '../../../domain-events';
import { StockLockService } from '../../../inventory';
import type { PaymentAttempt } from '../../entities/payment-attempt.entity';
import type { PaymentWebhook } from '../../entities/payment-webhook.entity';
import { MoneyWithoutOrderError, OrderBusyError } from '../../errors';
import { toldBy } from '../../events/told-by';
import { movedMoney } from '../../rules/attempt-status';
import type { ProviderTransaction } from '../../types';
import { AttemptLedgerService } from '../ledger/attempt-ledger.service';
import { DisputesService } from '../reconciliation/disputes.service';
import { PatientTransaction } from '../gate/patient-transaction';
import { PaymentSyncService, reportOfPayment } from '../ledger/payment-sync.service';
import { PluginAccounts } from './plugin-accounts';
import { ProviderCallsService } from '../providers/provider-calls.service';
import { ReconciliationService } from '../reconciliation/reconciliation.service';
import type { WebhookOutcome } from '../webhooks/webhook-sink';

/**
 * Makes sure of money that the webhook of another plugin was told of: once its controller has done its part, whatever that was,
 * the money is in an order, or goes back, or staff know of it.
 */
@Injectable()
export class PluginMoney {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly contexts: ChannelContextService,
    private readonly orders: OrderService,
    private readonly locks: StockLockService,
    private readonly ledger: AttemptLedgerService,
    private readonly sync: PaymentSyncService,
    private readonly accounts: PluginAccounts,
    private readonly calls: ProviderCallsService,
    private readonly transactions: PatientTransaction,
    private readonly disputes: DisputesService,
    private readonly reconciliation: ReconciliationService,
  ) {}

  /**
   * Idempotent. Never twice at the same time for one payment.
   *
   * @throws anything, to be called again later
   */
  async makeSure(webhook: PaymentWebhook): Promise<WebhookOutcome> {
    const { provider, transactionId, kind } = webhook;
    if (transactionId === null) return { state: 'ignored', reason: 'It names no payment.' };
    const ctx = await this.contexts.of(null);
    const known = await this.ledger.byTransaction(ctx, provider, transactionId);
    if (known !== null) {
      await this.sync.lookAt(known);
      // Whatever else it tells of a payment that is in its order, the provider says.
      if (kind !== 'payment' || known.status !== 'succeeded') await this.sync.refresh(known);
      await this.disputes.take(ctx, webhook, await this.ledger.find(ctx, known.id));
      return { ...DONE, events: toldBy(webhook, known), channelId: String(known.channelId) };
    }
    const found = await this.find(ctx, provider, transactionId);
    if (found === null) return { state: 'ignored', reason: 'The provider does not know the payment.' };
    // Whoever the payment belongs to, the dispute has a day by which it must be answered.
    await this.disputes.take(ctx, webhook, null);
    if (!movedMoney(found.seen.status)) return DONE;
    await this.bringIn(ctx, provider, found);
    return DONE;
  }

  /** Money that no attempt of the ledger stands for: its controller has given up before it came to the handler. */
  private async bringIn(ctx: RequestContext, provider: string, { seen, method }: Found): Promise<void> {
    const order =
      typeof seen.orderCode === 'string'
        ? await this.orders.findOneByCode(ctx, seen.orderCode, ['payments', 'channels'])
        : undefined;
    if (order === undefined) {
      await this.reconciliation.unknown(ctx, provider, seen);
      throw new MoneyWithoutOrderError(seen.transactionId);
    }
    if (order.payments.some(payment => holds(payment, seen.transactionId))) return;
    const pending = await this.ledger.blockingOrder(ctx, order.id);
    // The shopper has paid in another way than they began with.
    if (pending?.status === 'pending') await this.sync.abandon(ctx, pending);
    await this.sync.lookAt(await this.open(ctx, provider, order, method, seen));
  }

  private async open(
    ctx: RequestContext,
    provider: string,
    order: Order,
    method: PaymentMethod,
    seen: ProviderTransaction,
  ): Promise<PaymentAttempt> {
    return this.transactions.run(ctx, async tx => {
      await this.locks.lock(tx, { orderIds: [order.id] });
      // Another attempt may still take money for the order: it has to be over first.
      if ((await this.ledger.blockingOrder(tx, order.id)) !== null) throw new OrderBusyError(order.code);
      const attempt = await this.ledger.open(tx, {
        kind: 'authorize',
        orderId: order.id,
        channelId: channelOf(order, method) ?? tx.channelId,
        method: method.code,
        provider,
        amount: seen.status === 'succeeded' ? seen.captured : seen.amount,
        currency: seen.currency,
        request: { direct: true },
      });
      return this.ledger.report(tx, attempt, 'asked', reportOfPayment(attempt, seen));
    });
  }

  /** By the accounts of all methods of the handler, of which there is mostly one. */
  private async find(ctx: RequestContext, provider: string, transactionId: string): Promise<Found | null> {
    let failed: unknown;
    for (const method of await this.accounts.methods(ctx, provider)) {
      const account = this.accounts.account(method);
      if (account === undefined) continue;
      try {
        const seen = await this.calls.ask(call =>
          account.query({ transactionId, reference: '', since: new Date(0) }, call),
        );
        if (seen !== null) return { seen, method };
      } catch (error) {
        failed = error;
      }
    }
    if (failed !== undefined) throw failed as Error;
    return null;
  }
}

interface Found {
  readonly seen: ProviderTransaction;
  readonly method: PaymentMethod;
}

const DONE: WebhookOutcome = { state: 'done', reason: null };

function holds({ transactionId, state }: Payment, wanted: string): boolean {
  return transactionId === wanted && (state === 'Settled' || state === 'Authorized');
}

/** Where the order was made: all are in the default channel too. */
function channelOf(order: Order, method: PaymentMethod): ID | undefined {
  const shared = order.channels.filter(({ id }) =>
    method.channels.some((channel: Channel) => idsAreEqual(channel.id, id)),
  );
  return (shared.find(({ code }) => code !== DEFAULT_CHANNEL_CODE) ?? shared[0])?.id;
}
