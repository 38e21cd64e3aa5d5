import { Injectable } from '@nestjs/common';
import { DEFAULT_CHANNEL_CODE } from '@vendure/common/lib/shared-constants';
import { TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { In } from 'typeorm';
import { outcomeOf, type Statement, type Verdict } from '../../engine/labels';
import { FraudAttempt } from '../../entities/fraud-attempt.entity';
import { FraudLabel } from '../../entities/fraud-label.entity';
import type { LabelSource, Outcome } from '../../types';
import { Clock } from '../clock';
import { AttemptHistoryService } from '../scoring/attempt-history.service';

const MOST_OF_AN_ORDER = 100;
const MOST_LABELS = 100;

/** What is said of an attempt. */
export interface NewLabel {
  readonly attemptId: ID;
  readonly orderId: ID;
  readonly source: LabelSource;
  readonly verdict: Verdict;
  readonly final?: boolean;
  readonly knownAt: Date;
  readonly reference: string;
  /** The same for what is heard twice. */
  readonly key: string;
  readonly userId?: ID | null;
  readonly note?: string | null;
}

/** An attempt with what is known of it. */
export interface AttemptOutcome {
  readonly attempt: FraudAttempt;
  /** The newest first. */
  readonly labels: readonly FraudLabel[];
}

/** What became of attempts. The only writer of `fraud_label`. */
@Injectable()
export class LabelService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly history: AttemptHistoryService,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps what was said, and brings the attempt's outcome to what all of it comes to; once for each key. An attempt that was
   * never assessed, such as one of before there was any scoring, has its labels and no outcome.
   */
  async say(ctx: RequestContext, label: NewLabel): Promise<void> {
    await this.connection.withTransaction(ctx, async tx => {
      // Of two that are said at once the second one waits here, and sees the first.
      await this.attempts(tx).findOne({
        where: { attemptId: label.attemptId },
        select: { id: true },
        lock: { mode: 'pessimistic_write' },
      });
      await this.labels(tx)
        .createQueryBuilder()
        .insert()
        .values({ userId: null, note: null, final: false, ...label })
        .orIgnore()
        .execute();
      await this.history.setOutcome(tx, label.attemptId, await this.outcome(tx, label.attemptId));
    });
  }

  /** What a member of the staff says without a case. */
  async byStaff(
    ctx: RequestContext,
    attempt: FraudAttempt,
    verdict: Verdict,
    note: string | null,
  ): Promise<AttemptOutcome> {
    const { attemptId, orderId } = attempt;
    return this.connection.withTransaction(ctx, async tx => {
      await this.say(tx, {
        attemptId,
        orderId,
        source: 'staff',
        verdict,
        knownAt: this.clock.date(),
        reference: 'by hand',
        key: `staff:${this.clock.uuid()}`,
        userId: tx.activeUserId ?? null,
        note,
      });
      const [outcome] = await this.withLabels(tx, [
        await this.attempts(tx).findOneByOrFail({ id: attempt.id }),
      ]);
      return outcome as AttemptOutcome;
    });
  }

  /**
   * Calls paid attempts of before good that nobody has said anything of, the oldest first.
   *
   * @param after the last one that was looked at, in this run
   * @returns where to go on; nothing at the end
   */
  async mature(
    ctx: RequestContext,
    before: Date,
    after: { at: Date; id: ID } | undefined,
    limit: number,
  ): Promise<{ last: { at: Date; id: ID }; count: number } | undefined> {
    const due: { id: ID; attemptId: ID; orderId: ID; at: Date }[] = await this.attempts(ctx).query(
      `SELECT a.id, a."attemptId", a."orderId", a.at
       FROM fraud_attempt a JOIN "order" o ON o.id = a."orderId"
       WHERE a.fraud IS NULL AND a.status = 'ordered' AND a.at < $1 AND (a.at, a.id) > ($2, $3)
         AND o.state <> ALL($4::varchar[])
       ORDER BY a.at, a.id LIMIT $5`,
      [before, after?.at ?? new Date(0), after?.id ?? 0, NOT_PAID, limit],
    );
    const last = due.at(-1);
    if (last === undefined) return undefined;
    await this.connection.withTransaction(ctx, async tx => {
      for (const { attemptId, orderId } of due) {
        await this.say(tx, {
          attemptId,
          orderId,
          source: 'matured',
          verdict: 'good',
          knownAt: this.clock.date(),
          reference: 'matured',
          key: `matured:${attemptId}`,
        });
      }
    });
    return { last, count: due.length };
  }

  /** The attempt by its id in the ledger; of an order the one that paid it, else the newest. In the channel of the request. */
  async find(
    ctx: RequestContext,
    { attemptId, orderId }: { attemptId?: ID | null; orderId?: ID | null },
  ): Promise<FraudAttempt | null> {
    const of = orderId !== null && orderId !== undefined ? { orderId } : { attemptId: attemptId ?? -1 };
    const found = await this.attempts(ctx).find({
      where: { ...of, ...channelOf(ctx) },
      order: { at: 'DESC', id: 'DESC' },
      take: MOST_OF_AN_ORDER,
    });
    return found.find(({ status }) => status === 'ordered') ?? found[0] ?? null;
  }

  /** All attempts to pay an order, the newest first. */
  async ofOrder(ctx: RequestContext, orderId: ID): Promise<AttemptOutcome[]> {
    const attempts = await this.attempts(ctx).find({
      where: { orderId, ...channelOf(ctx) },
      order: { at: 'DESC', id: 'DESC' },
      take: MOST_OF_AN_ORDER,
    });
    return this.withLabels(ctx, attempts);
  }

  private async withLabels(
    ctx: RequestContext,
    attempts: readonly FraudAttempt[],
  ): Promise<AttemptOutcome[]> {
    const labels = await this.labels(ctx).find({
      where: { attemptId: In(attempts.map(({ attemptId }) => attemptId)) },
      relations: { user: true },
      order: { id: 'DESC' },
      take: MOST_OF_AN_ORDER * MOST_LABELS,
    });
    return attempts.map(attempt => ({
      attempt,
      labels: labels
        .filter(({ attemptId }) => String(attemptId) === String(attempt.attemptId))
        .slice(0, MOST_LABELS),
    }));
  }

  private async outcome(ctx: RequestContext, attemptId: ID): Promise<Outcome | null> {
    const labels = await this.labels(ctx).find({ where: { attemptId } });
    return outcomeOf(labels.map(statementOf));
  }

  private attempts(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudAttempt);
  }

  private labels(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudLabel);
  }
}

/** Orders that nothing was taken for, or whose money went back before it was. */
const NOT_PAID = ['Created', 'Draft', 'AddingItems', 'ArrangingPayment', 'PaymentAuthorized', 'Cancelled'];

/** Staff of a channel see its own attempts, those of the default channel all. */
function channelOf({ channel, channelId }: RequestContext): { channelId?: ID } {
  return channel.code === DEFAULT_CHANNEL_CODE ? {} : { channelId };
}

function statementOf({ source, reference, verdict, final, knownAt }: FraudLabel): Statement {
  return { source, reference, verdict, final, knownAt: knownAt.getTime() };
}
