import { Injectable } from '@nestjs/common';
import { DEFAULT_CHANNEL_CODE } from '@vendure/common/lib/shared-constants';
import { TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { In, LessThan, type FindOptionsWhere } from 'typeorm';
import { FraudCaseEntry, type CaseEntryKind } from '../../entities/fraud-case-entry.entity';
import { FraudCaseNote } from '../../entities/fraud-case-note.entity';
import { FraudCase } from '../../entities/fraud-case.entity';
import { ASSIGNED_MINUTES } from '../../rules/review';
import { DECIDING_LEASE_MS, LOOK_AT_OPEN_MS, MAX_CASES_OF_ORDER, MAX_ENTRIES, MAX_NOTES } from './constants';
import { Clock } from '../clock';

export type NewCase = Pick<
  FraudCase,
  | 'attemptId'
  | 'orderId'
  | 'orderCode'
  | 'channelId'
  | 'score'
  | 'recommendation'
  | 'amount'
  | 'currencyCode'
  | 'captured'
  | 'dueAt'
  | 'lookAt'
>;

/** Keeps cases, their notes and their history. Its only writer. */
@Injectable()
export class CaseStore {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly clock: Clock,
  ) {}

  /** What staff of a channel may see: its own cases, and in the default channel all. */
  scope({ channel, channelId }: RequestContext): FindOptionsWhere<FraudCase> {
    return channel.code === DEFAULT_CHANNEL_CODE ? {} : { channelId };
  }

  /** @returns nothing where the attempt has a case already */
  async open(ctx: RequestContext, input: NewCase): Promise<FraudCase | null> {
    const inserted = await this.cases(ctx)
      .createQueryBuilder()
      .insert()
      .values({ ...input, status: 'open' })
      .orIgnore()
      .returning('id')
      .execute();
    const id = (inserted.raw as { id: ID }[])[0]?.id;
    if (id === undefined) return null;
    await this.log(ctx, id, 'opened', null);
    return this.locked(ctx, id);
  }

  /** One that staff of the channel may see, with its order. */
  find(ctx: RequestContext, id: ID): Promise<FraudCase | null> {
    return this.cases(ctx).findOne({ where: { ...this.scope(ctx), id }, relations: { order: true } });
  }

  /** Locked until the transaction ends, whichever channel it is of. Cases come after orders and their stock. */
  locked(ctx: RequestContext, id: ID): Promise<FraudCase> {
    return this.cases(ctx).findOneOrFail({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** One that staff of the channel may change. */
  lockedInScope(ctx: RequestContext, id: ID): Promise<FraudCase | null> {
    return this.cases(ctx).findOne({
      where: { ...this.scope(ctx), id },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** Those of an order, by id, locked until the transaction ends. */
  lockedOfOrder(ctx: RequestContext, orderId: ID): Promise<FraudCase[]> {
    return this.cases(ctx).find({
      where: { orderId },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  hasOpen(ctx: RequestContext, orderId: ID): Promise<boolean> {
    return this.cases(ctx).existsBy({ orderId, status: 'open' });
  }

  ofOrder(ctx: RequestContext, orderId: ID): Promise<FraudCase[]> {
    return this.cases(ctx).find({
      where: { ...this.scope(ctx), orderId },
      relations: { order: true },
      order: { id: 'DESC' },
      take: MAX_CASES_OF_ORDER,
    });
  }

  /** The newest of each of these orders. */
  async newestOf(ctx: RequestContext, orderIds: readonly ID[]): Promise<Map<string, FraudCase>> {
    if (orderIds.length === 0) return new Map();
    const cases = await this.cases(ctx).find({
      where: { ...this.scope(ctx), orderId: In([...orderIds]) },
      relations: { order: true },
      order: { id: 'ASC' },
    });
    return new Map(cases.map(one => [String(one.orderId), one]));
  }

  async save(ctx: RequestContext, one: FraudCase): Promise<void> {
    await this.cases(ctx).save(one, { reload: false });
  }

  /** Gives it to somebody, from now on. To be saved by the caller. */
  assign(one: FraudCase, userId: ID | null): void {
    one.assigneeId = userId;
    one.assignedUntil = userId === null ? null : this.clock.date(ASSIGNED_MINUTES * 60_000);
  }

  async log(ctx: RequestContext, caseId: ID, kind: CaseEntryKind, text: string | null): Promise<void> {
    await this.connection.getRepository(ctx, FraudCaseEntry).insert({
      caseId,
      kind,
      userId: ctx.activeUserId ?? null,
      text: text === null ? null : text.slice(0, 500),
    });
  }

  async addNote(ctx: RequestContext, caseId: ID, text: string): Promise<void> {
    await this.connection
      .getRepository(ctx, FraudCaseNote)
      .insert({ caseId, text, authorId: ctx.activeUserId ?? null });
  }

  notes(ctx: RequestContext, caseId: ID): Promise<FraudCaseNote[]> {
    return this.connection
      .getRepository(ctx, FraudCaseNote)
      .find({ where: { caseId }, order: { id: 'ASC' }, take: MAX_NOTES });
  }

  entries(ctx: RequestContext, caseId: ID): Promise<FraudCaseEntry[]> {
    return this.connection
      .getRepository(ctx, FraudCaseEntry)
      .find({ where: { caseId }, order: { id: 'ASC' }, take: MAX_ENTRIES });
  }

  /**
   * Takes cases whose time to be looked at has come, the longest due first. Nobody else gets them meanwhile.
   */
  async takeToLookAt(ctx: RequestContext, limit: number): Promise<FraudCase[]> {
    const [rows]: [{ id: ID }[], number] = await this.cases(ctx).query(
      `UPDATE fraud_case SET "lookAt" = CASE status WHEN 'open' THEN $2::timestamptz ELSE $3 END WHERE id IN (
         SELECT id FROM fraud_case WHERE "lookAt" <= $1 ORDER BY "lookAt", id LIMIT $4 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [this.clock.date(), this.clock.date(LOOK_AT_OPEN_MS), this.clock.date(DECIDING_LEASE_MS), limit],
    );
    if (rows.length === 0) return [];
    return this.cases(ctx).find({ where: { id: In(rows.map(({ id }) => id)) }, order: { id: 'ASC' } });
  }

  /** Takes open cases that have become due and nobody was told of. In a transaction, with their order's code. */
  async takeDue(ctx: RequestContext, limit: number): Promise<FraudCase[]> {
    const [rows]: [{ id: ID }[], number] = await this.cases(ctx).query(
      `UPDATE fraud_case SET "dueToldAt" = $1 WHERE id IN (
         SELECT id FROM fraud_case WHERE status = 'open' AND "dueToldAt" IS NULL AND "dueAt" <= $1
          ORDER BY "dueAt" LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [this.clock.date(), limit],
    );
    if (rows.length === 0) return [];
    return this.cases(ctx).find({ where: { id: In(rows.map(({ id }) => id)) }, order: { id: 'ASC' } });
  }

  /** Deletes cases that ended long ago, with what was written to them. Gives how many. */
  async prune(ctx: RequestContext, before: Date, limit: number): Promise<number> {
    const old = await this.cases(ctx).find({
      select: { id: true },
      where: { endedAt: LessThan(before) },
      order: { endedAt: 'ASC' },
      take: limit,
    });
    if (old.length > 0) await this.cases(ctx).delete({ id: In(old.map(({ id }) => id)) });
    return old.length;
  }

  cases(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudCase);
  }
}
