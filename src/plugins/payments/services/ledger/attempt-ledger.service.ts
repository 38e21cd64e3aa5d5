import { Inject, Injectable } from '@nestjs/common';
import { TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { In, LessThanOrEqual } from 'typeorm';
import { PAYMENTS_PLUGIN_OPTIONS } from '../../constants';
import { DEFAULT_CALL_TIMEOUT_MS, graceMs, type PaymentsPluginOptions } from '../../options';
import { OutboxService } from '../../../domain-events';
import { PaymentAttemptEntry, type AttemptEntryKind } from '../../entities/payment-attempt-entry.entity';
import { PaymentAttempt, type HandlerAnswer } from '../../entities/payment-attempt.entity';
import { factsOf } from '../../events/facts';
import { PaymentFailed, PaymentStranded } from '../../events/payment-events';
import { afterReport, comesTooLate, looksAfter, mayBeAbandoned, wayBack } from '../../rules/attempt-flow';
import {
  blocksOthers,
  comparesLater,
  movesMoney,
  nextLookMs,
  type AttemptKind,
  type AttemptStatus,
} from '../../rules/attempt-status';
import { asksNobody } from '../../rules/plugin-handlers';
import type { RiskDecision } from '../../rules/risk';
import type { PaymentInstrument, ProviderFailure } from '../../types';
import { Clock } from '../clock';

export interface NewAttempt {
  readonly kind: AttemptKind;
  readonly orderId: ID;
  readonly channelId: ID;
  readonly paymentId?: ID | null;
  readonly undoesId?: ID | null;
  readonly method: string;
  readonly provider: string;
  readonly amount: number;
  readonly currency: string;
  readonly request?: Readonly<Record<string, unknown>>;
  readonly toCapture?: boolean;
  /** Core's refund is made in the same transaction, and is pending until the outcome is known. */
  readonly refundPending?: boolean;
}

/** What a further attempt about the same money begins with. */
export function alike(attempt: PaymentAttempt) {
  const { orderId, channelId, method, provider, amount, currency } = attempt;
  return { orderId, channelId, method, provider, amount, currency };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What was heard of an attempt. */
export interface AttemptReport {
  readonly status: AttemptStatus;
  /** Where another amount moved than was expected. */
  readonly amount?: number;
  readonly transactionId?: string | null;
  readonly fees?: number | null;
  readonly failure?: ProviderFailure | null;
  readonly instrument?: PaymentInstrument | null;
  readonly answer?: HandlerAnswer;
}

/**
 * Keeps the ledger of what payment providers were asked for and have answered. Its only writer.
 *
 * Each change is a row of the log and one of the attempt, in the caller's transaction; without one, in its own.
 */
@Injectable()
export class AttemptLedgerService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
    @Inject(PAYMENTS_PLUGIN_OPTIONS) private readonly options: PaymentsPluginOptions,
  ) {}

  /**
   * Writes down that a provider will be called. To be committed before the call.
   *
   * @throws an error of PostgreSQL when another attempt is in the way; ask `blocking` under the order's lock before
   */
  async open(ctx: RequestContext, input: NewAttempt): Promise<PaymentAttempt> {
    return this.connection.withTransaction(ctx, async tx => {
      const attempt = await this.connection.getRepository(tx, PaymentAttempt).save(
        Object.assign(new PaymentAttempt({ paymentId: null, undoesId: null }), input, {
          request: input.request ?? null,
          toCapture: input.toCapture ?? false,
          refundPending: input.refundPending ?? false,
          reference: this.clock.uuid(),
          status: 'open' as const,
          // What core has already is not kept away from it, and nobody else is about to make the call.
          disposition: input.refundPending === true ? ('applied' as const) : ('none' as const),
          blocking: input.refundPending !== true,
          lookAt: this.clock.date(input.refundPending === true ? 0 : this.grace),
          compareAt: this.clock.date(this.grace),
        }),
      );
      await this.log(tx, attempt, 'started', 'open', null);
      return attempt;
    });
  }

  /** Writes down what came back of the call, or of a question. Reports may come twice and in any order. */
  async report(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    kind: Extract<AttemptEntryKind, 'answered' | 'asked' | 'decided'>,
    report: AttemptReport,
  ): Promise<PaymentAttempt> {
    return this.connection.withTransaction(ctx, async tx => {
      const current = await this.locked(tx, attempt.id);
      const before = { ...current };
      const news = afterReport(current, report);
      if (news !== undefined && report.answer !== false && movesMoney(before, news.status)) {
        current.movedAt = this.clock.date();
      }
      current.amount = report.amount ?? current.amount;
      current.transactionId = report.transactionId ?? current.transactionId;
      current.fees = report.fees ?? current.fees;
      current.instrument = report.instrument ?? current.instrument;
      if (news !== undefined) {
        Object.assign(current, news);
        current.answer = report.answer ?? current.answer;
        current.failureKind = report.failure?.kind ?? null;
        current.failureMessage = report.failure?.message.slice(0, 1000) ?? null;
      }
      const other = blocksOthers(current.status, current.disposition) && !before.blocking;
      if (other && comesTooLate(before, current, (await this.blockingOrder(tx, current.orderId)) !== null)) {
        await this.strand(tx, current, 'Another payment of the order has been begun meanwhile.');
      }
      await this.save(tx, current);
      await this.log(tx, current, kind, report.status, report.failure?.message ?? null);
      // A direct call's transaction holds the order's events: its caller tells what became of it.
      if (news?.status === 'failed' && current.request?.direct !== true) {
        const { kind: of, failureKind, failureCode } = current;
        await this.outbox.publish(
          tx,
          PaymentFailed.of(current.orderId, { ...factsOf(current), kind: of, failureKind, failureCode }),
        );
      }
      return current;
    });
  }

  /** The order, payment or refund says what the attempt says. In the transaction that made it so. */
  async applied(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    core: { paymentId?: ID | null; refundId?: ID | null; refundPending?: boolean },
  ): Promise<void> {
    attempt.disposition = 'applied';
    attempt.refundPending = core.refundPending ?? false;
    attempt.paymentId = core.paymentId ?? attempt.paymentId;
    attempt.refundId = core.refundId ?? attempt.refundId;
    await this.save(ctx, attempt);
    await this.log(ctx, attempt, 'applied', attempt.status, null);
  }

  /** No order can take the money: it has to go back. */
  async stranded(ctx: RequestContext, attempt: PaymentAttempt, reason: string): Promise<void> {
    await this.connection.withTransaction(ctx, async tx => {
      const current = await this.locked(tx, attempt.id);
      if (current.disposition !== 'none') return;
      await this.strand(tx, current, reason);
      await this.save(tx, current);
    });
  }

  /** What the risk check made of an authorization. Only what is allowed is captured by itself. */
  async assessed(ctx: RequestContext, attempt: PaymentAttempt, risk: RiskDecision): Promise<PaymentAttempt> {
    return this.connection.withTransaction(ctx, async tx => {
      const current = await this.locked(tx, attempt.id);
      if (current.risk !== null) return current;
      current.risk = risk;
      current.toCapture &&= risk === 'allow' || risk === 'challenge';
      await this.save(tx, current);
      await this.log(tx, current, 'assessed', current.status, risk);
      return current;
    });
  }

  /** The money that was to be taken is taken, or staff have decided otherwise. */
  async captured(ctx: RequestContext, attempt: PaymentAttempt): Promise<void> {
    await this.connection.withTransaction(ctx, async tx => {
      const current = await this.locked(tx, attempt.id);
      current.toCapture = false;
      await this.save(tx, current);
    });
  }

  /** The stranded money has gone back. */
  async returned(ctx: RequestContext, attempt: PaymentAttempt): Promise<void> {
    attempt.disposition = 'returned';
    await this.save(ctx, attempt);
    await this.log(ctx, attempt, 'returned', attempt.status, null);
  }

  /**
   * It was looked at: the next look is due. What others have written meanwhile stays.
   *
   * @param found its status when the look began
   * @param heard whether its provider has said anything
   */
  async looked(
    ctx: RequestContext,
    { id }: PaymentAttempt,
    found: AttemptStatus,
    heard: boolean,
  ): Promise<void> {
    await this.connection.withTransaction(ctx, async tx => {
      const current = await this.locked(tx, id);
      current.looks = looksAfter({ status: found }, current, heard);
      await this.save(tx, current);
    });
  }

  /** What the provider keeps of what an attempt took. The report counts it on the day of the attempt. */
  async charged(ctx: RequestContext, { id }: PaymentAttempt, fees: number): Promise<void> {
    await this.connection.withTransaction(ctx, async tx => {
      const current = await this.locked(tx, id);
      current.fees = fees;
      await this.save(tx, current);
    });
  }

  /** Staff have found that the provider never took what an attempt counts as taken. */
  async neverMoved(ctx: RequestContext, { id }: PaymentAttempt, reason: string): Promise<void> {
    await this.connection.withTransaction(ctx, async tx => {
      const current = await this.locked(tx, id);
      current.movedAt = null;
      await this.save(tx, current);
      await this.log(tx, current, 'decided', current.status, reason);
    });
  }

  /** The attempt as it is now, locked until the transaction ends. */
  async locked(ctx: RequestContext, id: ID): Promise<PaymentAttempt> {
    return this.connection
      .getRepository(ctx, PaymentAttempt)
      .findOneOrFail({ where: { id }, lock: { mode: 'pessimistic_write' }, loadEagerRelations: false });
  }

  find(ctx: RequestContext, id: ID): Promise<PaymentAttempt | null> {
    return this.connection.getRepository(ctx, PaymentAttempt).findOne({ where: { id } });
  }

  /** The attempt to pay an order that keeps others away, if there is one. To be asked under the order's lock. */
  async blockingOrder(ctx: RequestContext, orderId: ID): Promise<PaymentAttempt | null> {
    const attempt = await this.connection
      .getRepository(ctx, PaymentAttempt)
      .findOne({ where: { orderId, kind: 'authorize', blocking: true } });
    return attempt !== null && (await this.endHarmless(ctx, attempt)) ? null : attempt;
  }

  /**
   * Ends an attempt that was cut off in a handler which asks nobody.
   *
   * @returns whether it was one, and its time was up
   */
  async endHarmless(ctx: RequestContext, attempt: PaymentAttempt): Promise<boolean> {
    const { callTimeoutMs = DEFAULT_CALL_TIMEOUT_MS, handlersWithoutEffect = [] } = this.options;
    const cutOff = attempt.status === 'open' || attempt.status === 'unknown';
    if (!cutOff || !(handlersWithoutEffect.includes(attempt.provider) || asksNobody(attempt))) return false;
    if (attempt.createdAt > this.clock.date(-callTimeoutMs)) return false;
    const failure = { kind: 'unavailable', code: 'cut_off', message: 'The payment was cut off.' } as const;
    await this.report(ctx, attempt, 'asked', { status: 'failed', failure });
    return true;
  }

  /** The capture or void of a payment that keeps others away, if there is one. */
  blockingPayment(ctx: RequestContext, paymentId: ID): Promise<PaymentAttempt | null> {
    return this.connection
      .getRepository(ctx, PaymentAttempt)
      .findOne({ where: { paymentId, kind: In(['capture', 'void']), blocking: true } });
  }

  /** What refunds of a payment have asked for, or may have, that core knows nothing of yet. */
  async refundsUnderWay(ctx: RequestContext, paymentId: ID): Promise<number> {
    const { sum } = (await this.connection
      .getRepository(ctx, PaymentAttempt)
      .createQueryBuilder('attempt')
      .select('coalesce(sum(attempt.amount), 0)::int', 'sum')
      .where(`attempt."paymentId" = :paymentId AND attempt.kind = 'refund' AND attempt.blocking`, {
        paymentId,
      })
      .getRawOne<{ sum: number }>()) ?? { sum: 0 };
    return sum;
  }

  /** The authorization that made a payment; nothing for payments from before the ledger, and those by hand. */
  authorizationOf(ctx: RequestContext, paymentId: ID): Promise<PaymentAttempt | null> {
    return this.connection
      .getRepository(ctx, PaymentAttempt)
      .findOne({ where: { paymentId, kind: 'authorize' }, order: { id: 'DESC' } });
  }

  /**
   * Writes down that an authorization is to be taken back: one that its shopper has not confirmed yet, or whose money is
   * stranded. It is not told to core meanwhile.
   *
   * @returns the attempt, `again` where it was begun before; none where the authorization has moved on, or somebody else
   * has just begun
   */
  async undo(
    ctx: RequestContext,
    authorizationId: ID,
    kind: 'void' | 'refund',
  ): Promise<{ opened: PaymentAttempt | null; again: boolean }> {
    return this.connection.withTransaction(ctx, async tx => {
      const authorization = await this.locked(tx, authorizationId);
      const before = await this.undoing(tx, authorizationId);
      if (before !== null) {
        const busy = before.status === 'open' && before.createdAt > this.clock.date(-this.grace);
        return { opened: busy ? null : before, again: true };
      }
      if (wayBack(authorization) !== kind && !mayBeAbandoned(authorization))
        return { opened: null, again: false };
      const opened = await this.open(tx, { ...alike(authorization), kind, undoesId: authorizationId });
      return { opened, again: false };
    });
  }

  /** An attempt to take an authorization back that may still succeed. */
  undoing(ctx: RequestContext, attemptId: ID): Promise<PaymentAttempt | null> {
    return this.connection
      .getRepository(ctx, PaymentAttempt)
      .findOne({ where: { undoesId: attemptId, blocking: true }, order: { id: 'DESC' } });
  }

  /** Those whose time has come, the longest due first. */
  due(ctx: RequestContext, limit: number): Promise<PaymentAttempt[]> {
    return this.connection.getRepository(ctx, PaymentAttempt).find({
      where: { lookAt: LessThanOrEqual(this.clock.date()) },
      order: { lookAt: 'ASC' },
      take: limit,
    });
  }

  byTransaction(
    ctx: RequestContext,
    provider: string,
    transactionId: string,
  ): Promise<PaymentAttempt | null> {
    return this.connection
      .getRepository(ctx, PaymentAttempt)
      .findOne({ where: { provider, transactionId, kind: 'authorize' }, order: { id: 'DESC' } });
  }

  /** @param reference what a provider says; anything but one of ours is none */
  async byReference(ctx: RequestContext, reference: string): Promise<PaymentAttempt | null> {
    if (!UUID.test(reference)) return null;
    return this.connection.getRepository(ctx, PaymentAttempt).findOne({ where: { reference } });
  }

  /** The refunds of an authorization's payment whose end is not known. */
  async refundsOf(ctx: RequestContext, { paymentId }: PaymentAttempt): Promise<PaymentAttempt[]> {
    if (paymentId === null) return [];
    return this.connection.getRepository(ctx, PaymentAttempt).find({
      where: { paymentId, kind: 'refund', status: In(['open', 'unknown', 'processing', 'pending']) },
      order: { id: 'ASC' },
      take: 100,
    });
  }

  /** All attempts of an order, the oldest first. */
  ofOrder(ctx: RequestContext, orderId: ID): Promise<PaymentAttempt[]> {
    return this.connection
      .getRepository(ctx, PaymentAttempt)
      .find({ where: { orderId }, order: { id: 'ASC' }, take: 500 });
  }

  /** The log of some attempts, the oldest entry first. */
  entries(ctx: RequestContext, attemptIds: readonly ID[]): Promise<PaymentAttemptEntry[]> {
    return this.connection
      .getRepository(ctx, PaymentAttemptEntry)
      .find({ where: { attemptId: In([...attemptIds]) }, order: { id: 'ASC' } });
  }

  /** To be saved by the caller. */
  private async strand(ctx: RequestContext, attempt: PaymentAttempt, reason: string): Promise<void> {
    attempt.disposition = 'stranded';
    attempt.strandedBecause = reason.slice(0, 1000);
    await this.log(ctx, attempt, 'stranded', attempt.status, reason);
    await this.outbox.publish(
      ctx,
      PaymentStranded.of(attempt.orderId, { ...factsOf(attempt), reason: reason.slice(0, 500) }),
    );
  }

  private get grace(): number {
    return graceMs(this.options.callTimeoutMs);
  }

  private async save(ctx: RequestContext, attempt: PaymentAttempt): Promise<void> {
    attempt.blocking = blocksOthers(attempt.status, attempt.disposition);
    const wait = nextLookMs(attempt, attempt.looks);
    attempt.lookAt = wait === null ? null : this.clock.date(wait);
    // Whoever is at work on it comes to its end before anybody compares.
    attempt.compareAt = comparesLater(attempt) ? this.clock.date(this.grace) : null;
    await this.connection.getRepository(ctx, PaymentAttempt).save(attempt, { reload: false });
  }

  private async log(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    kind: AttemptEntryKind,
    status: AttemptStatus,
    note: string | null,
  ): Promise<void> {
    await this.connection.getRepository(ctx, PaymentAttemptEntry).insert({
      attemptId: attempt.id,
      kind,
      status,
      note: note?.slice(0, 1000) ?? null,
      userId: kind === 'decided' ? (ctx.activeUserId ?? null) : null,
    });
  }
}
