import { Injectable } from '@nestjs/common';
import {
  Fulfillment,
  isGraphQlErrorResult,
  Order,
  OrderService,
  TransactionalConnection,
  type FulfillmentState,
  type ID,
  type RequestContext,
} from '@vendure/core';
import { PickListService } from '../../inventory';
import { ConditionNotMetError, refusedByCore } from '../api/error-results';
import { planParcels, type PlannedParcel } from '../rules/plan-parcels';
import { parcelFulfillmentHandler } from '../strategies/parcel-fulfillment-handler';

/** Sends what is left of an order, through the platform's fulfilments. */
@Injectable()
export class ShipmentService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly orders: OrderService,
    private readonly pickLists: PickListService,
  ) {}

  /** Makes a parcel for each location of what is not in one yet, and lets all of them go. */
  async dispatch(
    ctx: RequestContext,
    { id }: Order,
    state: 'Shipped' | 'Delivered',
  ): Promise<ConditionNotMetError | undefined> {
    const order = await this.withParcels(ctx, id);
    const lists = await this.pickLists.ofOrder(ctx, id);
    const parcels = order.fulfillments.filter(parcel => parcel.state !== 'Cancelled');
    const planned = planParcels(
      order.lines.map(line => ({ id: String(line.id), quantity: line.quantity })),
      parcels.map(({ lines }) =>
        lines.map(line => ({ orderLineId: String(line.orderLineId), quantity: line.quantity })),
      ),
      lists.map(({ stockLocationId, lines }) => ({ locationId: stockLocationId, lines })),
    );
    const pending = parcels.filter(parcel => parcel.state === 'Pending').map(parcel => parcel.id);
    for (const parcel of planned) {
      const made = await this.make(ctx, order, parcel);
      if (made instanceof ConditionNotMetError) return made;
      pending.push(made);
    }
    if (pending.length === 0) return nothingTo('send');
    return this.moveAll(ctx, pending, state);
  }

  /** All parcels that are on their way have arrived. */
  async deliver(ctx: RequestContext, { id }: Order): Promise<ConditionNotMetError | undefined> {
    const { fulfillments } = await this.withParcels(ctx, id);
    const sent = fulfillments.filter(({ state }) => state === 'Shipped').map(parcel => parcel.id);
    if (sent.length === 0) return nothingTo('deliver');
    return this.moveAll(ctx, sent, 'Delivered');
  }

  private async make(
    ctx: RequestContext,
    order: Order,
    { locationId, lines }: PlannedParcel,
  ): Promise<ID | ConditionNotMetError> {
    const [shippingLine] = order.shippingLines;
    const result = await this.orders.createFulfillment(ctx, {
      lines: [...lines],
      handler: {
        code: parcelFulfillmentHandler.code,
        arguments: [
          { name: 'method', value: shippingLine?.shippingMethod?.name ?? 'Parcel' },
          { name: 'trackingCode', value: '' },
          { name: 'stockLocationId', value: locationId ?? '' },
        ],
      },
    });
    return result instanceof Fulfillment ? result.id : refusedByCore('shipment', result);
  }

  private async moveAll(
    ctx: RequestContext,
    ids: readonly ID[],
    state: FulfillmentState,
  ): Promise<ConditionNotMetError | undefined> {
    for (const id of ids) {
      const result = await this.orders.transitionFulfillmentToState(ctx, id, state);
      if (isGraphQlErrorResult(result)) return refusedByCore('shipment', result);
    }
    return undefined;
  }

  private withParcels(ctx: RequestContext, orderId: ID): Promise<Order> {
    return this.connection.getEntityOrThrow(ctx, Order, orderId, {
      relations: {
        lines: true,
        fulfillments: { lines: true },
        shippingLines: { shippingMethod: { translations: true } },
      },
    });
  }
}

function nothingTo(what: string): ConditionNotMetError {
  return new ConditionNotMetError({ condition: 'shipment', reason: `There is nothing left to ${what}.` });
}
