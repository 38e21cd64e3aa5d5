import { Injectable } from '@nestjs/common';
import { Logger, OrderService, Refund, TransactionalConnection, type RequestContext } from '@vendure/core';
import { ChannelContextService, OutboxService } from '../../../domain-events';
import { StockLockService } from '../../../inventory';
import { loggerCtx } from '../../constants';
import type { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { factsOf } from '../../events/facts';
import { RefundSettled } from '../../events/payment-events';
import { nextStep, NOT_THERE, wayBack } from '../../rules/attempt-flow';
import { isUndecided, wantsAnswer } from '../../rules/attempt-status';
import { answerOf } from '../../rules/handler-answer';
import { pluginHandlerOf } from '../../rules/plugin-handlers';
import { reportOnRefund } from '../../rules/read-transaction';
import type { PaymentAccount, ProviderTransaction } from '../../types';
import { AttemptLedgerService, type AttemptReport } from './attempt-ledger.service';
import { AuthorizationService } from '../gate/authorization.service';
import { DirectOutcomes } from '../gate/direct-outcomes';
import { GatewayCallsService } from '../gate/gateway-calls.service';
import { OutcomeService } from '../gate/outcome.service';
import { PatientTransaction } from '../gate/patient-transaction';
import { PluginAccounts } from '../plugin-handlers/plugin-accounts';
import { ProviderCallsService } from '../providers/provider-calls.service';

/**
 * Finds out what became of attempts that nobody heard the end of, and brings every known end into core: after a crash,
 * a lost reply, a message of the provider. Everything here may run twice, at any time, in any process.
 */
@Injectable()
export class PaymentSyncService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly contexts: ChannelContextService,
    private readonly orders: OrderService,
    private readonly ledger: AttemptLedgerService,
    private readonly outcomes: OutcomeService,
    private readonly authorizations: AuthorizationService,
    private readonly gateway: GatewayCallsService,
    private readonly calls: ProviderCallsService,
    private readonly transactions: PatientTransaction,
    private readonly direct: DirectOutcomes,
    private readonly accounts: PluginAccounts,
    private readonly locks: StockLockService,
    private readonly outbox: OutboxService,
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
      }
    }
    return due.length;
  }

  /** Brings one attempt as far as it goes now. If that is not its end, the next look comes later than this one did. */
  async lookAt(attempt: PaymentAttempt): Promise<void> {
    const ctx = await this.contexts.of(attempt.channelId);
    const { status } = attempt;
    let heard = false;
    try {
      const now = await this.ask(ctx, attempt);
      heard = now !== attempt;
      await this.bringOn(ctx, now);
    } finally {
      await this.ledger.looked(ctx, attempt, status, heard);
    }
  }

  /**
   * Takes back a payment that the shopper has not confirmed yet, so that another one can be made.
   *
   * @returns false when it may still become one: then it is finished instead
   */
  async abandon(ctx: RequestContext, pending: PaymentAttempt): Promise<boolean> {
    const undone = await this.undo(ctx, pending, 'void');
    if (undone === undefined) return false;
    if (undone.status !== 'succeeded') {
      await this.refresh(pending);
      return false;
    }
    await this.endUndone(ctx, undone);
    return true;
  }

  /** What was to be taken back is taken back: money that no order has, or a payment that its shopper had not confirmed. */
  private async endUndone(ctx: RequestContext, { id, undoesId }: PaymentAttempt): Promise<void> {
    if (undoesId === null) return;
    await this.transactions.run(ctx, async tx => {
      const authorization = await this.ledger.locked(tx, undoesId);
      const undone = await this.ledger.locked(tx, id);
      if (undone.disposition !== 'none') return;
      if (authorization.disposition === 'stranded') await this.ledger.returned(tx, authorization);
      else await this.ledger.report(tx, authorization, 'asked', { status: 'cancelled' });
      await this.ledger.applied(tx, undone, {});
    });
  }

  /** Asks the provider how a payment is now, whatever the ledger knows, and brings the answer into the order. */
  async refresh(attempt: PaymentAttempt): Promise<ProviderTransaction | null> {
    const ctx = await this.contexts.of(attempt.channelId);
    const provider = await this.accounts.of(ctx, attempt);
    const seen = provider === undefined ? null : await this.query(provider, attempt);
    if (seen === null) return null;
    await this.lookAt(await this.ledger.report(ctx, attempt, 'asked', reportOfPayment(attempt, seen)));
    for (const refund of await this.ledger.refundsOf(ctx, attempt)) {
      const report = reportOfRefund(refund, seen);
      if (report !== undefined && report.status !== refund.status) {
        await this.lookAt(await this.ledger.report(ctx, refund, 'asked', report));
      }
    }
    return seen;
  }

  private async bringOn(ctx: RequestContext, attempt: PaymentAttempt): Promise<void> {
    if (attempt.undoesId !== null) {
      if (attempt.status === 'succeeded') await this.endUndone(ctx, attempt);
      return;
    }
    if (isDirectAndDecided(attempt)) await this.direct.adopt(ctx, attempt);
    else await this.goOn(ctx, attempt);
    const now = await this.ledger.find(ctx, attempt.id);
    const way = now === null ? undefined : wayBack(now);
    if (now !== null && way !== undefined) await this.giveBack(ctx, now, way);
  }

  private async goOn(ctx: RequestContext, attempt: PaymentAttempt): Promise<void> {
    switch (nextStep({ ...attempt, answered: attempt.answer !== null })) {
      case 'complete':
        await this.authorizations.complete(ctx, attempt);
        break;
      case 'apply':
        await this.outcomes.apply(ctx, attempt);
        break;
      case 'capture':
        await this.authorizations.capture(ctx, attempt);
        break;
      case 'end-refund':
        await this.endRefund(ctx, attempt);
        break;
      case 'nothing':
    }
  }

  /**
   * Asks the provider where there is something to find out. An operation whose reply was lost is repeated under its key,
   * which does nothing twice.
   *
   * @returns the same attempt where nothing was heard
   */
  private async ask(ctx: RequestContext, attempt: PaymentAttempt): Promise<PaymentAttempt> {
    if (!wantsAnswer(attempt) || isDirectAndDecided(attempt)) return attempt;
    if (await this.ledger.endHarmless(ctx, attempt)) return attempt;
    const provider = await this.accounts.of(ctx, attempt);
    // The handler of another plugin cannot be asked: staff decide.
    if (provider === undefined) return attempt;
    if (attempt.kind === 'authorize') {
      return this.reportIfAny(ctx, attempt, await this.askForPayment(provider, attempt));
    }
    const authorization = await this.authorizationOf(ctx, attempt);
    if (authorization?.transactionId == null) return attempt;
    if (attempt.kind === 'capture' && pluginHandlerOf(attempt.provider) !== undefined) {
      return this.reportIfAny(ctx, attempt, await this.askForCapture(provider, authorization));
    }
    if (attempt.kind !== 'refund' || attempt.transactionId === null) {
      return this.gateway.operate(ctx, attempt, authorization.transactionId, true);
    }
    const seen = await this.query(provider, authorization).catch(() => null);
    return this.reportIfAny(ctx, attempt, seen === null ? undefined : reportOfRefund(attempt, seen));
  }

  private async reportIfAny(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    report: AttemptReport | undefined,
  ): Promise<PaymentAttempt> {
    return report === undefined ? attempt : this.ledger.report(ctx, attempt, 'asked', report);
  }

  /** @returns nothing where the provider gave no answer */
  private async askForPayment(
    provider: PaymentAccount,
    attempt: PaymentAttempt,
  ): Promise<AttemptReport | undefined> {
    const seen = await this.query(provider, attempt).catch(() => undefined);
    if (seen === undefined) return undefined;
    if (seen !== null) return reportOfPayment(attempt, seen);
    return NOT_THERE;
  }

  /** The handler has asked for it, without a key: it is not repeated, but looked for. */
  private async askForCapture(
    provider: PaymentAccount,
    authorization: PaymentAttempt,
  ): Promise<AttemptReport | undefined> {
    const seen = await this.query(provider, authorization).catch(() => null);
    return seen?.status === 'succeeded' ? { status: 'succeeded', answer: { success: true } } : undefined;
  }

  /** @param authorization the attempt that made the payment */
  private query(
    provider: PaymentAccount,
    { transactionId, reference, createdAt }: PaymentAttempt,
  ): Promise<ProviderTransaction | null> {
    return this.calls.ask(call => provider.query({ transactionId, reference, since: createdAt }, call));
  }

  /** Gives money back that no order can take: voids what is reserved, refunds what was taken. */
  private async giveBack(
    ctx: RequestContext,
    stranded: PaymentAttempt,
    way: 'void' | 'refund',
  ): Promise<void> {
    const undone = await this.undo(ctx, stranded, way);
    if (undone?.status === 'succeeded') await this.endUndone(ctx, undone);
  }

  /**
   * Asks the provider to give back what an attempt reserved or took. One attempt of its own, as long as its end is open.
   *
   * @returns nothing where nobody can be asked, or somebody else is at it
   */
  private async undo(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    kind: 'void' | 'refund',
  ): Promise<PaymentAttempt | undefined> {
    const { id, transactionId } = attempt;
    if (transactionId === null || (await this.accounts.of(ctx, attempt)) === undefined) return undefined;
    const { opened, again } = await this.ledger.undo(ctx, id, kind);
    return opened === null ? undefined : this.gateway.operate(ctx, opened, transactionId, again);
  }

  /** Tells core the end of a refund that the provider was still busy with, or that was made after its order's change. */
  private async endRefund(ctx: RequestContext, { id, orderId }: PaymentAttempt): Promise<void> {
    await this.transactions.run(ctx, async tx => {
      await this.locks.lock(tx, { orderIds: [orderId] });
      const attempt = await this.ledger.locked(tx, id);
      if (!attempt.refundPending) return;
      const refund = await this.coreRefund(tx, attempt);
      const refundId = refund?.id ?? null;
      const succeeded = attempt.status === 'succeeded';
      if (refund?.state === 'Pending') {
        const state = succeeded ? 'Settled' : 'Failed';
        await this.orders.transitionRefundToState(tx, refund.id, state, attempt.transactionId ?? undefined);
      }
      await this.ledger.applied(tx, attempt, { refundId });
      if (succeeded) {
        const facts = { ...factsOf(attempt), refundId: refundId === null ? null : String(refundId) };
        await this.outbox.publish(tx, RefundSettled.of(orderId, facts));
      }
    });
  }

  /** Core's refund of an attempt; the one of an order's change has the attempt's reference. */
  private async coreRefund(
    ctx: RequestContext,
    { refundId, paymentId, reference }: PaymentAttempt,
  ): Promise<Refund | undefined> {
    const refunds = await this.connection
      .getRepository(ctx, Refund)
      .find({ where: { paymentId: paymentId ?? -1 }, order: { id: 'ASC' } });
    return refunds.find(({ id, metadata }) =>
      refundId === null ? metadata.reference === reference : String(id) === String(refundId),
    );
  }

  private async authorizationOf(
    ctx: RequestContext,
    { paymentId, undoesId }: PaymentAttempt,
  ): Promise<PaymentAttempt | null> {
    if (undoesId !== null) return this.ledger.find(ctx, undoesId);
    return paymentId === null ? null : this.ledger.authorizationOf(ctx, paymentId);
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

/** What the provider's payment says of one of its refunds, with what core is told of it. */
export function reportOfRefund(
  attempt: PaymentAttempt,
  seen: ProviderTransaction,
): AttemptReport | undefined {
  const report = reportOnRefund(attempt, seen);
  if (report === undefined) return undefined;
  const { provider, reference, amount } = attempt;
  const result = { ...report, amount, failure: null, instrument: null };
  const answer = answerOf('refund', result, { provider, reference });
  return { ...report, ...(answer === undefined ? {} : { answer }) };
}

/** One that did not come through the gate: its caller has made something of it, or nobody has. */
function isDirectAndDecided({ request, status }: PaymentAttempt): boolean {
  return request?.direct === true && !isUndecided(status);
}
