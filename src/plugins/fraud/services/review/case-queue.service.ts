import { Injectable } from '@nestjs/common';
import {
  AdministratorService,
  ListQueryBuilder,
  UserInputError,
  type ErrorResult,
  type ID,
  type ListQueryOptions,
  type PaginatedList,
  type RequestContext,
} from '@vendure/core';
import type { FindOptionsOrder, SelectQueryBuilder } from 'typeorm';
import { refuseCardData } from '../../../payments';
import { FraudCaseEndedError, FraudCaseNotFoundError, FraudCaseTakenError } from '../../api/review-errors';
import { FraudCase } from '../../entities/fraud-case.entity';
import { assigneeOf, isTaken } from '../../rules/review';
import { CaseStore } from './case-store';
import { Clock } from '../clock';

export type QueuePart = 'open' | 'mine' | 'unassigned' | 'due' | 'failed' | 'ended';

export type CaseCounts = Readonly<Record<Exclude<QueuePart, 'ended'>, number>>;

export interface AssignInput {
  readonly id: ID;
  readonly administratorId?: ID | null;
  readonly takeOver?: boolean | null;
}

/** What each part of the queue has in it; `:now` and `:me` are bound. */
const PARTS: Readonly<Record<QueuePart, string>> = {
  open: `status = 'open'`,
  mine: `status = 'open' AND "assigneeId" = :me AND "assignedUntil" > :now`,
  unassigned: `status = 'open' AND ("assignedUntil" IS NULL OR "assignedUntil" <= :now)`,
  due: `status = 'open' AND "dueAt" <= :now`,
  failed: `status IN ('open', 'deciding') AND problem IS NOT NULL`,
  ended: `status IN ('approved', 'rejected', 'closed')`,
};

/** What staff see of the queue, and how they share it. Every action of who has a case keeps it for them. */
@Injectable()
export class CaseQueueService {
  constructor(
    private readonly store: CaseStore,
    private readonly lists: ListQueryBuilder,
    private readonly administrators: AdministratorService,
    private readonly clock: Clock,
  ) {}

  async list(
    ctx: RequestContext,
    part: QueuePart,
    options: ListQueryOptions<FraudCase> = {},
  ): Promise<PaginatedList<FraudCase>> {
    // The builder lets its own order win over the caller's, so it must not get one then.
    const sorted = Object.keys(options.sort ?? {}).length > 0;
    const orderBy: FindOptionsOrder<FraudCase> =
      part === 'ended' ? { endedAt: 'DESC', id: 'DESC' } : { dueAt: 'ASC', id: 'ASC' };
    const query = this.lists.build(FraudCase, options, {
      ctx,
      relations: ['order'],
      where: this.store.scope(ctx),
      ...(sorted ? {} : { orderBy }),
    });
    const [items, totalItems] = await this.only(ctx, query, part).getManyAndCount();
    return { items, totalItems };
  }

  async counts(ctx: RequestContext): Promise<CaseCounts> {
    const parts = ['open', 'mine', 'unassigned', 'due', 'failed'] as const;
    const query = this.store.cases(ctx).createQueryBuilder('c').where(this.store.scope(ctx));
    const counts = await query
      .andWhere(`c.status IN ('open', 'deciding')`)
      .select(parts.map(part => `count(*) FILTER (WHERE ${PARTS[part]})::int AS "${part}"`))
      .setParameters({ now: this.clock.date(), me: ctx.activeUserId ?? null })
      .getRawOne<CaseCounts>();
    return counts ?? { open: 0, mine: 0, unassigned: 0, due: 0, failed: 0 };
  }

  find(ctx: RequestContext, id: ID): Promise<FraudCase | null> {
    return this.store.find(ctx, id);
  }

  /** Takes the case that is due first of those that nobody works on. Whoever asks at the same time gets another one. */
  async next(ctx: RequestContext, except: readonly ID[]): Promise<FraudCase | null> {
    const query = this.store
      .cases(ctx)
      .createQueryBuilder('c')
      .where(this.store.scope(ctx))
      .andWhere(PARTS.unassigned, { now: this.clock.date() })
      .orderBy('c.dueAt', 'ASC')
      .addOrderBy('c.id', 'ASC')
      .limit(1)
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked');
    if (except.length > 0) query.andWhere('c.id NOT IN (:...except)', { except });
    const one = await query.getOne();
    if (one === null) return null;
    await this.give(ctx, one, ctx.activeUserId ?? null, 'assigned', null);
    return this.store.find(ctx, one.id);
  }

