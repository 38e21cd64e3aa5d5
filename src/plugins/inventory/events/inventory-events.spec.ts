import { forLines, InventoryReserved } from './inventory-events';

/** What the outbox takes. */
const MAX_EVENT_BYTES = 65_536;

const line = {
  orderLineId: '2147483647',
  productVariantId: '2147483647',
  stockLocationId: '2147483647',
  quantity: 999_999,
};
const expiresAt = new Date(0).toISOString();
const reserved = (lines: (typeof line)[]) => InventoryReserved.of('1', { orderId: '1', expiresAt, lines });

it('keeps the events of the largest order below the limit of the outbox', () => {
  const events = forLines(
    Array.from({ length: 1_000 }, () => line),
    reserved,
  );
  expect(events.map(({ eventData }) => (eventData.lines as unknown[]).length)).toEqual([300, 300, 300, 100]);
  for (const { eventData } of events) {
    expect(JSON.stringify(eventData).length).toBeLessThan(MAX_EVENT_BYTES);
    expect(InventoryReserved.schema.safeParse(eventData).success).toBe(true);
  }
});

it('is silent about nothing', () => {
  expect(forLines([], reserved)).toEqual([]);
});
