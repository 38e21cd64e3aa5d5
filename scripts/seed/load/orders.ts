import type { Catalogue } from '../catalogue/catalogue';
import { CATEGORIES } from '../catalogue/taxonomy';
import { OrderCodes } from '../orders/codes';
import type { OrderHistory, SimulatedOrder } from '../orders/history';
import { priceOrder, type PricedOrder } from '../orders/money';
import type { CustomerDraft } from '../people/customer';
import type { Customers } from '../people/customers';
import type { Random } from '../random';
import { PAYMENT_METHOD } from '../base/settings';
import { timestamp, type Value } from './copy-text';
import { inBatches } from './in-batches';
import type { LoadContext } from './load-context';
import { orderEvents } from './order-events';
import { orderTables, type OrderTables } from './order-tables';
import type { CatalogueIds } from './products';

const BATCH = 2_000;

export interface OrderLoadInput {
  random: Random;
  history: OrderHistory;
  catalogue: Catalogue;
  catalogueIds: CatalogueIds;
  customers: Customers;
  /** Id of the customer with index 0. */
  firstCustomer: number;
}

/** An order with its ids and amounts, as its rows are written from. */
export interface OrderRecord {
  order: SimulatedOrder;
  priced: PricedOrder;
  id: number;
  lineIds: readonly number[];
  variantIds: readonly number[];
  paymentId: number;
  /** The warehouse's stock location. */
  locationId: Value;
}

/** Writes the orders with their lines, payments, shipments, stock movements and history. */
export async function loadOrders(
  context: LoadContext,
  input: OrderLoadInput,
  onProgress: (done: number) => void,
): Promise<void> {
  const rows = new OrderRows(context, input);
  await inBatches(context.writer, BATCH, input.history.walk(), order => rows.add(order), onProgress);
}

class OrderRows {
  private readonly tables: OrderTables;
  private readonly codes: OrderCodes;

  constructor(
    private readonly context: LoadContext,
    private readonly input: OrderLoadInput,
  ) {
    this.tables = orderTables(context.writer);
    this.codes = new OrderCodes(input.random.fork('codes'));
  }

  add(order: SimulatedOrder): void {
    const { ids, base } = this.context;
    const customer = this.input.customers.draft(order.customer);
    const record: OrderRecord = {
      order,
      priced: this.price(order),
      id: ids.take('order'),
      lineIds: order.lines.map(() => ids.take('order_line')),
      variantIds: order.lines.map(line => this.input.catalogueIds.variant + line.variant),
      paymentId: ids.take('payment'),
      locationId: base.warehouses[customer.warehouse],
    };
    this.addOrder(record, customer);
    const shippingLineId = this.addShippingLine(record);
    this.addLines(record, shippingLineId);
    this.addPayment(record);
    this.addMovements(record);
    const fulfillmentId = this.addFulfillment(record);
    const refundId = this.addRefund(record);
    this.addHistory(record, fulfillmentId, refundId);
  }

  private price(order: SimulatedOrder): PricedOrder {
    const { base } = this.context;
    const { catalogue } = this.input;
    const lines = order.lines.map(({ variant, quantity }) => ({
      listPrice: catalogue.priceAt(variant, order.placedAt),
      quantity,
      taxRate: this.taxOf(variant).rate,
    }));
    const shipping = order.express ? base.shipping.express : base.shipping.standard;
    return priceOrder(lines, shipping, order.coupon ? base.welcome.percent : 0, base);
  }

  private taxOf(variant: number) {
    const { catalogue } = this.input;
    const product = catalogue.productOfVariant[variant] as number;
    const category = CATEGORIES[catalogue.category[product] as number] as (typeof CATEGORIES)[number];
    return category.reducedTax === true ? this.context.base.tax.reduced : this.context.base.tax.standard;
  }

  private addOrder({ order, priced, id }: OrderRecord, customer: CustomerDraft): void {
    const { base } = this.context;
    const cancelled = order.state === 'Cancelled';
    const address = this.addressJson(customer);
    this.tables.order.row(
      timestamp(order.createdAt),
      timestamp(lastChange(order)),
      id,
      'Regular',
      this.codes.code(order.index),
      order.state,
      false,
      timestamp(order.placedAt),
      order.coupon ? base.welcome.code : '',
      address,
      address,
      base.currencyCode,
      this.input.firstCustomer + order.customer,
      base.taxZoneId,
      cancelled ? 0 : priced.subTotal,
      cancelled ? 0 : priced.subTotalWithTax,
      cancelled ? 0 : priced.shipping,
      cancelled ? 0 : priced.shippingWithTax,
    );
    this.tables.orderChannel.row(id, base.channelId);
    if (order.coupon) this.tables.orderPromotion.row(id, base.welcome.promotionId);
  }

  private addressJson(customer: CustomerDraft): string {
    const { country, ...address } = customer.addresses[0] as CustomerDraft['addresses'][number];
    return JSON.stringify({
      ...address,
      countryCode: country,
      country: this.context.base.countries.get(country)?.name ?? country,
    });
  }

  private addShippingLine({ order, priced, id }: OrderRecord): number {
    const { ids, base } = this.context;
    const method = order.express ? base.shipping.express : base.shipping.standard;
    const shippingLineId = ids.take('shipping_line');
    const adjustments =
      order.state === 'Cancelled'
        ? [
            {
              adjustmentSource: 'CANCEL_ORDER',
              type: 'OTHER',
              description: 'shipping cancellation',
              amount: -(base.pricesIncludeTax ? priced.shippingWithTax : priced.shipping),
              data: {},
            },
          ]
        : [];
    this.tables.shippingLine.row(
      timestamp(order.createdAt),
      timestamp(order.placedAt),
      shippingLineId,
      base.pricesIncludeTax,
      JSON.stringify(adjustments),
      JSON.stringify([{ description: 'shipping tax', taxRate: method.taxRate }]),
      method.id,
      method.listPrice,
      id,
    );
    return shippingLineId;
  }

