import { Injectable } from '@nestjs/common';
import { Logger, TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { In, LessThanOrEqual } from 'typeorm';
import { ChannelContextService } from '../../../domain-events';
import { StockLockService } from '../../../inventory';
import { loggerCtx } from '../../constants';
import { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { isUndecided, mergeStatus } from '../../rules/attempt-status';
import {
  actionsFor,
  compare,
  compareAgainMs,
  givenUp,
  noSide,
  sideOfBooks,
  sideOfProvider,
  type Books,
  type Difference,
} from '../../rules/reconcile';
import { reportOnRefund } from '../../rules/read-transaction';
import type { PaymentAccount, ProviderTransaction } from '../../types';
import { AttemptLedgerService } from '../ledger/attempt-ledger.service';
import { Clock } from '../clock';
import { DifferencesService, subjectOf, unknownSubject, type FoundDifference } from './differences.service';
import { PaymentSyncService } from '../ledger/payment-sync.service';
import { PluginAccounts } from '../plugin-handlers/plugin-accounts';
import { ProviderCallsService } from '../providers/provider-calls.service';
import { ProviderRegistry } from '../providers/provider-registry';
import { ReconciliationBooks, type BookedPayment } from './reconciliation-books';

/** What came of comparing one payment. */
export interface Comparison {
  readonly repaired: boolean;
  /** How many differences are open. */
  readonly differences: number;
  /** The provider gave no answer: nothing is known of its side. */
  readonly unreachable: boolean;
  /** Something was written meanwhile, or somebody is at work on it: it is compared soon. */
  readonly postponed: boolean;
}

const NOTHING: Comparison = { repaired: false, differences: 0, unreachable: false, postponed: false };

/** How long a payment waits whose provider gave no answer, or that somebody is at work on (ms). */
const SOON_MS = 60_000;

const HOUR_MS = 3_600_000;

/** How often both sides are read before a payment is left for later. */
const ROUNDS = 4;

/**
 * Compares payments in the ledger with their providers, repairs what is certain by the ways that payments go anyway, and
 * queues the rest for staff. Idempotent; a provider is asked while no transaction is open.
 */
@Injectable()
export class ReconciliationService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly contexts: ChannelContextService,
    private readonly ledger: AttemptLedgerService,
    private readonly sync: PaymentSyncService,
    private readonly calls: ProviderCallsService,
    private readonly registry: ProviderRegistry,
    private readonly accounts: PluginAccounts,
    private readonly bookkeeping: ReconciliationBooks,
    private readonly differences: DifferencesService,
    private readonly locks: StockLockService,
    private readonly clock: Clock,
  ) {}

  /** Attempts that are to be compared, the longest due first. */
  due(ctx: RequestContext, until: Date, limit: number): Promise<PaymentAttempt[]> {
    return this.connection.getRepository(ctx, PaymentAttempt).find({
      where: { compareAt: LessThanOrEqual(until) },
      order: { compareAt: 'ASC', id: 'ASC' },
      take: limit,
    });
  }

  /** Not now: it is due again soon. */
  async postpone(ctx: RequestContext, ids: readonly ID[], byMs = SOON_MS): Promise<void> {
    await this.compareAt(ctx, ids, this.clock.date(byMs));
  }

  /** Compares the payment that an attempt belongs to. */
  async check(attempt: PaymentAttempt): Promise<Comparison> {
    const ctx = await this.contexts.of(attempt.channelId);
    const authorization = await this.authorizationOf(ctx, attempt);
    if (authorization === null) return this.settleAlone(ctx, attempt);
    const booked = await this.bookkeeping.load(ctx, authorization);
    const provider = await this.accounts.of(ctx, authorization);
    if (provider === undefined) {
      const end = await this.settle(ctx, booked, undefined);
      return end ?? this.later(ctx, booked, { ...NOTHING, postponed: true });
    }
    return this.compareWith(ctx, provider, booked);
  }

  /** What the provider says of a payment now. @throws where it gives no answer */
  query(
    provider: PaymentAccount,
    { transactionId, reference, createdAt }: PaymentAttempt,
  ): Promise<ProviderTransaction | null> {
    return this.calls.ask(call => provider.query({ transactionId, reference, since: createdAt }, call));
  }

  /**
   * A payment of the provider's that the shop has no record of: money in it is for staff to look at.
   *
   * @param theirs what the provider said of it
   */
  async unknown(ctx: RequestContext, provider: string, theirs: ProviderTransaction): Promise<number> {
    const books = noBooks(theirs.currency);
    const held = theirs.captured - theirs.refunded + (theirs.status === 'authorized' ? theirs.capturable : 0);
    const found: Difference[] = held > 0 ? [{ kind: 'unknown_payment', amount: held }] : [];
    const ours = noSide(theirs.currency);
    // What another plugin's handler took is given back on the provider's pages.
    const canBeAsked = this.registry.find(provider) !== undefined;
    return this.connection.withTransaction(ctx, tx =>
      this.differences.settle(
        tx,
        unknownSubject(provider, theirs.transactionId),
        found.map(difference => ({
          ...difference,
          currencyCode: theirs.currency,
          ours,
          theirs: sideOfProvider(theirs),
          possible: canBeAsked ? actionsFor(difference.kind, books, theirs) : ['IGNORE' as const],
        })),
      ),
    );
  }

  private async compareWith(
    ctx: RequestContext,
    provider: PaymentAccount,
    first: BookedPayment,
  ): Promise<Comparison> {
    let booked = first;
    let repaired = false;
    // What is certain is repaired, and then both sides are looked at anew; so they are where somebody wrote meanwhile.
    for (let round = 0; round < ROUNDS; round += 1) {
      if (this.isUnderWay(booked)) break;
      let theirs: ProviderTransaction | null;
      try {
        theirs = await this.query(provider, booked.authorization);
      } catch (error) {
        const name = error instanceof Error ? error.name : typeof error;
        Logger.warn(`${provider.code} gave no answer about a payment (${name})`, loggerCtx);
        return this.later(ctx, booked, { ...NOTHING, repaired, unreachable: true });
      }
      if (round > 0 || !(await this.repair(ctx, booked, theirs))) {
        const end = await this.settle(ctx, booked, theirs);
        if (end !== undefined) return { ...end, repaired };
      }
      const now = await this.bookkeeping.load(ctx, booked.authorization);
      repaired ||= round === 0 && now.state !== booked.state;
      booked = now;
    }
    return this.later(ctx, booked, { ...NOTHING, repaired, postponed: true });
  }

  /** Whether somebody is in the middle of a call: what the provider says of it is not in the books yet. */
  private isUnderWay({ attempts }: BookedPayment): boolean {
    return attempts.some(
      attempt =>
        (attempt.status === 'open' || attempt.status === 'unknown') && !this.bookkeeping.isOverdue(attempt),
    );
  }

  /** @returns whether something may have changed: both sides are looked at anew then */
  private async repair(
    ctx: RequestContext,
    booked: BookedPayment,
    theirs: ProviderTransaction | null,
  ): Promise<boolean> {
    const { authorization, attempts } = booked;
    if (theirs === null) {
      if (!isUndecided(authorization.status)) return false;
      await this.sync.lookAt(authorization);
      return true;
    }
    const news =
      authorization.disposition === 'none' &&
      mergeStatus(authorization.status, theirs.status) !== authorization.status;
    const heard = attempts.some(attempt => {
      const report = attempt.kind === 'refund' ? reportOnRefund(attempt, theirs) : undefined;
      return report !== undefined && isUndecided(attempt.status) && report.status !== attempt.status;
    });
    if (news || heard) await this.sync.refresh(authorization);
    const filled = await this.fillFees(ctx, booked, theirs);
    return news || heard || filled;
  }

  /** What the provider keeps is told late, and of the whole payment: what is missing belongs to what was taken last. */
  private async fillFees(
    ctx: RequestContext,
    { books, takings }: BookedPayment,
    { fees, captured }: ProviderTransaction,
  ): Promise<boolean> {
    const last = takings.at(-1);
    if (fees === null || last === undefined || fees === books.fees || captured !== books.captured)
      return false;
    await this.ledger.charged(ctx, last, (last.fees ?? 0) + fees - (books.fees ?? 0));
    return true;
  }

  /** Writes down what was found. @returns nothing where the books are not those any more that were compared */
  private async settle(
    ctx: RequestContext,
    booked: BookedPayment,
    theirs: ProviderTransaction | null | undefined,
  ): Promise<Comparison | undefined> {
    const { authorization, attempts, stamp } = booked;
    const differences = await this.connection.withTransaction(ctx, async tx => {
      await this.locks.lock(tx, { orderIds: [authorization.orderId] });
      await this.bookkeeping.lock(tx, attempts);
      const now = await this.bookkeeping.load(tx, authorization);
      if (now.stamp !== stamp) return undefined;
      let open = 0;
      for (const attempt of attempts) {
        const found =
          attempt.id === authorization.id
            ? findings(now.books, theirs)
            : [...this.findingsAlone(attempt, theirs), ...failedRefund(attempt, now, theirs)];
        open += await this.differences.settle(tx, subjectOf(attempt), found);
      }
      const next = this.nextMs(now, theirs, open > 0);
      await this.compareAt(tx, [authorization.id], next === null ? null : this.clock.date(next));
      await this.compareAt(
        tx,
        attempts.filter(({ id }) => id !== authorization.id).map(({ id }) => id),
        null,
      );
      return open;
    });
    return differences === undefined ? undefined : { ...NOTHING, differences };
  }

  private nextMs(
    { authorization, books }: BookedPayment,
    theirs: ProviderTransaction | null | undefined,
    differs: boolean,
  ): number | null {
    const open = differs || books.overdue;
    // Nobody can be asked: only the shop's own side changes, and that makes it due by itself.
    if (theirs === undefined) return open || isUndecided(books.status) ? HOUR_MS : null;
    if (open) return HOUR_MS;
    return compareAgainMs(books, this.clock.date().getTime() - authorization.createdAt.getTime());
  }

  /** An attempt about a payment that is not in the ledger: it was made before there was one. */
  private async settleAlone(ctx: RequestContext, attempt: PaymentAttempt): Promise<Comparison> {
    return this.connection.withTransaction(ctx, async tx => {
      const differences = await this.differences.settle(
        tx,
        subjectOf(attempt),
        this.findingsAlone(attempt, undefined),
      );
      const again = differences > 0 || isUndecided(attempt.status);
      await this.compareAt(tx, [attempt.id], again ? this.clock.date(HOUR_MS) : null);
      return { ...NOTHING, differences };
    });
  }

  /** What is to be said of a capture, void or refund by itself. */
  private findingsAlone(
    attempt: PaymentAttempt,
    theirs: ProviderTransaction | null | undefined,
  ): FoundDifference[] {
    const { status, disposition, amount, currency, transactionId, fees } = attempt;
    const stranded = disposition === 'stranded';
    const lost =
      theirs === undefined &&
      this.registry.find(attempt.provider) === undefined &&
      isUndecided(status) &&
      this.bookkeeping.isOverdue(attempt);
    if (!stranded && !lost) return [];
    const books: Books = {
      ...noBooks(currency),
      status,
      amount,
      transactionId,
      fees,
      stranded,
      overdue: true,
      captured: stranded && attempt.kind === 'capture' ? amount : 0,
    };
    return findings(books, undefined, attempt.kind === 'refund' ? amount : 0);
  }

  private async authorizationOf(
    ctx: RequestContext,
    attempt: PaymentAttempt,
  ): Promise<PaymentAttempt | null> {
    if (attempt.kind === 'authorize') return attempt;
    if (attempt.undoesId !== null) return this.ledger.find(ctx, attempt.undoesId);
    return attempt.paymentId === null ? null : this.ledger.authorizationOf(ctx, attempt.paymentId);
  }

  private async later(ctx: RequestContext, booked: BookedPayment, what: Comparison): Promise<Comparison> {
    await this.postpone(
      ctx,
      booked.attempts.filter(({ compareAt }) => compareAt !== null).map(({ id }) => id),
    );
    return what;
  }

  /** Without a trace in `updatedAt`: it says nothing of the payment. */
  private async compareAt(ctx: RequestContext, ids: readonly ID[], at: Date | null): Promise<void> {
    if (ids.length === 0) return;
    const attempts = this.connection.getRepository(ctx, PaymentAttempt);
    await attempts
      .createQueryBuilder()
      .update()
      .set({ compareAt: at, updatedAt: () => '"updatedAt"' })
      .where({ id: In([...ids]) })
      .execute();
  }
}

