import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { In, IsNull, LessThanOrEqual } from 'typeorm';
import type { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { PaymentDifference } from '../../entities/payment-difference.entity';
import {
  sameSides,
  type DifferenceAction,
  type DifferenceKind,
  type DifferenceResolution,
  type Side,
} from '../../rules/reconcile';
import { Clock } from '../clock';

/** What a comparison has found of a payment. */
export interface FoundDifference {
  readonly kind: DifferenceKind;
  readonly amount: number;
  readonly currencyCode: string;
  readonly ours: Side;
  readonly theirs: Side | null;
  readonly possible: readonly DifferenceAction[];
}

/** Which payment it is of. */
export interface DifferenceSubject {
  readonly subject: string;
  readonly provider: string;
  readonly orderId: ID | null;
  readonly attemptId: ID | null;
}

export function subjectOf({ id, provider, orderId }: PaymentAttempt): DifferenceSubject {
  return { subject: `attempt:${id}`, provider, orderId, attemptId: id };
}

/** A payment of the provider's that the shop has no record of. */
export function unknownSubject(provider: string, transactionId: string): DifferenceSubject {
  return { subject: `${provider}:${transactionId}`, provider, orderId: null, attemptId: null };
}

/** How long one who resolves a difference is left alone with it (ms): beyond all calls that it may take. */
const WORK_MS = 120_000;

/** Keeps what the shop and providers disagree about. Its only writer. */
@Injectable()
export class DifferencesService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes down what a comparison has found of a payment: what is open is brought up to date, what is not found any more
   * closes by itself. To be called in a transaction.
   *
   * @returns how many are open now
   */
  async settle(
    ctx: RequestContext,
    subject: DifferenceSubject,
    found: readonly FoundDifference[],
  ): Promise<number> {
    const repository = this.differences(ctx);
    const open = await repository.find({
      where: { subject: subject.subject, status: 'open' },
      lock: { mode: 'pessimistic_write' },
      loadEagerRelations: false,
    });
    let count = 0;
    for (const difference of found) {
      const { kind, amount, currencyCode, ours, theirs, possible } = difference;
      const seen = { amount, currencyCode, ours, theirs, possible, lastSeenAt: this.clock.date() };
      const known = open.find(row => row.kind === kind);
      if (known !== undefined) {
        await repository.save(Object.assign(known, seen), { reload: false });
      } else {
        if (await this.isLeftAlone(ctx, subject.subject, difference)) continue;
        await repository
          .createQueryBuilder()
          .insert()
          .values({ ...subject, ...seen, kind, status: 'open' })
          .orIgnore()
          .execute();
      }
      count += 1;
    }
    const gone = open.filter(row => !found.some(({ kind }) => kind === row.kind));
    if (gone.length > 0) {
      await repository.update(
        { id: In(gone.map(({ id }) => id)) },
        { status: 'resolved', resolution: 'agreed', resolvedAt: this.clock.date() },
      );
    }
    return count;
  }

  /** Nobody else resolves it for a while. @returns false where somebody is at work on it */
  async claim(ctx: RequestContext, id: ID): Promise<boolean> {
    const open = { id, status: 'open' as const };
    const { affected } = await this.differences(ctx).update(
      [
        { ...open, workedOnUntil: IsNull() },
        { ...open, workedOnUntil: LessThanOrEqual(this.clock.date()) },
      ],
      { workedOnUntil: this.clock.date(WORK_MS) },
    );
    return affected === 1;
  }

  async release(ctx: RequestContext, id: ID): Promise<void> {
    await this.differences(ctx).update({ id }, { workedOnUntil: null });
  }

  /** Staff have ended it. Where the comparison after it was faster, it is still their doing. */
  async resolve(ctx: RequestContext, id: ID, resolution: DifferenceResolution, note: string): Promise<void> {
    await this.differences(ctx).update(
      { id },
      {
        status: 'resolved',
        resolution,
        note: note.slice(0, 500),
        resolvedById: ctx.activeUserId ?? null,
        resolvedAt: this.clock.date(),
      },
    );
  }

  async prune(ctx: RequestContext, before: Date, most: number): Promise<number> {
    const [deleted]: [unknown[], number] = await this.differences(ctx).query(
      `DELETE FROM payment_difference WHERE id IN (
         SELECT id FROM payment_difference WHERE "resolvedAt" < $1 ORDER BY "resolvedAt" LIMIT $2
       ) RETURNING id`,
      [before, most],
    );
    return deleted.length;
  }

  /** Whether staff have decided to leave both sides as they are, and they still are. */
  private async isLeftAlone(
    ctx: RequestContext,
    subject: string,
    difference: FoundDifference,
  ): Promise<boolean> {
    const last = await this.differences(ctx).findOne({
      where: { subject, kind: difference.kind },
      order: { id: 'DESC' },
      loadEagerRelations: false,
    });
    return last?.resolution === 'ignored' && sameSides(last, difference);
  }

  private differences(ctx: RequestContext) {
    return this.connection.getRepository(ctx, PaymentDifference);
  }
}
