import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { In, LessThan, MoreThan } from 'typeorm';
import { OutboxService } from '../../domain-events';
import { StockLockService } from '../../inventory';
import { PAYMENT_INTENT } from '../constants';
import { OrderEffect } from '../entities/order-effect.entity';
import { OrderStatusEntry } from '../entities/order-status-entry.entity';
import { OrderEffectFailed, type EffectRequest } from '../events/order-lifecycle-events';
import {
  ENDED,
  canCancel,
  decideRun,
  hasEnded,
  mayHaveHappened,
  type EffectState,
  type RunDecision,
} from '../rules/effect-state';
import type { EffectResult, OrderEffect as Effect } from '../types';
import { EffectRegistry } from './effect-registry';
import { Clock } from './clock';

/** How a run ended. */
export type RunOutcome =
  | { state: 'done'; result: EffectResult }
  | { state: 'not_needed'; reason: string }
  | { state: 'failed' | 'unknown'; error: string }
  /** It will be tried again. */
  | { state: 'requested'; error: string };

/**
 * What happens outside because orders move, and what came of it. The only writer of `order_effect`. A row is written,
 * and its request published, in the transaction of the transition; from there on the row says what may run.
 */
@Injectable()
export class EffectLedgerService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly outbox: OutboxService,
    private readonly registry: EffectRegistry,
    private readonly locks: StockLockService,
    private readonly clock: Clock,
  ) {}

  /** Asks for effects in the transaction of the step. Those that wait for others, or for their time, are only noted. */
  async request(
    ctx: RequestContext,
    entry: OrderStatusEntry,
    asked: readonly Effect[],
    fulfillmentIds: readonly ID[] = [],
  ): Promise<void> {
    const effects = await this.withoutRepeats(ctx, entry.orderId, asked);
    if (effects.length === 0) return;
    const waitFor = new Set(effects.flatMap(({ after = [] }) => after));
    const open = waitFor.size === 0 ? [] : await this.unended(ctx, entry.orderId, [...waitFor]);
    const requestedNow = new Set([...open, ...effects.map(({ code }) => code)]);
    const rows = effects.flatMap(effect => {
      const waits = (effect.after ?? []).some(code => requestedNow.has(code));
      const delay = effect.delayMs?.() ?? 0;
      const row = {
        orderId: entry.orderId,
        channelId: ctx.channelId,
        statusEntryId: entry.id,
        action: effect.code,
        state: (waits || delay > 0 ? 'waiting' : 'requested') as EffectState,
        dueAt: delay > 0 ? new Date(this.clock.now() + delay) : null,
      };
      const parcels = effect.per === 'fulfillment' ? fulfillmentIds.map(String) : [''];
      return parcels.map(fulfillmentKey => new OrderEffect({ ...row, fulfillmentKey }));
    });
    await this.insert(ctx, rows);
  }

  /**
   * The order is cancelled (or what some of its effects were for is over): what has not begun is cancelled with it, what
   * was done, or may have been, is taken back. What runs right now is seen to when it ends.
   *
   * @param actions only these
   */
  async takeBack(ctx: RequestContext, entry: OrderStatusEntry, actions?: readonly string[]): Promise<void> {
    const effects = await this.repository(ctx).find({
      where: { orderId: entry.orderId, ...(actions === undefined ? {} : { action: In([...actions]) }) },
      lock: { mode: 'pessimistic_write' },
      order: { id: 'ASC' },
    });
    const forward = effects.filter(({ compensatesId }) => compensatesId === null);
    const taken = new Set(effects.map(({ compensatesId }) => String(compensatesId)));
    // Before their states change.
    const happened = forward.filter(effect => this.mayHaveHappened(effect) && !taken.has(String(effect.id)));
    const cancelled = forward.filter(({ state }) => canCancel(state)).map(({ id }) => id);
    if (cancelled.length > 0) {
      await this.repository(ctx).update(
        { id: In(cancelled) },
        { state: 'cancelled', finishedAt: this.clock.date() },
      );
    }
    await this.insert(
      ctx,
      happened.flatMap(effect => this.compensationOf(effect, entry.id)),
    );
  }

  /** Starts a run, if there is anything to run. The row is locked only for this moment. */
  async begin(
    ctx: RequestContext,
    { orderId, effectId }: EffectRequest,
  ): Promise<{ decision: RunDecision; row: OrderEffect } | undefined> {
    return this.connection.withTransaction(ctx, async tx => {
      await this.lockOrder(tx, orderId);
      const row = await this.locked(tx, effectId);
      if (row === undefined) return undefined;
      const decision = decideRun(row.state, this.registry.find(row.action)?.repeatable ?? false);
      if (decision === 'run') {
        row.state = 'running';
        row.attempts += 1;
        row.startedAt = this.clock.date();
        await this.repository(tx).save(row, { reload: false });
      } else if (decision === 'give-up') {
        await this.close(tx, row, {
          state: 'unknown',
          error:
            'A run was cut off: whether it took effect cannot be told. Retry it, or skip it with a reason.',
        });
        if (row.compensatesId === null && (await this.isOver(tx, row))) {
          await this.insert(tx, this.compensationOf(row, row.statusEntryId));
        }
      }
      return { decision, row };
    });
  }

  /** Records how the run of this attempt ended. A run that was overtaken by another one records nothing. */
  async end(
    ctx: RequestContext,
    { orderId, effectId }: EffectRequest,
    attempt: number,
    outcome: RunOutcome,
  ): Promise<void> {
    await this.connection.withTransaction(ctx, async tx => {
      // What has happened must be written down, however long others hold the order.
      await this.locks.waitPatiently(tx);
      await this.lockOrder(tx, orderId);
      const row = await this.locked(tx, effectId);
      if (row === undefined || row.state !== 'running' || row.attempts !== attempt) return;
      const over = row.compensatesId === null && (await this.isOver(tx, row));
      await this.close(tx, row, outcome);
      if (outcome.state === 'done' && row.compensatesId === null) {
        const facts = this.registry.find(row.action)?.facts?.(String(row.orderId), outcome.result);
        await this.outbox.publishAll(tx, facts ?? []);
      }
      // It was running while the order was cancelled: nobody has taken it back yet.
      if (!over) return;
      if (this.mayHaveHappened(row)) await this.insert(tx, this.compensationOf(row, row.statusEntryId));
      if (canCancel(row.state)) await this.repository(tx).update(row.id, { state: 'cancelled' });
    });
  }

  /** Sends those on their way whose time has come. Gives how many. */
  async releaseDue(ctx: RequestContext, limit: number): Promise<number> {
    return this.connection.withTransaction(ctx, async tx => {
      const due = await this.repository(tx)
        .createQueryBuilder('effect')
        .where(`effect.state = 'waiting' AND effect.dueAt <= :now`, { now: this.clock.date() })
        .orderBy('effect.dueAt')
        .limit(limit)
        .setLock('pessimistic_write')
        .setOnLocked('skip_locked')
        .getMany();
      await this.send(tx, due);
      return due.length;
    });
  }

  /** Those that were asked for or begun a while ago, and of which nothing was heard since. */
  silent(ctx: RequestContext, sinceMs: number, limit: number): Promise<OrderEffect[]> {
    return this.repository(ctx).find({
      where: {
        state: In(['requested', 'running']),
        updatedAt: LessThan(new Date(this.clock.now() - sinceMs)),
      },
      order: { updatedAt: 'ASC' },
      take: limit,
    });
  }

  /** Ends one whose job is gone, so that staff can see to it. Not if it went on meanwhile. */
  async giveUp(ctx: RequestContext, { id, orderId, attempts }: OrderEffect): Promise<boolean> {
    return this.connection.withTransaction(ctx, async tx => {
      await this.lockOrder(tx, orderId);
      const row = await this.locked(tx, id);
      if (row === undefined || row.attempts !== attempts || hasEnded(row.state)) return false;
      const repeatable = this.registry.find(row.action)?.repeatable ?? false;
      const state = row.state === 'running' && !repeatable ? 'unknown' : 'failed';
      await this.close(tx, row, { state, error: 'Its job is gone, and it has not ended.' });
      return true;
    });
  }

  ofOrder(ctx: RequestContext, orderId: ID): Promise<OrderEffect[]> {
    return this.repository(ctx).find({ where: { orderId }, order: { id: 'ASC' }, take: 500 });
  }

  find(ctx: RequestContext, effectId: ID): Promise<OrderEffect | null> {
    return this.repository(ctx).findOne({ where: { id: effectId } });
  }

  /** Locks an effect; for staff, who change it. */
  async locked(ctx: RequestContext, effectId: ID): Promise<OrderEffect | undefined> {
    const row = await this.repository(ctx).findOne({
      where: { id: effectId },
      lock: { mode: 'pessimistic_write' },
    });
    return row ?? undefined;
  }

  /** Has it run again. The caller has locked it and checked that it may. */
  async retry(ctx: RequestContext, row: OrderEffect): Promise<void> {
    row.changedByUserId = ctx.activeUserId ?? null;
    row.finishedAt = null;
    await this.send(ctx, [row]);
  }

  /** Gives it up, for a reason that is kept. The caller has locked it and checked that it may. */
  async skip(ctx: RequestContext, row: OrderEffect, reason: string): Promise<void> {
    Object.assign(row, {
      state: 'skipped',
      reason,
      changedByUserId: ctx.activeUserId ?? null,
      finishedAt: this.clock.date(),
    });
    await this.repository(ctx).save(row, { reload: false });
    await this.releaseDependents(ctx, row);
  }

  private async close(ctx: RequestContext, row: OrderEffect, outcome: RunOutcome): Promise<void> {
    row.state = outcome.state;
    row.result = outcome.state === 'done' ? outcome.result : null;
    row.error =
      outcome.state === 'done' ? null : outcome.state === 'not_needed' ? outcome.reason : outcome.error;
    row.finishedAt = hasEnded(outcome.state) ? this.clock.date() : null;
    await this.repository(ctx).save(row, { reload: false });
    if (!hasEnded(outcome.state)) return;
    await this.releaseDependents(ctx, row);
    if (outcome.state === 'failed' || outcome.state === 'unknown') {
      const { state } = outcome;
      await this.outbox.publish(
        ctx,
        OrderEffectFailed.of(String(row.orderId), {
          orderId: String(row.orderId),
          effectId: String(row.id),
          action: row.action,
          state,
        }),
      );
    }
  }

  /** Leaves out those that happen once for an order and were asked for before. */
  private async withoutRepeats(
    ctx: RequestContext,
    orderId: ID,
    effects: readonly Effect[],
  ): Promise<readonly Effect[]> {
    const once = effects.filter(effect => effect.once === true).map(({ code }) => code);
    if (once.length === 0) return effects;
    const known = await this.repository(ctx).find({
      select: { id: true, action: true },
      where: { orderId, action: In(once) },
    });
    const before = new Set(known.map(({ action }) => action));
    return effects.filter(({ code }) => !before.has(code));
  }

  /** What waits for nothing but what has ended now. */
  private async releaseDependents(ctx: RequestContext, ended: OrderEffect): Promise<void> {
    const dependents = this.registry.all().filter(({ after = [] }) => after.includes(ended.action));
    if (dependents.length === 0) return;
    const waiting = await this.repository(ctx).find({
      where: { orderId: ended.orderId, state: 'waiting', action: In(dependents.map(({ code }) => code)) },
      lock: { mode: 'pessimistic_write' },
      order: { id: 'ASC' },
    });
    if (waiting.length === 0) return;
    const open = new Set(
      await this.unended(
        ctx,
        ended.orderId,
        dependents.flatMap(({ after = [] }) => after),
      ),
    );
    const ready = waiting.filter(
      ({ action, dueAt }) =>
        dueAt === null && !(this.registry.find(action)?.after ?? []).some(code => open.has(code)),
    );
    await this.send(ctx, ready);
  }

  /** Which of these actions the order still waits for. */
  private async unended(ctx: RequestContext, orderId: ID, actions: readonly string[]): Promise<string[]> {
    const rows = await this.repository(ctx)
      .createQueryBuilder('effect')
      .select('DISTINCT effect.action', 'action')
      .where('effect.orderId = :orderId AND effect.action IN (:...actions)', { orderId, actions })
      .andWhere('effect.compensatesId IS NULL AND effect.state NOT IN (:...ended)', { ended: [...ENDED] })
      .getRawMany<{ action: string }>();
    return rows.map(({ action }) => action);
  }

  /** Whether what it was asked for is over meanwhile: the order was cancelled, or (a payment) is a cart again. */
  private async isOver(ctx: RequestContext, row: OrderEffect): Promise<boolean> {
    const ends = row.action === PAYMENT_INTENT ? ['cancelled', 'pending'] : ['cancelled'];
    return this.connection
      .getRepository(ctx, OrderStatusEntry)
      .existsBy({ orderId: row.orderId, id: MoreThan(row.statusEntryId), toStatus: In(ends) });
  }

  private mayHaveHappened({ state, attempts, action }: OrderEffect): boolean {
    return mayHaveHappened(state, attempts, this.registry.find(action)?.repeatable ?? false);
  }

  private compensationOf(effect: OrderEffect, statusEntryId: ID): OrderEffect[] {
    if (this.registry.find(effect.action)?.compensate === undefined) return [];
    return [
      new OrderEffect({
        orderId: effect.orderId,
        channelId: effect.channelId,
        statusEntryId,
        action: effect.action,
        fulfillmentKey: effect.fulfillmentKey,
        compensatesId: effect.id,
        state: 'requested',
      }),
    ];
  }

  private async insert(ctx: RequestContext, rows: OrderEffect[]): Promise<void> {
    if (rows.length === 0) return;
    const saved = await this.repository(ctx).save(rows);
    await this.publish(
      ctx,
      saved.filter(({ state }) => state === 'requested'),
    );
  }

  private async send(ctx: RequestContext, rows: OrderEffect[]): Promise<void> {
    if (rows.length === 0) return;
    for (const row of rows) row.state = 'requested';
    await this.repository(ctx).save(rows, { reload: false });
    await this.publish(ctx, rows);
  }

  private async publish(ctx: RequestContext, rows: readonly OrderEffect[]): Promise<void> {
    await this.outbox.publishAll(
      ctx,
      rows.map(({ id, orderId, action }) =>
        this.registry
          .requestOf(action)
          .of(String(orderId), { orderId: String(orderId), effectId: String(id) }),
      ),
    );
  }

  /**
   * A transition asks for effects with the order locked, and sees then which others have not ended; so an end that
   * is not seen yet must wait for it.
   */
  async lockOrder(ctx: RequestContext, orderId: ID): Promise<void> {
    await this.repository(ctx).manager.query('SELECT FROM "order" WHERE id = $1 FOR NO KEY UPDATE', [
      orderId,
    ]);
  }

  private repository(ctx: RequestContext) {
    return this.connection.getRepository(ctx, OrderEffect);
  }
}
