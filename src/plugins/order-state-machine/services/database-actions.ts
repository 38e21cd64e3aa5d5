import { Injectable } from '@nestjs/common';
import { Fulfillment, TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { In } from 'typeorm';
import { PickListService } from '../../inventory';
import { Clock } from './clock';

interface DatabaseAction {
  readonly code: string;
  /**
   * Core's states in which it may be used, for what the inventory does by itself on entering them: its own part of the
   * order process, in the same transaction. The table names it all the same, because it tells the whole story.
   */
  readonly onlyInto?: readonly string[];
  run?(ctx: RequestContext, orderId: ID, fulfillmentIds: readonly ID[]): Promise<void>;
}

/** The table's actions that are part of the transition: they happen with it or not at all. */
@Injectable()
export class DatabaseActions {
  private readonly actions: readonly DatabaseAction[] = [
    { code: 'reserve_inventory', onlyInto: ['ArrangingPayment'] },
    { code: 'confirm_inventory_reservation', onlyInto: ['PaymentAuthorized', 'PaymentSettled'] },
    {
      code: 'release_inventory',
      onlyInto: ['AddingItems', 'Cancelled'],
      run: (ctx, orderId) => this.pickLists.cancel(ctx, orderId),
    },
    {
      code: 'allocate_inventory',
      run: async (ctx, orderId) => void (await this.pickLists.allocate(ctx, orderId)),
    },
    { code: 'close_pick_lists', run: (ctx, orderId) => this.pickLists.markPicked(ctx, orderId) },
    {
      code: 'update_delivery_date',
      run: (ctx, _orderId, fulfillmentIds) => this.setDeliveryDate(ctx, fulfillmentIds),
    },
  ];

  constructor(
    private readonly connection: TransactionalConnection,
    private readonly pickLists: PickListService,
    private readonly clock: Clock,
  ) {}

  all(): readonly DatabaseAction[] {
    return this.actions;
  }

  async run(
    ctx: RequestContext,
    codes: readonly string[],
    orderId: ID,
    fulfillmentIds: readonly ID[] = [],
  ): Promise<void> {
    for (const code of codes) {
      await this.actions.find(action => action.code === code)?.run?.(ctx, orderId, fulfillmentIds);
    }
  }

  private async setDeliveryDate(ctx: RequestContext, fulfillmentIds: readonly ID[]): Promise<void> {
    if (fulfillmentIds.length === 0) return;
    await this.connection
      .getRepository(ctx, Fulfillment)
      .update({ id: In([...fulfillmentIds]) }, { customFields: { deliveredAt: this.clock.date() } });
  }
}
