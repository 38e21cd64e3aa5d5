import { Injectable } from '@nestjs/common';
import { Order, Payment, TransactionalConnection, type RequestContext } from '@vendure/core';
import { In, Not } from 'typeorm';
import { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { PaymentDispute } from '../../entities/payment-dispute.entity';
import { isUndecided, movedMoney, type AttemptStatus } from '../../rules/attempt-status';
import type { Books } from '../../rules/reconcile';
import { Clock } from '../clock';

/** How long the shop tries to find out by itself, before staff are asked. */
export const OVERDUE_MS = 15 * 60_000;

const MOST_ATTEMPTS = 500;

/** A payment as the shop has it: everything that was asked for it, and what core has made of it. */
export interface BookedPayment {
  readonly authorization: PaymentAttempt;
  /** With the authorization, the oldest first. */
  readonly attempts: readonly PaymentAttempt[];
  readonly payment: { readonly id: Payment['id']; readonly state: string; readonly amount: number } | null;
  readonly books: Books;
  /** Attempts that count as money taken, the oldest first. */
  readonly takings: readonly PaymentAttempt[];
  /** Differs where something has become of the payment in between. */
  readonly state: string;
  /** Differs from another one's as soon as anything was written in between. */
  readonly stamp: string;
}

/** Reads what the ledger says of a payment. */
@Injectable()
export class ReconciliationBooks {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly clock: Clock,
  ) {}

  /** Keeps others from writing about these attempts until the transaction ends. */
  async lock(ctx: RequestContext, attempts: readonly PaymentAttempt[]): Promise<void> {
    await this.connection
      .getRepository(ctx, PaymentAttempt)
      .query('SELECT id FROM payment_attempt WHERE id = ANY($1::int[]) ORDER BY id FOR UPDATE', [
        attempts.map(({ id }) => id),
      ]);
  }

  async load(ctx: RequestContext, authorization: PaymentAttempt): Promise<BookedPayment> {
    const { id, paymentId, orderId } = authorization;
    const attempts = await this.connection.getRepository(ctx, PaymentAttempt).find({
      where: [{ id }, { undoesId: id }, ...(paymentId === null ? [] : [{ paymentId }])],
      order: { id: 'ASC' },
      take: MOST_ATTEMPTS,
    });
    const payment =
      paymentId === null
        ? null
        : await this.connection
            .getRepository(ctx, Payment)
            .findOne({ where: { id: paymentId }, loadEagerRelations: false });
    const order = await this.connection.getRepository(ctx, Order).findOneOrFail({
      where: { id: orderId },
      select: { id: true, state: true },
      loadEagerRelations: false,
    });
    const disputes = await this.connection
      .getRepository(ctx, PaymentDispute)
      .countBy({ attemptId: id, status: Not(In(['won'])) });
    const now = attempts.find(attempt => attempt.id === id) ?? authorization;
    const takings = attempts.filter(({ kind, movedAt }) => kind !== 'refund' && movedAt !== null);
    const books = this.booksOf(now, attempts, takings, {
      paymentState: payment?.state ?? null,
      orderCancelled: order.state === 'Cancelled',
      expiring: now.expiryWarnedAt !== null,
      disputed: disputes > 0,
    });
    return {
      authorization: now,
      attempts,
      payment: payment === null ? null : { id: payment.id, state: payment.state, amount: payment.amount },
      books,
      takings,
      state: [
        payment?.state,
        ...attempts.map(({ id: of, status, disposition, fees }) => [of, status, disposition, fees].join(':')),
      ].join(),
      stamp: [
        order.state === 'Cancelled',
        payment?.state,
        ...attempts.map(attempt => `${attempt.id}:${attempt.updatedAt.getTime()}`),
      ].join(),
    };
  }

  /** Whether an attempt is undecided, or stranded, for longer than the shop needs. */
  isOverdue({ createdAt }: PaymentAttempt): boolean {
    return createdAt <= this.clock.date(-OVERDUE_MS);
  }

  private booksOf(
    authorization: PaymentAttempt,
    attempts: readonly PaymentAttempt[],
    takings: readonly PaymentAttempt[],
    core: Pick<Books, 'paymentState' | 'orderCancelled' | 'disputed' | 'expiring'>,
  ): Books {
    const captured = takings.reduce((total, attempt) => total + takenBy(attempt), 0);
    const known = takings.filter(({ fees }) => fees !== null);
    const undoing = attempts.filter(({ undoesId }) => undoesId !== null);
    const { amount, currency, transactionId, disposition } = authorization;
    return {
      ...core,
      status: statusOf(authorization, attempts, captured, core.paymentState),
      amount,
      currency,
      captured,
      fees: known.length === 0 ? null : known.reduce((total, { fees }) => total + (fees ?? 0), 0),
      transactionId,
      refunds: attempts
        .filter(({ kind, answer }) => kind === 'refund' && answer !== false)
        .map(({ reference, transactionId: refundId, amount: given, status }) => ({
          reference,
          transactionId: refundId,
          amount: given,
          status,
        })),
      stranded:
        disposition === 'stranded' &&
        movedMoney(authorization.status) &&
        (this.isOverdue(authorization) || undoing.some(({ status }) => status === 'failed')),
      overdue: attempts.some(attempt => isUndecided(attempt.status) && this.isOverdue(attempt)),
    };
  }
}

/** What the provider took: it may have said another amount than it was asked for. */
function takenBy({ kind, answer, amount }: PaymentAttempt): number {
  const said = kind === 'authorize' && answer !== null && answer !== false ? answer.amount : undefined;
  return typeof said === 'number' ? said : amount;
}

function statusOf(
  { status, disposition }: PaymentAttempt,
  attempts: readonly PaymentAttempt[],
  captured: number,
  paymentState: string | null,
): AttemptStatus {
  if (captured > 0) return 'succeeded';
  if (attempts.some(attempt => attempt.kind === 'void' && attempt.status === 'succeeded')) return 'cancelled';
  // What the provider has done without the shop is its side, not ours.
  if (disposition === 'applied' && paymentState === 'Authorized') return 'authorized';
  return status === 'succeeded' ? 'authorized' : status;
}
