import type { Fulfillment, Order, OrderLine } from '@vendure/core';
import { addressLines, orderMailView, type OrderMailContext } from './order-mail-view';

const line = (id: number, quantity: number, changes: Partial<OrderLine> = {}) =>
  ({
    id,
    quantity,
    orderPlacedQuantity: quantity,
    linePriceWithTax: quantity * 1000,
    ...changes,
  }) as OrderLine;

const parcel = (state: string, trackingCode: string, ...lines: Array<[number, number]>) =>
  ({
    state,
    trackingCode,
    lines: lines.map(([orderLineId, quantity]) => ({ orderLineId, quantity })),
  }) as unknown as Fulfillment;

const order = (changes: Record<string, unknown> = {}) =>
  ({
    code: 'ORD-1',
    currencyCode: 'EUR',
    createdAt: new Date('2026-03-01T10:00:00Z'),
    orderPlacedAt: new Date('2026-03-04T23:30:00Z'),
    customer: { firstName: 'Ada', lastName: 'Byron' },
    lines: [line(1, 3), line(2, 1)],
    surcharges: [],
    discounts: [{ description: '10 % off', amountWithTax: -400 }],
    shippingLines: [{ priceWithTax: 500 }],
    fulfillments: [],
    payments: [{ state: 'Settled', amount: 4100 }],
    shippingAddress: {
      fullName: 'Ada Byron',
      streetLine1: '1 Way',
      postalCode: 'N1',
      city: 'London',
      country: 'UK',
    },
    total: 3417,
    totalWithTax: 4100,
    ...changes,
  }) as unknown as Order;

const context: OrderMailContext = {
  parcelId: null,
  language: 'en',
  variantName: ({ id }) => `Article ${id}`,
  methodName: () => 'Standard',
  image: () => null,
  productUrl: ({ id }) => `https://shop.example/${id}`,
  orderUrl: null,
  trackingUrl: number => `https://carrier.example/${number}`,
  moneyPrecision: 2,
};

const names = (items: Array<{ name: string; quantity: string }>) =>
  items.map(({ name, quantity }) => `${name}: ${quantity}`);

describe('orderMailView', () => {
  it('shows rows that add up to the total', () => {
    const view = orderMailView(order(), context);
    expect(view.totals).toEqual([
      { text: 'Items', amount: '€40.00' },
      { text: '10 % off', amount: '-€4.00' },
      { text: 'Shipping (Standard)', amount: '€5.00' },
    ]);
    expect(view).toMatchObject({
      total: '€41.00',
      tax: '€6.83',
      placedOn: 'March 4, 2026',
      paymentNote: null,
    });
  });

  it('speaks German', () => {
    const view = orderMailView(order(), { ...context, language: 'de' });
    expect(view.total).toBe('41,00\u00a0€');
    expect(view.placedOn).toBe('4. März 2026');
    expect(view.t.confirmed.subject('ORD-1')).toBe('Bestellbestätigung #ORD-1');
  });

  it('says that an authorized payment is taken later', () => {
    const view = orderMailView(order({ payments: [{ state: 'Authorized', amount: 4100 }] }), context);
    expect(view.paymentNote).toContain('€41.00');
    expect(view.paid).toBe(false);
  });

  it('tells what is in each parcel and what is still to come', () => {
    const fulfillments = [
      parcel('Shipped', 'T1', [1, 1]),
      parcel('Delivered', '', [1, 1]),
      parcel('Pending', 'T3', [2, 1]),
    ];
    const view = orderMailView(order({ fulfillments }), context);
    expect(view.parcels).toMatchObject([
      { title: 'Parcel 1 of 2', trackingNumber: 'T1', trackingUrl: 'https://carrier.example/T1' },
      { title: 'Parcel 2 of 2', trackingNumber: null, trackingUrl: null },
    ]);
    expect(names(view.outstanding)).toEqual(['Article 1: Quantity: 1', 'Article 2: Quantity: 1']);
    expect(names(view.delivered)).toEqual(['Article 1: Quantity: 1']);
  });

  it('has nothing to come when all is sent', () => {
    const view = orderMailView(order({ fulfillments: [parcel('Shipped', 'T', [1, 3], [2, 1])] }), context);
    expect(view.outstanding).toEqual([]);
    expect(view.parcels[0]?.title).toBe('In this parcel');
  });

  it('leaves out cancelled units, and shows what was ordered when all is cancelled', () => {
    const partly = order({ lines: [line(1, 3), line(2, 0, { orderPlacedQuantity: 1 })] });
    expect(names(orderMailView(partly, context).lines)).toEqual(['Article 1: Quantity: 3']);
    const wholly = order({ lines: [line(1, 0, { orderPlacedQuantity: 3 })] });
    expect(orderMailView(wholly, context).lines).toMatchObject([{ quantity: 'Quantity: 3', price: null }]);
  });

  it('greets by name where there is one', () => {
    expect(orderMailView(order(), context).greeting).toBe('Hello Ada Byron,');
    const nameless = order({ customer: undefined, shippingAddress: {} });
    expect(orderMailView(nameless, context).greeting).toBe('Hello,');
  });
});

describe('addressLines', () => {
  it('has a line for each part that is there', () => {
    expect(
      addressLines({
        fullName: 'Ada',
        company: ' ',
        streetLine1: '1 Way',
        city: 'London',
        postalCode: 'N1',
        countryCode: 'GB',
      }),
    ).toEqual(['Ada', '1 Way', 'N1 London', 'GB']);
  });
});
