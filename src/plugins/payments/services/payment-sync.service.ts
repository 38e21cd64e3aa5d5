import { Injectable } from '@nestjs/common';
import {
  Channel,
  Logger,
  OrderService,
  Payment,
  Refund,
  RequestContextService,
  TransactionalConnection,
  type RequestContext,
} from '@vendure/core';
import { StockLockService } from '../../inventory';
import { loggerCtx } from '../constants';
import type { PaymentAttempt } from '../entities/payment-attempt.entity';
import { isUndecided, movedMoney, NEVER_ARRIVED, wantsAnswer } from '../rules/attempt-status';
import { answerOf } from '../rules/handler-answer';
import { reportOnRefund } from '../rules/read-transaction';
import type { PaymentProvider, ProviderTransaction } from '../types';
import { AttemptLedgerService, type AttemptReport } from './attempt-ledger.service';
import { AuthorizationService } from './authorization.service';
import { GatewayCallsService } from './gateway-calls.service';
import { OutcomeService } from './outcome.service';
import { PatientTransaction } from './patient-transaction';
import { ProviderCallsService } from './provider-calls.service';
import { ProviderRegistry } from './provider-registry';

/**
 * Finds out what became of attempts that nobody heard the end of, and brings every known end into core: after a crash,
 * a lost reply, a message of the provider. Everything here may run twice, at any time, in any process.
 */