  private addLines({ order, priced, id, lineIds, variantIds }: OrderRecord, shippingLineId: number): void {
    const { base } = this.context;
    const { catalogue, catalogueIds } = this.input;
    order.lines.forEach(({ variant, quantity }, i) => {
      const line = priced.lines[i] as PricedOrder['lines'][number];
      const tax = this.taxOf(variant);
      const image =
        catalogueIds.images[(catalogue.productOfVariant[variant] as number) % catalogueIds.images.length];
      const adjustments =
        line.discount === 0
          ? []
          : [
              {
                amount: line.discount,
                adjustmentSource: `PROMOTION:${base.welcome.promotionId}`,
                description: base.welcome.name,
                type: 'DISTRIBUTED_ORDER_PROMOTION',
                data: { itemDistribution: line.itemDistribution },
              },
            ];
      this.tables.line.row(
        timestamp(order.createdAt),
        timestamp(order.placedAt),
        lineIds[i],
        order.state === 'Cancelled' ? 0 : quantity,
        quantity,
        base.pricesIncludeTax,
        JSON.stringify(adjustments),
        JSON.stringify([{ description: tax.rateName, taxRate: tax.rate }]),
        shippingLineId,
        variantIds[i],
        tax.categoryId,
        line.listPrice,
        line.listPrice,
        image,
        id,
      );
    });
  }

  private addPayment({ order, priced, id, paymentId }: OrderRecord): void {
    const time = timestamp(order.placedAt);
    this.tables.payment.row(
      time,
      time,
      paymentId,
      PAYMENT_METHOD.code,
      'Settled',
      this.input.random.fork('transaction', order.index).text(10, 'abcdefghijklmnopqrstuvwxyz0123456789'),
      '{}',
      priced.totalWithTax,
      id,
    );
  }

  private addMovements({ order, lineIds, variantIds, locationId }: OrderRecord): void {
    order.lines.forEach(({ quantity }, i) => {
      const move = (at: number, type: string, discriminator: string, units: number) =>
        this.tables.movement.row(
          timestamp(at),
          timestamp(at),
          this.context.ids.take('stock_movement'),
          type,
          units,
          locationId,
          discriminator,
          variantIds[i],
          lineIds[i],
        );
      move(order.placedAt, 'ALLOCATION', 'Allocation', quantity);
      if (order.cancelledAt !== undefined) move(order.cancelledAt, 'RELEASE', 'Release', quantity);
      if (order.packedAt !== undefined) move(order.packedAt, 'SALE', 'Sale', -quantity);
    });
  }

  private addFulfillment({ order, id, lineIds }: OrderRecord): number | undefined {
    if (order.packedAt === undefined) return undefined;
    const { ids } = this.context;
    const fulfillmentId = ids.take('fulfillment');
    const packed = timestamp(order.packedAt);
    this.tables.fulfillment.row(
      packed,
      timestamp(lastChange(order)),
      fulfillmentId,
      order.deliveredAt === undefined ? 'Shipped' : 'Delivered',
      `TW${this.input.random.fork('parcel', order.index).text(12, '0123456789')}`,
      order.express ? 'Express parcel' : 'Parcel',
      'manual-fulfillment',
    );
    this.tables.orderFulfillment.row(id, fulfillmentId);
    order.lines.forEach(({ quantity }, i) =>
      this.tables.reference.row(
        packed,
        packed,
        ids.take('order_line_reference'),
        quantity,
        fulfillmentId,
        lineIds[i],
        undefined,
        'FulfillmentLine',
      ),
    );
    return fulfillmentId;
  }

  private addRefund({ order, priced, lineIds, paymentId }: OrderRecord): number | undefined {
    if (order.cancelledAt === undefined) return undefined;
    const { ids } = this.context;
    const refundId = ids.take('refund');
    const time = timestamp(order.cancelledAt);
    this.tables.refund.row(
      time,
      time,
      refundId,
      PAYMENT_METHOD.code,
      'Cancelled by the customer',
      'Settled',
      `refund-${refundId}`,
      '{}',
      paymentId,
      priced.subTotalWithTax,
      priced.shippingWithTax,
      0,
      priced.totalWithTax,
    );
    order.lines.forEach(({ quantity }, i) =>
      this.tables.reference.row(
        time,
        time,
        ids.take('order_line_reference'),
        quantity,
        undefined,
        lineIds[i],
        refundId,
        'RefundLine',
      ),
    );
    return refundId;
  }

  private addHistory(record: OrderRecord, fulfillmentId?: number, refundId?: number): void {
    for (const event of orderEvents(record, { fulfillmentId, refundId }, this.context.base.welcome)) {
      this.tables.history.row(
        timestamp(event.at),
        timestamp(event.at),
        this.context.ids.take('history_entry'),
        event.type,
        true,
        JSON.stringify(event.data),
        'OrderHistoryEntry',
        record.id,
      );
    }
  }
}

function lastChange(order: SimulatedOrder): number {
  return order.deliveredAt ?? order.shippedAt ?? order.cancelledAt ?? order.placedAt;
}
