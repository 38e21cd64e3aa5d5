import type { EventsShop } from '../support/events-shop';
import { ShopClient } from '../support/shop-client';
import { placeGuestOrder, variantsInStock } from '../support/shopping';
import { waitFor } from '../support/wait-for';

export function captureTests(events: EventsShop): void {
  describe('capture of what staff do', () => {
    async function capturedSince(sequence: number): Promise<Map<string, Array<Record<string, unknown>>>> {
      const rows = await events.query<{
        eventType: string;
        userId: string | null;
        eventData: Record<string, unknown>;
      }>(`SELECT "eventType", "userId", "eventData" FROM domain_event WHERE "id" > $1 ORDER BY "id"`, [
        sequence,
      ]);
      const byType = new Map<string, Array<Record<string, unknown>>>();
      for (const { eventType, eventData, userId } of rows)
        byType.set(eventType, [...(byType.get(eventType) ?? []), { ...eventData, userId }]);
      return byType;
    }

    async function lastSequence(): Promise<number> {
      const [row] = await events.query<{ id: number }>(
        'SELECT coalesce(max("id"), 0)::int AS id FROM domain_event',
      );
      return row?.id ?? 0;
    }

    it('names fulfilments and refunds with their order', async () => {
      const shopper = new ShopClient(events.shop.baseUrl);
      const [variant] = await variantsInStock(shopper, 1);
      const placed = await placeGuestOrder(shopper, variant!.id, 1);
      const order = await events.admin.findOrder(placed.code);
      const from = await lastSequence();
      const [payment] = order.payments;
      if (payment!.state === 'Authorized') await events.admin.settlePayment(payment!.id);
      const lines = order.lines.map(line => ({ orderLineId: line.id, quantity: line.quantity }));
      const fulfillment = await events.admin.fulfill(lines, 'T-1');
      await events.admin.moveFulfillment(fulfillment.id, 'Shipped');
      const refund = await events.admin.refund(payment!.id, 100);
      if (!('state' in refund)) throw new Error(`not refunded: ${JSON.stringify(refund)}`);
      // What the payment method does not pay back by itself, staff settle.
      if (refund.state === 'Pending')
        await events.admin.api.request(
          `mutation ($input: SettleRefundInput!) { settleRefund(input: $input) { __typename } }`,
          { input: { id: refund.id, transactionId: 'R-1' } },
        );
      const captured = await capturedSince(from);
      expect(captured.get('FulfillmentCreated')).toMatchObject([
        { fulfillmentId: fulfillment.id, orderIds: [order.id], lines },
      ]);
      expect(captured.get('FulfillmentStateChanged')?.at(-1)).toMatchObject({ toState: 'Shipped', lines });
      expect(captured.get('RefundCreated')).toMatchObject([
        { orderId: order.id, paymentId: payment!.id, total: 100 },
      ]);
      expect(captured.get('RefundStateChanged')?.[0]).toMatchObject({ orderId: order.id, code: order.code });
      expect(captured.get('StockMoved')?.map(({ movement }) => movement)).toContain('SALE');
      expect(captured.get('RefundCreated')?.[0]?.userId).not.toBeNull();
    });

    it('names the catalogue, prices with their variant too', async () => {
      const from = await lastSequence();
      const [variant] = await events.query<{ id: number; productId: number }>(
        'SELECT "id", "productId" FROM product_variant WHERE "deletedAt" IS NULL ORDER BY "id" LIMIT 1',
      );
      const { id, productId } = variant!;
      // One by one: core's decoding of ids mixes up the inputs of several fields in one request.
      await events.admin.api.request(
        'mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }',
        { input: [{ id: String(id), price: 4321 }] },
      );
      await events.admin.api.request(
        'mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { id } }',
        {
          input: { id: String(productId), enabled: true },
        },
      );
      await events.admin.api.request(
        `mutation {
           createCollection(input: { filters: [], translations: [
             { languageCode: en, name: "Captured", slug: "captured", description: "" }] }) { id }
           createCustomer(input: { firstName: "Ada", lastName: "Byron", emailAddress: "captured@example.com" }) { __typename }
         }`,
      );
      const captured = await capturedSince(from);
      expect(captured.get('ProductVariantPriceChanged')?.[0]).toMatchObject({
        productVariantId: String(id),
        price: 4321,
        change: 'updated',
      });
      expect(captured.get('ProductVariantChanged')?.[0]).toMatchObject({
        productVariantId: String(id),
        productId: String(productId),
      });
      expect(captured.get('ProductChanged')?.[0]).toMatchObject({
        productId: String(productId),
        change: 'updated',
      });
      expect(captured.get('CollectionChanged')?.[0]).toMatchObject({ change: 'created' });
      expect(captured.get('CustomerChanged')?.[0]).toMatchObject({ change: 'created' });
      expect(JSON.stringify([...captured])).not.toContain('captured@example.com');
    });

    it('sees a collection filled by the filter job, which has no transaction', async () => {
      const from = await lastSequence();
      const { createCollection } = await events.admin.api.request<{ createCollection: { id: string } }>(
        `mutation { createCollection(input: {
           translations: [{ languageCode: en, name: "Filled", slug: "filled", description: "" }]
           filters: [{ code: "variant-name-filter", arguments: [
             { name: "operator", value: "contains" }, { name: "term", value: "a" },
             { name: "combineWithAnd", value: "true" }] }] }) { id } }`,
      );
      const [filled] = await waitFor(
        async () => (await capturedSince(from)).get('CollectionContentChanged'),
        {
          what: 'the event of the filter job',
          timeoutMs: 40_000,
        },
      );
      expect(filled).toMatchObject({ collectionId: createCollection.id });
      expect(filled?.productVariantCount).toBeGreaterThan(0);
    });
  });
}
