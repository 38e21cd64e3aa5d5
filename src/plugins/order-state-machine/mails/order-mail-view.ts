import type { Fulfillment, Order, OrderLine } from '@vendure/core';
import { formatMoney } from '../../../common/money';
import type { MailLanguage } from '../../mail';
import { orderMailTexts } from './translations';

/** What a template shows of an article. */
export interface ItemView {
  name: string;
  quantity: string;
  /** Absolute. */
  image: string | null;
  price: string | null;
  link: string | null;
}

export interface ParcelView {
  title: string;
  trackingNumber: string | null;
  trackingUrl: string | null;
  lines: ItemView[];
}

/** What comes from outside the order. */
export interface OrderMailContext {
  /** The parcel that the mail is about; null when it is about the whole order. */
  parcelId: string | null;
  language: MailLanguage;
  /** In the order's language. */
  variantName(line: OrderLine): string;
  methodName(shippingLine: Order['shippingLines'][number]): string;
  image(line: OrderLine): string | null;
  /** The product's page in the storefront. */
  productUrl(line: OrderLine): string | null;
  /** The order's page in the storefront; null where its reader could not open it. */
  orderUrl: string | null;
  trackingUrl(trackingNumber: string): string | null;
  /** Digits that the shop keeps of every amount. */
  moneyPrecision: number;
}

const SENT: readonly string[] = ['Shipped', 'Delivered'];

/** Everything that the mails about an order show, in words: the templates only place it. */
export function orderMailView(order: Order, context: OrderMailContext) {
  const t = orderMailTexts[context.language];
  const money = (amount: number) =>
    formatMoney(amount, order.currencyCode, context.language, context.moneyPrecision);
  const item = (line: OrderLine, quantity: number, extra: Partial<ItemView> = {}): ItemView => ({
    name: context.variantName(line),
    quantity: t.quantity(quantity),
    image: context.image(line),
    price: null,
    link: null,
    ...extra,
  });
  const items = (counts: ReadonlyMap<string, number>, extra?: (line: OrderLine) => Partial<ItemView>) =>
    order.lines.flatMap(line => {
      const quantity = counts.get(String(line.id)) ?? 0;
      return quantity > 0 ? [item(line, quantity, extra?.(line))] : [];
    });

  const ordered = orderedQuantities(order);
  const sent = order.fulfillments.filter(({ state }) => SENT.includes(state));
  const arrived = order.fulfillments.filter(({ state }) => state === 'Delivered');
  const tax = order.totalWithTax - order.total;
  const authorized = sum(
    order.payments.filter(({ state }) => state === 'Authorized').map(({ amount }) => amount),
  );

  return {
    t,
    code: order.code,
    greeting: t.greeting(nameOf(order)),
    placedOn: new Intl.DateTimeFormat(context.language, { dateStyle: 'long', timeZone: 'UTC' }).format(
      order.orderPlacedAt ?? order.createdAt,
    ),
    orderUrl: context.orderUrl,
    paymentNote: authorized > 0 ? t.confirmed.authorized(money(authorized)) : null,
    paid: order.payments.some(({ state }) => state === 'Settled'),
    lines: items(ordered, line => (line.quantity > 0 ? { price: money(line.linePriceWithTax) } : {})),
    // Before discounts, so that the rows add up to the total.
    totals: [
      { text: t.subTotal, amount: money(sum(order.lines.map(line => line.linePriceWithTax))) },
      ...order.surcharges.map(({ description, priceWithTax }) => ({
        text: description,
        amount: money(priceWithTax),
      })),
      ...order.discounts.map(({ description, amountWithTax }) => ({
        text: description,
        amount: money(amountWithTax),
      })),
      ...order.shippingLines.map(line => ({
        text: t.shipping(context.methodName(line)),
        amount: money(line.priceWithTax),
      })),
    ],
    total: money(order.totalWithTax),
    tax: tax > 0 ? money(tax) : null,
    address: addressLines(order.shippingAddress),
    shippingMethods: order.shippingLines.map(line => context.methodName(line)),
    parcels: sent.flatMap((parcel, index): ParcelView[] => {
      if (context.parcelId !== null && String(parcel.id) !== context.parcelId) return [];
      const trackingNumber = parcel.trackingCode === '' ? null : (parcel.trackingCode ?? null);
      return [
        {
          title: t.shipped.parcel(index + 1, sent.length),
          trackingNumber,
          trackingUrl: trackingNumber === null ? null : context.trackingUrl(trackingNumber),
          lines: items(quantitiesIn([parcel])),
        },
      ];
    }),
    outstanding: items(remaining(order, quantitiesIn(sent))),
    delivered: items(arrived.length > 0 ? quantitiesIn(arrived) : ordered),
    products: items(arrived.length > 0 ? quantitiesIn(arrived) : ordered, line => ({
      link: context.productUrl(line),
    })),
  };
}

/** A cancelled line has no units any more: then what was ordered. */
function orderedQuantities(order: Order): Map<string, number> {
  const cancelled = order.lines.every(line => line.quantity === 0);
  return new Map(
    order.lines.map(line => [String(line.id), cancelled ? line.orderPlacedQuantity : line.quantity]),
  );
}

function quantitiesIn(fulfillments: readonly Fulfillment[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { orderLineId, quantity } of fulfillments.flatMap(({ lines }) => lines)) {
    counts.set(String(orderLineId), (counts.get(String(orderLineId)) ?? 0) + quantity);
  }
  return counts;
}

function remaining(order: Order, sent: ReadonlyMap<string, number>): Map<string, number> {
  return new Map(order.lines.map(({ id, quantity }) => [String(id), quantity - (sent.get(String(id)) ?? 0)]));
}

function nameOf({ customer, shippingAddress }: Order): string | null {
  const name = `${customer?.firstName ?? ''} ${customer?.lastName ?? ''}`.trim();
  return name !== '' ? name : (shippingAddress.fullName ?? null);
}

/** The lines of an address as they are written on a parcel. */
export function addressLines(address: Order['shippingAddress']): string[] {
  const { fullName, company, streetLine1, streetLine2, postalCode, city, province, country, countryCode } =
    address;
  const town = [postalCode, city].filter(Boolean).join(' ');
  return [fullName, company, streetLine1, streetLine2, town, province, country ?? countryCode]
    .map(line => line?.trim() ?? '')
    .filter(line => line !== '');
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
