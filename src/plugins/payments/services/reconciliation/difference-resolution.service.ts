import { Injectable } from '@nestjs/common';
import {
  EntityNotFoundError,
  isGraphQlErrorResult,
  TransactionalConnection,
  type ErrorResult,
  type ID,
  type RequestContext,
} from '@vendure/core';
import { ChannelContextService } from '../../../domain-events';
import { RetryNotes } from '../../../inventory';
import { requireDefaultChannel } from '../../api/default-channel';
import { PaymentInProgressError, PaymentOutcomeUnknownError } from '../../api/error-results';
import {
  PaymentDifferenceActionError,
  PaymentDifferenceResolvedError,
  PaymentProviderSilentError,
} from '../../api/reconciliation-errors';
import type { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { PaymentDifference } from '../../entities/payment-difference.entity';
import {
  actionsFor,
  compare,
  compareRefunds,
  correctionsFor,
  type DifferenceAction,
  type DifferenceResolution,
} from '../../rules/reconcile';
import type { PaymentAccount, ProviderResult, ProviderTransaction } from '../../types';
import { AttemptDecisions } from '../ledger/attempt-decisions';
import { alike, AttemptLedgerService } from '../ledger/attempt-ledger.service';
import { DifferenceCorrections } from './difference-corrections';
import { DifferencesService } from './differences.service';
import { GatewayCallsService } from '../gate/gateway-calls.service';
import { PaymentOperationsService } from '../gate/payment-operations.service';
import { PaymentSyncService } from '../ledger/payment-sync.service';
import { PluginAccounts } from '../plugin-handlers/plugin-accounts';
import { ProviderCallsService } from '../providers/provider-calls.service';
import { ProviderRegistry } from '../providers/provider-registry';
import { ReconciliationBooks, type BookedPayment } from './reconciliation-books';
import { ReconciliationService } from './reconciliation.service';
import { UnknownPayments } from './unknown-payments.service';

export interface ResolveDifferenceInput {
  readonly id: ID;
  readonly action: DifferenceAction;
  readonly reason: string;
  readonly transactionId?: string | null;
}

const RESOLUTIONS: Record<DifferenceAction, DifferenceResolution> = {
  ACCEPT_PROVIDER: 'accepted',
  REFUND: 'refunded',
  VOID: 'voided',
  CAPTURE: 'captured',
  DECIDE_MOVED: 'decided',
  DECIDE_NOT_MOVED: 'decided',
  CHECK_AGAIN: 'agreed',
  IGNORE: 'ignored',
};

/** Both sides, when staff act on a difference. */
interface Situation {
  readonly row: PaymentDifference;
  readonly booked: BookedPayment;
  readonly provider: PaymentAccount;
  readonly theirs: ProviderTransaction | null;
  /** Of the order's channel. */
  readonly ctx: RequestContext;
  readonly staff: RequestContext;
  readonly reason: string;
}

type Refusal = ErrorResult | undefined;

/**
 * What staff do about differences. What is done at a provider is an attempt in the ledger, or has a key that makes it one
 * operation however often it is asked for; both sides are compared again afterwards.
 */
@Injectable()
export class DifferenceResolutionService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly contexts: ChannelContextService,
    private readonly notes: RetryNotes,
    private readonly differences: DifferencesService,
    private readonly reconciliation: ReconciliationService,
    private readonly unknowns: UnknownPayments,
    private readonly bookkeeping: ReconciliationBooks,
    private readonly corrections: DifferenceCorrections,
    private readonly ledger: AttemptLedgerService,
    private readonly decisions: AttemptDecisions,
    private readonly operations: PaymentOperationsService,
    private readonly sync: PaymentSyncService,
    private readonly gateway: GatewayCallsService,
    private readonly calls: ProviderCallsService,
    private readonly registry: ProviderRegistry,
    private readonly accounts: PluginAccounts,
  ) {}

  /** @throws ForbiddenError outside the default channel; EntityNotFoundError */
  async resolve(
    staff: RequestContext,
    { id, action, reason, transactionId = null }: ResolveDifferenceInput,
  ): Promise<PaymentDifference | ErrorResult> {
    requireDefaultChannel(staff);
    const row = await this.find(staff, id);
    if (row.status !== 'open') return new PaymentDifferenceResolvedError(row.resolution ?? 'agreed');
    if (!row.possible.includes(action)) {
      return new PaymentDifferenceActionError(`${action} is not possible here`, row.possible);
    }
    this.notes.callsOutside(staff);
    if (!(await this.differences.claim(staff, id))) return new PaymentInProgressError();
    try {
      const refusal = await this.act(staff, row, action, reason, transactionId);
      if (refusal !== undefined) return refusal;
      await this.close(staff, row, action, reason);
      return await this.find(staff, id);
    } finally {
      await this.differences.release(staff, id);
    }
  }

  private async act(
    staff: RequestContext,
    row: PaymentDifference,
    action: DifferenceAction,
    reason: string,
    transactionId: string | null,
  ): Promise<Refusal> {
    if (action === 'IGNORE' || action === 'CHECK_AGAIN') return undefined;
    if (action === 'DECIDE_MOVED' || action === 'DECIDE_NOT_MOVED') {
      return this.decide(staff, row, action === 'DECIDE_MOVED', reason, transactionId);
    }
    if (row.attemptId === null) return this.actOnUnknown(row, action);
    if (row.attempt?.kind === 'refund') return this.refundAnew(row, row.attempt, reason);
    const situation = await this.situation(staff, row, reason);
    if ('errorCode' in situation) return situation;
    // Both sides may have moved since the difference was seen.
    const { booked, theirs } = situation;
    const kinds = compare(booked.books, theirs).map(({ kind }) => kind);
    const possible = kinds.includes(row.kind) ? actionsFor(row.kind, booked.books, theirs) : [];
    if (!possible.includes(action)) {
      await this.reconciliation.check(booked.authorization);
      return new PaymentDifferenceActionError('both sides have changed meanwhile', possible);
    }
    switch (action) {
      case 'ACCEPT_PROVIDER':
        return this.accept(situation);
      case 'REFUND':
        return this.refund(situation);
      case 'VOID':
        return this.void(situation);
      case 'CAPTURE':
        return this.capture(situation);
    }
  }

  /** Compares again, and keeps whose doing it is that both sides agree now. */
  private async close(
    staff: RequestContext,
    row: PaymentDifference,
    action: DifferenceAction,
    reason: string,
  ): Promise<void> {
    const { id } = row;
    if (action === 'IGNORE') return this.differences.resolve(staff, id, 'ignored', reason);
    const agrees = await this.agrees(staff, row);
    if (agrees) await this.differences.resolve(staff, id, RESOLUTIONS[action], reason);
  }

  private async agrees(staff: RequestContext, row: PaymentDifference): Promise<boolean> {
    if (row.attemptId === null) await this.unknowns.look(staff, row.provider, transactionOf(row));
    else {
      const attempt = await this.ledger.find(staff, row.attemptId);
      if (attempt !== null) await this.reconciliation.check(attempt);
    }
    return (await this.find(staff, row.id)).status === 'resolved';
  }

  private async accept(situation: Situation): Promise<Refusal> {
    const { staff, ctx, row, booked, theirs, reason } = situation;
    const { payment } = booked;
    if (payment !== null && (await this.ledger.blockingPayment(ctx, payment.id)) !== null) {
      return new PaymentInProgressError();
    }
    for (const correction of correctionsFor(row.kind, booked.books, theirs)) {
      const current = await this.bookkeeping.load(ctx, booked.authorization);
      const refused = await this.corrections.carryOut(staff, ctx, current, correction, reason);
      if (refused !== undefined) return new PaymentDifferenceActionError(refused.problem, row.possible);
    }
    return undefined;
  }

  private async refund(situation: Situation): Promise<Refusal> {
    const { row, booked, theirs, reason, staff } = situation;
    if (row.kind === 'stranded') return this.giveBack(situation);
    if (row.kind === 'order_cancelled') return this.refundOrder(situation);
    if (row.kind === 'refund_missing') return this.refundAgain(situation);
    if (theirs === null) return undefined;
    const amount = theirs.captured - booked.books.captured;
    await this.corrections.capturedOutside(staff, booked.authorization, amount, reason);
    return this.undo(situation, 'refund', Math.min(amount, theirs.captured - theirs.refunded));
  }

  /** A refund that failed: core makes another one. */
  private async refundAnew(
    row: PaymentDifference,
    { channelId, paymentId, amount }: PaymentAttempt,
    reason: string,
  ): Promise<Refusal> {
    if (paymentId === null) return this.refused(row, 'the order has no such payment');
    return this.refundInCore(await this.contexts.of(channelId), row, paymentId, amount, reason);
  }

  private async refundOrder({ ctx, row, booked, theirs, reason }: Situation): Promise<Refusal> {
    if (booked.payment === null || theirs === null) return undefined;
    return this.refundInCore(ctx, row, booked.payment.id, theirs.captured - theirs.refunded, reason);
  }

  private async refundInCore(
    ctx: RequestContext,
    row: PaymentDifference,
    paymentId: ID,
    amount: number,
    reason: string,
  ): Promise<Refusal> {
    const whole = { lines: [], shipping: 0, adjustment: 0 };
    const refund = await this.operations.refund(ctx, { ...whole, paymentId, amount, reason });
    if (isGraphQlErrorResult(refund)) return this.refusal(row, refund);
    return refund.state === 'Failed' ? this.refused(row) : undefined;
  }

  private async void(situation: Situation): Promise<Refusal> {
    const { ctx, row, booked } = situation;
    if (row.kind === 'stranded') return this.giveBack(situation);
    const ofOrder = row.kind === 'order_cancelled' || row.kind === 'authorization_expiring';
    if (ofOrder && booked.payment !== null) {
      const payment = await this.operations.void(ctx, booked.payment.id);
      return isGraphQlErrorResult(payment) ? this.refusal(row, payment) : undefined;
    }
    return this.undo(situation, 'void', booked.authorization.amount);
  }

  /** What is reserved, before that ends; or what the shop has written down and the provider has not made. */
  private async capture({ ctx, row, booked, provider }: Situation): Promise<Refusal> {
    const { books, authorization } = booked;
    if (row.kind === 'authorization_expiring' && booked.payment !== null) {
      const payment = await this.operations.capture(ctx, booked.payment.id);
      return isGraphQlErrorResult(payment) ? this.refusal(row, payment) : undefined;
    }
    const { reference, currency, transactionId } = authorization;
    const amount = books.captured;
    const result = await this.calls.make(provider, `capture:${row.id}`, call =>
      provider.capture({ reference, transactionId: transactionId ?? '', amount, currency }, call),
    );
    return this.unlessDone(row, result);
  }

  /** The refunds that the provider has not made, or could not: once more, under a key of its own. */
  private async refundAgain({ row, booked, provider, theirs, staff, reason }: Situation): Promise<Refusal> {
    if (theirs === null) return undefined;
    const { currency, transactionId } = booked.authorization;
    for (const { refund, amount } of compareRefunds(booked.books, theirs).missing) {
      const { reference } = refund;
      const result = await this.calls.make(provider, `again:${row.id}:${reference}`, call =>
        provider.refund({ reference, transactionId: transactionId ?? '', amount, currency, reason }, call),
      );
      const refusal = this.unlessDone(row, result);
      if (refusal !== undefined) return refusal;
      const attempt = booked.attempts.find(candidate => candidate.reference === reference);
      if (attempt !== undefined) {
        const { status, transactionId: refundId } = result;
        await this.ledger.report(staff, attempt, 'decided', { status, transactionId: refundId });
      }
    }
    return undefined;
  }

  /** By the way that money goes back by itself, now. */
  private async giveBack({ ctx, row, booked }: Situation): Promise<Refusal> {
    await this.sync.lookAt(booked.authorization);
    const now = await this.ledger.find(ctx, booked.authorization.id);
    if (now?.disposition !== 'stranded') return undefined;
    const undoing = await this.ledger.undoing(ctx, now.id);
    return undoing === null ? this.refused(row) : new PaymentOutcomeUnknownError();
  }

  /** Gives back what no order has, as an attempt of its own. */
  private async undo(
    { ctx, row, booked, staff }: Situation,
    kind: 'void' | 'refund',
    amount: number,
  ): Promise<Refusal> {
    const { authorization } = booked;
    if (amount <= 0) return undefined;
    const before = await this.ledger.undoing(ctx, authorization.id);
    const about = { ...alike(authorization), amount, kind, undoesId: authorization.id };
    const opened = before ?? (await this.ledger.open(staff, about));
    const transactionId = authorization.transactionId ?? '';
    const done = await this.gateway.operate(ctx, opened, transactionId, before !== null);
    if (done.status === 'failed') return this.refused(row);
    if (done.status !== 'succeeded') return new PaymentOutcomeUnknownError();
    await this.applied(ctx, done);
    return undefined;
  }

  private async decide(
    staff: RequestContext,
    row: PaymentDifference,
    moved: boolean,
    reason: string,
    transactionId: string | null,
  ): Promise<Refusal> {
    const id = row.attemptId;
    if (id === null) return undefined;
    if (row.kind === 'stranded') {
      await this.connection.withTransaction(staff, async tx =>
        this.ledger.returned(tx, await this.ledger.locked(tx, id)),
      );
      return undefined;
    }
    const decided = await this.decisions.decide(staff, { id, moved, transactionId, reason });
    return isGraphQlErrorResult(decided) ? this.refusal(row, decided) : undefined;
  }

  private async actOnUnknown(row: PaymentDifference, action: DifferenceAction): Promise<Refusal> {
    const provider = this.registry.find(row.provider);
    if (provider === undefined) return new PaymentProviderSilentError(row.provider);
    const transactionId = transactionOf(row);
    const theirs = await this.unknowns.query(provider, transactionId).catch(() => undefined);
    if (theirs === undefined) return new PaymentProviderSilentError(row.provider);
    if (theirs === null) return undefined;
    const { currency, captured, refunded } = theirs;
    // The same key for the same row: a second press, or one after a crash, does nothing twice.
    const reference = `difference:${row.id}`;
    const result = await this.calls.make(provider, reference, call =>
      action === 'VOID'
        ? provider.void({ reference, transactionId }, call)
        : provider.refund(
            { reference, transactionId, amount: captured - refunded, currency, reason: null },
            call,
          ),
    );
    return this.unlessDone(row, result);
  }

  private async situation(
    staff: RequestContext,
    row: PaymentDifference,
    reason: string,
  ): Promise<Situation | ErrorResult> {
    const attempt = row.attemptId === null ? null : await this.ledger.find(staff, row.attemptId);
    if (attempt === null) return new PaymentProviderSilentError(row.provider);
    const ctx = await this.contexts.of(attempt.channelId);
    const provider = await this.accounts.of(ctx, attempt);
    if (provider === undefined) return new PaymentProviderSilentError(row.provider);
    const booked = await this.bookkeeping.load(ctx, attempt);
    const theirs = await this.reconciliation.query(provider, booked.authorization).catch(() => undefined);
    if (theirs === undefined) return new PaymentProviderSilentError(row.provider);
    return { row, booked, provider, theirs, ctx, staff, reason };
  }

  private applied(ctx: RequestContext, { id }: PaymentAttempt): Promise<void> {
    return this.connection.withTransaction(ctx, async tx =>
      this.ledger.applied(tx, await this.ledger.locked(tx, id), {}),
    );
  }

  private unlessDone(row: PaymentDifference, { status, failure }: ProviderResult): Refusal {
    if (status === 'unknown') return new PaymentOutcomeUnknownError();
    if (failure?.kind === 'unavailable') return new PaymentProviderSilentError(row.provider);
    return status === 'failed' ? this.refused(row, failure?.message) : undefined;
  }

  private refused(row: PaymentDifference, problem = 'the provider refused it'): ErrorResult {
    return new PaymentDifferenceActionError(problem, row.possible);
  }

  /** Core's errors are not all part of the answer: those become their words. */
  private refusal(row: PaymentDifference, error: ErrorResult): ErrorResult {
    const own = error instanceof PaymentInProgressError || error instanceof PaymentOutcomeUnknownError;
    return own ? error : new PaymentDifferenceActionError(error.message, row.possible);
  }

  private async find(ctx: RequestContext, id: ID): Promise<PaymentDifference> {
    const row = await this.connection
      .getRepository(ctx, PaymentDifference)
      .findOne({ where: { id }, relations: { order: true, attempt: true } });
    if (row === null) throw new EntityNotFoundError('PaymentDifference', id);
    return row;
  }
}

/** The payment that the shop has no record of. */
function transactionOf({ theirs }: PaymentDifference): string {
  return theirs?.transactionId ?? '';
}