function findings(
  books: Books,
  theirs: ProviderTransaction | null | undefined,
  refunded = 0,
): FoundDifference[] {
  return compare(books, theirs).map(difference => ({
    ...difference,
    currencyCode: books.currency,
    ours: { ...sideOfBooks(books), ...(refunded > 0 ? { refunded } : {}) },
    theirs: theirs ? sideOfProvider(theirs) : null,
    possible: actionsFor(difference.kind, books, theirs),
  }));
}

/** Core has a refund as failed: staff may have been told long after they asked for it, or never. */
function failedRefund(
  attempt: PaymentAttempt,
  { attempts, books }: BookedPayment,
  theirs: ProviderTransaction | null | undefined,
): FoundDifference[] {
  if (!theirs) return [];
  const refunds = attempts.filter(
    ({ kind, undoesId, disposition }) => kind === 'refund' && undoesId === null && disposition === 'applied',
  );
  if (!givenUp(refunds).some(({ id }) => id === attempt.id)) return [];
  const { amount, status } = attempt;
  const left = theirs.captured - theirs.refunded;
  return [
    {
      kind: 'refund_missing',
      amount,
      currencyCode: books.currency,
      ours: { ...sideOfBooks(books), status },
      theirs: sideOfProvider(theirs),
      possible: [...(amount <= left ? (['REFUND'] as const) : []), 'CHECK_AGAIN', 'IGNORE'],
    },
  ];
}

function noBooks(currency: string): Books {
  return {
    status: 'failed',
    amount: 0,
    currency,
    captured: 0,
    fees: null,
    disputed: false,
    transactionId: null,
    refunds: [],
    stranded: false,
    orderCancelled: false,
    expiring: false,
    overdue: false,
    paymentState: null,
  };
}