  /** @throws UserInputError for somebody who is no administrator */
  async assign(ctx: RequestContext, input: AssignInput): Promise<FraudCase | ErrorResult> {
    const { activeUserId: me = null } = ctx;
    const { userId, name } = await this.assignee(ctx, input.administratorId);
    const one = await this.store.lockedInScope(ctx, input.id);
    if (one === null) return new FraudCaseNotFoundError();
    if (one.status !== 'open') return new FraudCaseEndedError(one.status, one.verdict);
    const taken = isTaken(one, me, this.clock.date());
    if (taken && input.takeOver !== true) return this.takenBy(one);
    await this.give(ctx, one, userId, taken ? 'taken_over' : 'assigned', name);
    return this.found(ctx, one.id);
  }

  async release(ctx: RequestContext, id: ID): Promise<FraudCase | ErrorResult> {
    const one = await this.store.lockedInScope(ctx, id);
    if (one === null) return new FraudCaseNotFoundError();
    if (one.status !== 'open') return new FraudCaseEndedError(one.status, one.verdict);
    if (isTaken(one, ctx.activeUserId ?? null, this.clock.date())) return this.takenBy(one);
    if (one.assigneeId !== null) {
      this.store.assign(one, null);
      await this.store.save(ctx, one);
      await this.store.log(ctx, id, 'released', null);
    }
    return this.found(ctx, id);
  }

  /** Whoever may change cases may write to them, also to those of others. */
  async addNote(ctx: RequestContext, id: ID, text: string): Promise<FraudCase | ErrorResult> {
    const refused = refuseCardData({ text }, 'input');
    if (refused !== undefined) return refused;
    const one = await this.store.lockedInScope(ctx, id);
    if (one === null) return new FraudCaseNotFoundError();
    await this.store.addNote(ctx, id, text);
    await this.store.log(ctx, id, 'noted', null);
    const { activeUserId: me = null } = ctx;
    if (one.status === 'open' && me !== null && String(assigneeOf(one, this.clock.date())) === String(me)) {
      this.store.assign(one, me);
      await this.store.save(ctx, one);
    }
    return this.found(ctx, id);
  }

  private async give(
    ctx: RequestContext,
    one: FraudCase,
    userId: ID | null,
    kind: 'assigned' | 'taken_over',
    to: string | null,
  ): Promise<void> {
    const before = assigneeOf(one, this.clock.date());
    this.store.assign(one, userId);
    await this.store.save(ctx, one);
    if (String(before) !== String(userId)) await this.store.log(ctx, one.id, kind, to);
  }

  /** Who gets it: who asks, or somebody else by name. */
  private async assignee(
    ctx: RequestContext,
    administratorId: ID | null | undefined,
  ): Promise<{ userId: ID | null; name: string | null }> {
    if (administratorId == null) return { userId: ctx.activeUserId ?? null, name: null };
    const administrator = await this.administrators.findOne(ctx, administratorId);
    if (administrator === undefined) throw new UserInputError('There is no such administrator.');
    const { user, firstName, lastName } = administrator;
    return { userId: user.id, name: `${firstName} ${lastName}`.trim() };
  }

  private takenBy({ assigneeId, assignedUntil }: FraudCase): FraudCaseTakenError {
    return new FraudCaseTakenError(assigneeId ?? 0, assignedUntil ?? this.clock.date());
  }

  private async found(ctx: RequestContext, id: ID): Promise<FraudCase | ErrorResult> {
    return (await this.store.find(ctx, id)) ?? new FraudCaseNotFoundError();
  }

  private only(
    ctx: RequestContext,
    query: SelectQueryBuilder<FraudCase>,
    part: QueuePart,
  ): SelectQueryBuilder<FraudCase> {
    const condition = PARTS[part].replace(/("\w+"|\bstatus\b|\bproblem\b)/g, `${query.alias}.$1`);
    return query.andWhere(`(${condition})`, { now: this.clock.date(), me: ctx.activeUserId ?? null });
  }
}
