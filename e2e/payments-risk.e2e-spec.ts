import { activeId, attempts, guestAtPayment, pay } from './support/payments-probe/payments';
import { startPaymentsShop, type PaymentsShop } from './support/payments-probe/shop';
import { waitFor } from './support/wait-for';

/** What is to be given back is looked at every 10 s. */
const RECOVERY_MS = 60_000;

/** With a risk check that decides by how the shopper's mail address begins. */
let payments: PaymentsShop;

describe('the risk check', () => {
  beforeAll(async () => {
    payments = await startPaymentsShop('payments_risk', { PROBE_RISK: 'true' });
  }, 180_000);
  afterAll(() => payments?.stop(), 60_000);

  const risky = (name: string) => guestAtPayment(payments.shop.baseUrl, payments.variantId, name);

  it('blocks above 0.8 before anybody is asked for money', async () => {
    const client = await risky('risk-blocked');
    const before = payments.gateway.requests.length;
    expect(await pay(client, payments.automatic, { token: 'tok' })).toMatchObject({
      __typename: 'FraudDetectedError',
      message: 'Transaction flagged for potential fraud',
    });
    expect(payments.gateway.requests).toHaveLength(before);
  });

  it('lets what it allows be reserved, looks again, and takes the money', async () => {
    const client = await risky('fine');
    const orderId = await activeId(client);
    expect(await pay(client, payments.automatic, { token: 'tok' })).toMatchObject({ __typename: 'Order' });
    const rows = await attempts(payments.database, orderId);
    expect(rows.map(({ kind, status }) => [kind, status])).toEqual([
      ['authorize', 'authorized'],
      ['capture', 'succeeded'],
    ]);
    expect(payments.gateway.byReference(rows[0]!.reference)?.captured).toBe(rows[0]!.amount);
  });

  it('gives back what it blocks once the card is known', async () => {
    const client = await risky('risk-late');
    const orderId = await activeId(client);
    expect(await pay(client, payments.automatic, { token: 'tok' })).toMatchObject({
      __typename: 'FraudDetectedError',
    });
    await waitFor(
      async () =>
        (await attempts(payments.database, orderId))[0]?.disposition === 'returned' ? true : undefined,
      { what: 'the reservation to be given back', timeoutMs: RECOVERY_MS },
    );
    const [charge] = await attempts(payments.database, orderId);
    expect(payments.gateway.byReference(charge!.reference)).toMatchObject({
      state: 'cancelled',
      captured: 0,
    });
  }, 90_000);

  it('that fails leaves the money reserved until staff decide', async () => {
    const client = await risky('risk-fails');
    const orderId = await activeId(client);
    expect(await pay(client, payments.automatic, { token: 'tok' })).toMatchObject({
      __typename: 'Order',
      state: 'PaymentAuthorized',
    });
    expect(await attempts(payments.database, orderId)).toMatchObject([
      { kind: 'authorize', status: 'authorized' },
    ]);
  });
});