@Injectable()
export class PaymentSyncService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly contexts: RequestContextService,
    private readonly orders: OrderService,
    private readonly ledger: AttemptLedgerService,
    private readonly outcomes: OutcomeService,
    private readonly authorizations: AuthorizationService,
    private readonly gateway: GatewayCallsService,
    private readonly calls: ProviderCallsService,
    private readonly registry: ProviderRegistry,
    private readonly transactions: PatientTransaction,
    private readonly locks: StockLockService,
  ) {}

  /**
   * Looks at attempts whose time has come.
   *
   * @returns how many there were
   */
  async lookAtDue(ctx: RequestContext, limit: number): Promise<number> {
    const due = await this.ledger.due(ctx, limit);
    for (const attempt of due) {
      try {
        await this.lookAt(attempt);
      } catch (error) {
        Logger.error(
          `The ${attempt.kind} ${attempt.reference} could not be looked at: ${(error as Error).message}`,
          loggerCtx,
        );
        await this.ledger.looked(ctx, attempt);
      }
    }
    return due.length;
  }

  /** Brings one attempt as far as it goes now. */
  async lookAt(found: PaymentAttempt): Promise<void> {
    const ctx = await this.contextOf(found);
    let attempt = found;
    if (attempt.request?.direct === true && !isUndecided(attempt.status)) {
      return this.adoptDirect(ctx, attempt);
    }
    if (wantsAnswer(attempt)) attempt = await this.ask(ctx, attempt);
    if (attempt.undoesId !== null) {
      // What it gives back is brought to its end by the attempt that took it.
      await this.ledger.looked(ctx, attempt);
    } else if (attempt.disposition === 'none' && attempt.answer !== null) {
      if (attempt.kind === 'authorize') await this.authorizations.complete(ctx, attempt);
      else await this.outcomes.apply(ctx, attempt);
      attempt = (await this.ledger.find(ctx, attempt.id)) ?? attempt;
    } else if (attempt.toCapture) {
      await this.authorizations.capture(ctx, attempt);
      attempt = (await this.ledger.find(ctx, attempt.id)) ?? attempt;
    } else if (attempt.disposition === 'applied' && attempt.kind === 'refund') {
      await this.settleRefund(ctx, attempt);
    }
    if (attempt.kind === 'authorize' && attempt.disposition === 'stranded' && movedMoney(attempt.status)) {
      attempt = await this.giveBack(ctx, attempt);
    }
    if (attempt.lookAt !== null && attempt.lookAt <= new Date()) await this.ledger.looked(ctx, attempt);
  }

  /**
   * Takes back a payment that the shopper has not confirmed yet, so that another one can be made.
   *
   * @returns false when it may still become one: then it is finished instead
   */
  async abandon(ctx: RequestContext, pending: PaymentAttempt): Promise<boolean> {
    const provider = this.registry.find(pending.provider);
    if (provider === undefined || pending.transactionId === null) return false;
    const { orderId, channelId, method, amount, currency } = pending;
    const before = await this.ledger.undoing(ctx, pending.id);
    const undo =
      before ??
      (await this.ledger.open(ctx, {
        kind: 'void',
        orderId,
        channelId,
        undoesId: pending.id,
        method,
        provider: pending.provider,
        amount,
        currency,
      }));
    const undone = await this.gateway.operate(ctx, undo, pending.transactionId, before !== null);
    if (undone.status !== 'succeeded') {
      await this.refresh(pending);
      return false;
    }
    await this.ledger.report(ctx, pending, 'asked', { status: 'cancelled' });
    await this.transactions.run(ctx, async tx =>
      this.ledger.applied(tx, await this.ledger.locked(tx, undone.id), {}),
    );
    return true;
  }

  /** Asks the provider how a payment is now, whatever the ledger knows, and brings the answer into the order. */
  async refresh(attempt: PaymentAttempt): Promise<ProviderTransaction | null> {
    const provider = this.registry.find(attempt.provider);
    if (provider === undefined) return null;
    const ctx = await this.contextOf(attempt);
    const { transactionId, reference, createdAt } = attempt;
    const seen = await this.calls.ask(call =>
      provider.query({ transactionId, reference, since: createdAt }, call),
    );
    if (seen === null) return null;
    await this.lookAt(await this.ledger.report(ctx, attempt, 'asked', reportOfPayment(attempt, seen)));
    for (const refund of await this.ledger.refundsOf(ctx, attempt)) {
      const report = reportOnRefund(refund, seen);
      if (report !== undefined && report.status !== refund.status) {
        await this.lookAt(await this.ledger.report(ctx, refund, 'asked', report));
      }
    }
    return seen;
  }

  /** Asks the provider. An operation whose reply was lost is repeated under its key, which does nothing twice. */
  private async ask(ctx: RequestContext, attempt: PaymentAttempt): Promise<PaymentAttempt> {
    const provider = this.registry.find(attempt.provider);
    if (provider === undefined) {
      // The handler of another plugin cannot be asked: staff decide.
      if (!(await this.ledger.endHarmless(ctx, attempt))) await this.ledger.looked(ctx, attempt);
      return attempt;
    }
    const report =
      attempt.kind === 'authorize'
        ? await this.askForPayment(provider, attempt)
        : await this.askForOperation(ctx, provider, attempt);
    if (report === undefined) {
      await this.ledger.looked(ctx, attempt);
      return attempt;
    }
    const after = await this.ledger.report(ctx, attempt, 'asked', report);
    if (wantsAnswer(after)) await this.ledger.looked(ctx, after);
    return after;
  }

  private async askForPayment(
    provider: PaymentProvider,
    attempt: PaymentAttempt,
  ): Promise<AttemptReport | undefined> {
    const { transactionId, reference, createdAt } = attempt;
    try {
      const seen = await this.calls.ask(call =>
        provider.query({ transactionId, reference, since: createdAt }, call),
      );
      if (seen !== null) return reportOfPayment(attempt, seen);
      return {
        status: 'failed',
        failure: {
          kind: 'unavailable',
          code: NEVER_ARRIVED,
          message: 'The provider knows of no such payment.',
        },
      };
    } catch {
      return undefined;
    }
  }

  private async askForOperation(
    ctx: RequestContext,
    provider: PaymentProvider,
    attempt: PaymentAttempt,
  ): Promise<AttemptReport | undefined> {
    const authorization = await this.authorizationOf(ctx, attempt);
    if (authorization?.transactionId == null) return undefined;
    if (attempt.kind === 'refund' && attempt.transactionId !== null) {
      const { transactionId, reference, createdAt } = authorization;
      try {
        const seen = await this.calls.ask(call =>
          provider.query({ transactionId, reference, since: createdAt }, call),
        );
        return seen === null ? undefined : reportOnRefund(attempt, seen);
      } catch {
        return undefined;
      }
    }
    const { status, transactionId, answer } = await this.gateway.operate(
      ctx,
      attempt,
      authorization.transactionId,
      true,
    );
    return { status, transactionId, ...(answer === null ? {} : { answer }) };
  }

  /** Gives money back that no order can take: voids what is reserved, refunds what was taken. */
  private async giveBack(ctx: RequestContext, stranded: PaymentAttempt): Promise<PaymentAttempt> {
    const provider = this.registry.find(stranded.provider);
    if (provider === undefined || stranded.transactionId === null) {
      await this.ledger.looked(ctx, stranded);
      return stranded;
    }
    const { orderId, channelId, method, amount, currency } = stranded;
    const before = await this.ledger.undoing(ctx, stranded.id);
    const opened =
      before ??
      (await this.ledger.open(ctx, {
        kind: stranded.status === 'authorized' ? 'void' : 'refund',
        orderId,
        channelId,
        undoesId: stranded.id,
        method,
        provider: stranded.provider,
        amount,
        currency,
      }));
    const undo = await this.gateway.operate(ctx, opened, stranded.transactionId, before !== null);
    if (undo.status !== 'succeeded') {
      await this.ledger.looked(ctx, stranded);
      return stranded;
    }
    await this.transactions.run(ctx, async tx => {
      await this.ledger.returned(tx, await this.ledger.locked(tx, stranded.id));
      await this.ledger.applied(tx, await this.ledger.locked(tx, undo.id), {});
    });
    return (await this.ledger.find(ctx, stranded.id)) ?? stranded;
  }

  /** A refund that the provider was still busy with. */
  private async settleRefund(ctx: RequestContext, attempt: PaymentAttempt): Promise<void> {
    if (attempt.status !== 'succeeded' || attempt.refundId === null) return;
    const { refundId } = attempt;
    await this.transactions.run(ctx, async tx => {
      const refund = await this.connection.getRepository(tx, Refund).findOne({ where: { id: refundId } });
      if (refund?.state !== 'Pending') return;
      await this.orders.settleRefund(tx, { id: refundId, transactionId: attempt.transactionId ?? '' });
    });
  }

  /**
   * A call that did not come through the gate is applied by its caller. Where the caller's transaction was undone, the
   * money is brought into the order here, or given back.
   */
  private async adoptDirect(ctx: RequestContext, attempt: PaymentAttempt): Promise<void> {
    const adopted = await this.transactions.run(ctx, async tx => {
      // Its caller's transaction holds this row: afterwards it is decided.
      await this.locks.lock(tx, { orderIds: [attempt.orderId] });
      const current = await this.ledger.locked(tx, attempt.id);
      if (current.disposition !== 'none') return true;
      const payment = await this.connection.getRepository(tx, Payment).findOne({
        where:
          attempt.kind === 'authorize'
            ? { order: { id: attempt.orderId }, method: attempt.method, amount: attempt.amount }
            : { id: attempt.paymentId ?? -1 },
        relations: { refunds: true },
        order: { id: 'DESC' },
      });
      if (!isInCore(attempt, payment)) return false;
      await this.ledger.applied(tx, current, { paymentId: payment?.id ?? null });
      return true;
    });
    if (!adopted) await this.outcomes.apply(ctx, attempt);
  }

  private async authorizationOf(
    ctx: RequestContext,
    { paymentId, undoesId }: PaymentAttempt,
  ): Promise<PaymentAttempt | null> {
    if (undoesId !== null) return this.ledger.find(ctx, undoesId);
    return paymentId === null ? null : this.ledger.authorizationOf(ctx, paymentId);
  }

  /** A context of the channel that the order was paid in, with all permissions of the system. */
  private async contextOf({ channelId }: PaymentAttempt): Promise<RequestContext> {
    const channel = await this.connection.rawConnection.getRepository(Channel).findOne({
      where: { id: channelId },
      relations: { defaultShippingZone: true, defaultTaxZone: true },
    });
    return this.contexts.create({
      apiType: 'admin',
      ...(channel === null ? {} : { channelOrToken: channel }),
    });
  }
}

/** What the provider's payment says of the attempt that authorized it. */
export function reportOfPayment(attempt: PaymentAttempt, seen: ProviderTransaction): AttemptReport {
  const { status, transactionId, fees, failure, instrument } = seen;
  const { provider, reference } = attempt;
  const amount = status === 'succeeded' ? seen.captured : seen.amount;
  const answer = answerOf(
    'authorize',
    { status, transactionId, amount, failure, instrument },
    { provider, reference },
  );
  return { status, transactionId, fees, failure, instrument, ...(answer === undefined ? {} : { answer }) };
}

function isInCore(attempt: PaymentAttempt, payment: Payment | null): boolean {
  if (payment === null) return false;
  switch (attempt.kind) {
    case 'authorize':
      return attempt.transactionId === null || payment.transactionId === attempt.transactionId;
    case 'capture':
      return payment.state === 'Settled';
    case 'void':
      return payment.state === 'Cancelled';
    case 'refund':
      return payment.refunds.some(({ transactionId, total }) =>
        attempt.transactionId === null ? total === attempt.amount : transactionId === attempt.transactionId,
      );
  }
}
