import { call } from './support/payments/provider-stage';
import { stripeStage, type StripeStage } from './support/payments/stripe-stage';
import { paidOrder, type PaidOrder } from './support/payments-probe/paid-order';
import { routeWithFailover } from './support/payments-probe/payments';
import { ReconciliationDesk } from './support/payments-probe/reconciliation';
import { startPaymentsShop, type PaymentsShop } from './support/payments-probe/shop';
import { testEnv } from './support/test-env';
import { waitFor } from './support/wait-for';

const { localstripeUrl } = testEnv();

(localstripeUrl === undefined ? describe.skip : describe)('Stripe and the ledger', () => {
  let stripe: StripeStage;
  let payments: PaymentsShop;
  let desk: ReconciliationDesk;
  let order: PaidOrder;

  beforeAll(async () => {
    stripe = await stripeStage(localstripeUrl!);
    payments = await startPaymentsShop('payments_stripe', {
      PROBE_STRIPE_PORT: String(stripe.proxy.port),
      PROBE_STRIPE_KEY: stripe.apiKey,
      PROBE_STRIPE_SECRET: stripe.webhookSecret,
    });
    desk = new ReconciliationDesk(payments);
    // The first provider is out of order: Stripe, the second, takes the payment.
    payments.gateway.plan = () => ({ fault: 'unavailable' });
    await routeWithFailover(payments.admin, true);
    stripe.proxy.webhooks.url = `${payments.shop.baseUrl}/payments/webhooks/second`;
    order = await paidOrder(payments, 'automatic', await stripe.method('4242424242424242'));
  }, 180_000);
  afterAll(async () => {
    await payments?.stop();
    await stripe?.close();
  }, 60_000);

  const disputes = async () => {
    const found = await payments.admin.api.request<{ order: { paymentDisputes: { status: string }[] } }>(
      `query ($id: ID!) { order(id: $id) { paymentDisputes {
         provider providerDisputeId status amount currencyCode reason paymentId } } }`,
      { id: order.orderId },
    );
    return found.order.paymentDisputes;
  };

  it('agree, and differ by what was given back on Stripe’s own pages', async () => {
    expect(order.transactionId).toMatch(/^pi_/);
    expect(await desk.reconcile(order.orderId)).toMatchObject({
      state: 'done',
      differences: 0,
      unreachable: 0,
    });
    const currency = await currencyOf();
    const byHand = { transactionId: order.transactionId, reference: 'by-hand', amount: 300, currency };
    expect(await stripe.provider.refund({ ...byHand, reason: null }, call())).toMatchObject({
      status: 'succeeded',
    });
    await desk.reconcile(order.orderId);
    const [difference] = await desk.ofOrder(order.orderId);
    expect(difference).toMatchObject({ kind: 'refunded_elsewhere', amount: 300, provider: 'second' });
    expect(await desk.resolve(difference!.id, 'ACCEPT_PROVIDER')).toMatchObject({ resolution: 'accepted' });
  });

  it('a dispute is kept from Stripe’s messages, until it is lost', async () => {
    const providerDisputeId = await stripe.backend.dispute(order.transactionId);
    const [opened] = await waitFor(
      async () => {
        const found = await disputes();
        return found.length > 0 ? found : undefined;
      },
      { what: 'the dispute to be told', timeoutMs: 30_000 },
    );
    expect(opened).toMatchObject({
      provider: 'second',
      providerDisputeId,
      status: 'needs_response',
      reason: 'fraudulent',
      paymentId: order.paymentId,
    });
    stripe.backend.closeDispute(providerDisputeId, 'lost');
    await waitFor(async () => ((await disputes())[0]?.status === 'lost' ? true : undefined), {
      what: 'the dispute to be lost',
      timeoutMs: 30_000,
    });
    expect(await desk.reconcile(order.orderId)).toMatchObject({ differences: 0 });
  });

  async function currencyOf(): Promise<string> {
    const { order: found } = await payments.admin.api.request<{ order: { currencyCode: string } }>(
      `query ($id: ID!) { order(id: $id) { currencyCode } }`,
      { id: order.orderId },
    );
    return found.currencyCode;
  }
});
