import { Injectable } from '@nestjs/common';
import {
  OrderService,
  TransactionalConnection,
  type ID,
  type Order,
  type RequestContext,
} from '@vendure/core';
import {
  ChannelContextService,
  EventRegistry,
  type DomainEventMessage,
  type EffectInfo,
} from '../../domain-events';
import type { OrderEffect } from '../entities/order-effect.entity';
import { OrderStatusEntry } from '../entities/order-status-entry.entity';
import { EffectNotNeededError, EffectOutcomeUnknownError, EffectRefusedError } from '../errors';
import type { EffectRequest } from '../events/order-lifecycle-events';
import type { EffectResult, EffectRun, OrderEffect as Effect } from '../types';
import { EffectLedgerService, type RunOutcome } from './effect-ledger.service';
import { EffectRegistry } from './effect-registry';

/** At most twenty minutes of trying, half of that on average; then it is for staff, who see it on the order. */
const RETRY = { attempts: 9, baseMs: 5_000, maxMs: 10 * 60_000 };
const TIMEOUT_MS = 60_000;

/** What every effect finds loaded. */
const ORDER_RELATIONS = [
  'customer',
  'customer.user',
  'lines',
  'lines.productVariant',
  'lines.featuredAsset',
  'shippingLines',
  'shippingLines.shippingMethod',
  'fulfillments',
  'fulfillments.lines',
  'payments',
] as const;

/** Runs effects as handlers of their requests, and has the ledger know how each run ended. */
@Injectable()
export class EffectRunner {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly contexts: ChannelContextService,
    private readonly orders: OrderService,
    private readonly registry: EffectRegistry,
    private readonly ledger: EffectLedgerService,
  ) {}

  /** Declares each effect's request and its handler. */
  register(events: EventRegistry): void {
    for (const effect of this.registry.all()) {
      const request = this.registry.requestOf(effect.code);
      events.registerEvents(request);
      events.registerHandlers({
        kind: 'effect',
        name: `order-state-machine.${effect.code.replaceAll('_', '-')}`,
        events: [request],
        retry: RETRY,
        timeoutMs: TIMEOUT_MS,
        handle: (ctx, event, info) => this.run(ctx, effect, event as DomainEventMessage<EffectRequest>, info),
      });
    }
  }

  private async run(
    ctx: RequestContext,
    effect: Effect,
    { eventData }: DomainEventMessage<EffectRequest>,
    info: EffectInfo,
  ): Promise<void> {
    const begun = await this.ledger.begin(ctx, eventData);
    if (begun?.decision !== 'run') return;
    const { row } = begun;
    const last = info.attempt >= RETRY.attempts;
    let outcome: RunOutcome;
    let failure: unknown;
    try {
      outcome = { state: 'done', result: await this.call(effect, row, info) };
    } catch (error) {
      failure = error;
      outcome = outcomeOf(error, last);
    }
    await this.ledger.end(ctx, eventData, row.attempts, outcome);
    // Thrown again, so that it is tried again; or shows as a dead letter beside those of other plugins.
    if (outcome.state === 'requested' || (outcome.state === 'failed' && !isRefused(failure))) throw failure;
  }

  private async call(effect: Effect, row: OrderEffect, info: EffectInfo): Promise<EffectResult> {
    // An effect belongs to the channel in which the order moved, whoever sends it on its way.
    const ctx = await this.contexts.of(row.channelId);
    const order = await this.orderOf(ctx, row);
    const entry = await this.connection
      .getRepository(ctx, OrderStatusEntry)
      .findOneByOrFail({ id: row.statusEntryId });
    const run: EffectRun = {
      effectId: String(row.id),
      idempotencyKey: keyOf(row.id),
      compensates: row.compensatesId === null ? null : keyOf(row.compensatesId),
      attempt: row.attempts,
      signal: info.signal,
      transition: { id: String(entry.id), trigger: entry.trigger, at: entry.timestamp },
      fulfillmentId: row.fulfillmentKey === '' ? null : row.fulfillmentKey,
    };
    if (row.compensatesId === null) return effect.run(ctx, order, run);
    const done = await this.ledger.find(ctx, row.compensatesId);
    if (effect.compensate === undefined) {
      throw new EffectRefusedError(`${effect.code} has no compensation in this release.`);
    }
    return effect.compensate(ctx, order, run, done?.result ?? {});
  }

  private async orderOf(ctx: RequestContext, row: OrderEffect): Promise<Order> {
    const order = await this.orders.findOne(ctx, row.orderId, [...ORDER_RELATIONS]);
    if (order === undefined) throw new EffectNotNeededError('The order does not exist any more.');
    return order;
  }
}

function outcomeOf(error: unknown, last: boolean): RunOutcome {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof EffectNotNeededError) return { state: 'not_needed', reason: message };
  if (error instanceof EffectOutcomeUnknownError) return { state: 'unknown', error: message };
  return { state: last || isRefused(error) ? 'failed' : 'requested', error: message };
}

function isRefused(error: unknown): boolean {
  return error instanceof EffectRefusedError;
}

function keyOf(effectId: ID): string {
  return `order-effect-${effectId}`;
}
