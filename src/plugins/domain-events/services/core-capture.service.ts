import { Injectable } from '@nestjs/common';
import {
  EventBus,
  type ID,
  Logger,
  ProductVariantPrice,
  type RequestContext,
  TransactionalConnection,
} from '@vendure/core';
import { loggerCtx } from '../constants';
import { CORE_CAPTURES, type CaptureLookup, type CoreCapture } from '../events/core-capture';
import { describeFailure } from '../rules/describe-failure';
import { OutboxService } from './outbox.service';

const UNAWAITED_TRIES = 5;
const UNAWAITED_PAUSE_MS = 500;

/** Publishes core's events to the outbox, inside the transaction that fired them (see `CORE_CAPTURES`). */
@Injectable()
export class CoreCaptureService implements CaptureLookup {
  constructor(
    private readonly eventBus: EventBus,
    private readonly connection: TransactionalConnection,
    private readonly outbox: OutboxService,
  ) {}

  start(): void {
    for (const entry of CORE_CAPTURES) {
      this.eventBus.registerBlockingEventHandler({
        event: entry.event,
        id: `domain-events.${entry.event.name}`,
        handler: event =>
          entry.firedIn === 'unawaited' ? this.captureUnawaited(entry, event) : this.capture(entry, event),
      });
    }
  }

  async variantsOfPrices(ctx: RequestContext, priceIds: readonly ID[]): Promise<ReadonlyMap<string, string>> {
    if (priceIds.length === 0) return new Map();
    const rows = await this.connection
      .getRepository(ctx, ProductVariantPrice)
      .createQueryBuilder('price')
      .select('price.id', 'priceId')
      .addSelect('price.variant', 'variantId')
      .where('price.id IN (:...priceIds)', { priceIds })
      .getRawMany<{ priceId: ID; variantId: ID }>();
    return new Map(rows.map(row => [String(row.priceId), String(row.variantId)]));
  }

  private async capture(entry: CoreCapture, event: { ctx: RequestContext }): Promise<void> {
    const events = await entry.map(event as never, this);
    await this.outbox.publishAll(event.ctx, events, { ownTransaction: true });
  }

  /** Outside a transaction nobody awaits this: a failure would end the process as an unhandled rejection. */
  private async captureUnawaited(entry: CoreCapture, event: { ctx: RequestContext }): Promise<void> {
    if (this.outbox.inTransaction(event.ctx)) return this.capture(entry, event);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.capture(entry, event);
        return;
      } catch (error) {
        if (attempt === UNAWAITED_TRIES) {
          Logger.error(`${entry.event.name} was not captured: ${describeFailure(error)}`, loggerCtx);
          return;
        }
        await new Promise(resolve => setTimeout(resolve, UNAWAITED_PAUSE_MS * attempt));
      }
    }
  }
}
