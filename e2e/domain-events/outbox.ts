import { errorCode, type EventsShop } from '../support/events-shop';
import { ShopClient } from '../support/shop-client';
import { placeGuestOrder, variantsInStock } from '../support/shopping';

export function outboxTests(events: EventsShop): void {
  describe('the outbox', () => {
    it('delivers what was committed, in order, with rising versions', async () => {
      await events.publish('ProbeHappened', 'committed', [1, 2, 3]);
      await events.publish('ProbeHappened', 'committed', [4]);
      await events.waitForStates('probe.record', 'committed', ['done', 'done', 'done', 'done']);
      const effects = await events.effectsOf('probe.record', 'committed');
      expect(effects.map(({ number, version }) => [number, version])).toEqual([
        [1, 1],
        [2, 2],
        [3, 3],
        [4, 4],
      ]);
    });

    it('keeps nothing of a transaction that was rolled back', async () => {
      expect(await errorCode(events.publish('ProbeHappened', 'rolled-back', [1, 2], { fail: true }))).toBe(
        'USER_INPUT_ERROR',
      );
      await events.publish('ProbeHappened', 'rolled-back', [3]);
      const [only] = await events.waitForStates('probe.record', 'rolled-back', ['done']);
      // The version too was given back.
      expect(only?.event).toMatchObject({ version: 1, eventData: { number: 3 } });
      const [left] = await events.query<{ n: number }>('SELECT count(*)::int AS n FROM domain_event_intake');
      expect(left?.n).toBe(0);
    });

    it('refuses an event that fails its schema, an unknown type, and a publisher without a transaction', async () => {
      const before = await events.query('SELECT "id" FROM domain_event WHERE "aggregateType" = \'Probe\'');
      await expect(events.publish('ProbeHappened', 'refused', [1], { invalid: true })).rejects.toThrow(
        /INVALID_EVENT: ProbeHappened cannot be published: number: /,
      );
      await expect(events.publish('NobodyKnows', 'refused', [1])).rejects.toThrow(
        /UNKNOWN_EVENT_TYPE: No plugin has declared/,
      );
      await expect(
        events.admin.api.request('mutation { publishWithoutTransaction(eventType: "ProbeHappened") }'),
      ).rejects.toThrow(/NO_TRANSACTION: .* published without a transaction/);
      const after = await events.query('SELECT "id" FROM domain_event WHERE "aggregateType" = \'Probe\'');
      expect(after).toEqual(before);
    });

    it("captures a shopper's order", async () => {
      const shopper = new ShopClient(events.shop.baseUrl);
      const [variant] = await variantsInStock(shopper, 1);
      const order = await placeGuestOrder(shopper, variant!.id, 2);
      const facts = await events.query<{
        eventType: string;
        version: number;
        eventData: Record<string, unknown>;
      }>(
        `SELECT "eventType", "version"::int, "eventData" FROM domain_event
          WHERE "aggregateType" = 'Order' AND "eventData"->>'orderId' = $1 ORDER BY "version"`,
        [order.id],
      );
      expect(facts.map(({ version }) => version)).toEqual(facts.map((_, index) => index + 1));
      const types = facts.map(({ eventType }) => eventType);
      expect(types[0]).toBe('OrderCreated');
      for (const type of ['OrderLineChanged', 'PaymentProcessed', 'OrderPlaced', 'OrderStateChanged'])
        expect(types).toContain(type);
      expect(types.indexOf('PaymentProcessed')).toBeLessThan(types.indexOf('OrderPlaced'));
      expect(facts.find(({ eventType }) => eventType === 'OrderPlaced')?.eventData).toMatchObject({
        code: order.code,
        totalWithTax: order.totalWithTax,
        lines: [{ productVariantId: variant!.id, quantity: 2 }],
      });
      // Nothing of the address or the mail address went into any event.
      expect(JSON.stringify(facts)).not.toMatch(/example\.com|Mill Lane|Byron/);
      const moved = await events.query<{ eventData: { movement: string } }>(
        `SELECT "eventData" FROM domain_event WHERE "eventType" = 'StockMoved' AND "aggregateId" = $1`,
        [variant!.id],
      );
      expect(moved.map(({ eventData }) => eventData.movement)).toContain('ALLOCATION');
    });
  });
}
