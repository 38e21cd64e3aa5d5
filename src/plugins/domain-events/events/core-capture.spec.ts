import { type Order, OrderPlacedEvent, type RequestContext } from '@vendure/core';
import { MAX_EVENT_BYTES } from '../constants';
import type { NewDomainEvent } from '../types';
import { CORE_CAPTURES, MAX_LISTED_LINES } from './core-capture';
import { OrderPlaced } from './core-events';

const LARGEST = 2_147_483_647;

/** What is published of an order with so many lines, all with the longest numbers. */
function placed(lineCount: number) {
  const line = {
    id: LARGEST,
    productVariantId: LARGEST,
    quantity: LARGEST,
    proratedLinePriceWithTax: -LARGEST,
  };
  const order = {
    id: LARGEST,
    code: 'X'.repeat(100),
    customerId: LARGEST,
    currencyCode: 'EUR',
    subTotalWithTax: LARGEST,
    shippingWithTax: LARGEST,
    totalWithTax: LARGEST,
    couponCodes: Array.from({ length: 50 }, () => 'C'.repeat(100)),
    lines: Array.from({ length: lineCount }, () => line),
  } as unknown as Order;
  const capture = CORE_CAPTURES.find(({ event }) => event === OrderPlacedEvent) as unknown as {
    map: (this: void, event: OrderPlacedEvent) => readonly NewDomainEvent[];
  };
  const [event] = capture.map(
    new OrderPlacedEvent('ArrangingPayment', 'PaymentSettled', {} as RequestContext, order),
  );
  return OrderPlaced.schema.parse(event?.eventData);
}

describe('a placed order', () => {
  it('is told with its lines as long as they fit', () => {
    const data = placed(MAX_LISTED_LINES);
    expect(data.lines).toHaveLength(MAX_LISTED_LINES);
    expect(data.lineCount).toBe(MAX_LISTED_LINES);
    expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThan(MAX_EVENT_BYTES);
  });

  it('is told with the count of its lines when they are too many', () => {
    const data = placed(5_000);
    expect(data).toMatchObject({ lines: null, lineCount: 5_000 });
    expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThan(MAX_EVENT_BYTES);
  });
});
