import { randomUUID } from 'node:crypto';
import { StripePaymentProvider } from '../src/plugins/payments';
import type { BackendMessage } from './support/payments/backend';
import { authorizeRequest, call, since } from './support/payments/provider-stage';
import { stripeStage, type StripeStage } from './support/payments/stripe-stage';
import { testEnv } from './support/test-env';

const { localstripeUrl, stripeMockUrl } = testEnv();

const where = (url: string | undefined) => (url === undefined ? describe.skip : describe);

where(localstripeUrl)('Stripe, beyond the common contract', () => {
  let stage: StripeStage;

  beforeAll(async () => {
    stage = await stripeStage(localstripeUrl!);
  });
  afterAll(() => stage.close());

  async function paid(amount = 1000): Promise<string> {
    const request = authorizeRequest(await stage.token('good'), { amount, captureMethod: 'automatic' });
    const result = await stage.provider.authorize(request, call());
    expect(result.status).toBe('succeeded');
    return result.transactionId!;
  }

  const query = (transactionId: string) =>
    stage.provider.query({ transactionId, reference: '', since: since() }, call());

  it('tells the card and the fees', async () => {
    const id = await paid();
    expect(await query(id)).toMatchObject({
      fees: 40,
      instrument: {
        type: 'card',
        brand: 'visa',
        last4: '4242',
        expiryMonth: 12,
        expiryYear: 2040,
        issuingCountry: 'FR',
      },
    });
  });

  it('a token becomes a method before it pays, each once', async () => {
    const token = await stage.oldToken('4242424242424242');
    const request = authorizeRequest(token, { captureMethod: 'automatic' });
    const { idempotencyKey } = call();
    for (const path of ['/v1/payment_methods', '/v1/payment_intents']) {
      stage.proxy.next('POST', path, { kind: 'drop', reached: true });
      expect(await stage.provider.authorize(request, call(idempotencyKey))).toMatchObject({
        status: 'unknown',
      });
    }
    const result = await stage.provider.authorize(request, call(idempotencyKey));
    expect(result).toMatchObject({ status: 'succeeded', instrument: { last4: '4242' } });
    const made = (await stage.ledger()).filter(({ reference }) => reference === request.reference);
    expect(made).toMatchObject([{ transactionId: result.transactionId, captured: 1000 }]);
    const customer = { id: '7', providerCustomerId: null, email: 'ann@example.com', name: 'Ann Lee' };
    const kept = await stage.provider.createSavedMethod({ token, customer }, call());
    expect(kept).toMatchObject({
      status: 'succeeded',
      savedMethodId: expect.stringMatching(/^pm_/) as string,
    });
  });

  it('a declined payment has its id and Stripe’s word for the reason', async () => {
    const result = await stage.provider.authorize(authorizeRequest(await stage.token('declined')), call());
    expect(result).toMatchObject({
      status: 'failed',
      failure: { kind: 'declined', code: 'generic_decline', message: 'The card was declined.' },
    });
    expect(result.transactionId).toMatch(/^pi_/);
    expect(result.next).toBeNull();
  });

  it('3-D Secure: passed, and seen afterwards', async () => {
    const result = await stage.provider.authorize(
      authorizeRequest(await stage.token('three_d_secure')),
      call(),
    );
    expect(result).toMatchObject({
      status: 'pending',
      next: { clientSecret: expect.stringMatching(/_secret_/) as string },
    });
    await stage.shopper(result.transactionId!, 'pay');
    expect(await query(result.transactionId!)).toMatchObject({
      status: 'authorized',
      instrument: { threeDSecure: 'authenticated' },
    });
  });

  it('3-D Secure passed and the card declined all the same', async () => {
    const method = await stage.method('4000008400001629');
    const result = await stage.provider.authorize(authorizeRequest(method), call());
    expect(result.status).toBe('pending');
    await stage.shopper(result.transactionId!, 'pay');
    expect(await query(result.transactionId!)).toMatchObject({
      status: 'failed',
      failure: { kind: 'declined' },
    });
  });

  it('the browser confirms what was made without a card', async () => {
    const result = await stage.provider.authorize(authorizeRequest(null), call());
    expect(result.status).toBe('pending');
    const secret = result.next!.clientSecret!;
    await stage.backend.confirmInBrowser(secret, await stage.method('4242424242424242'));
    expect(await query(result.transactionId!)).toMatchObject({ status: 'authorized', capturable: 1000 });
  });

  it('a decline in the browser ends nothing: the shopper may try another card', async () => {
    const result = await stage.provider.authorize(authorizeRequest(null), call());
    await stage.backend.confirmInBrowser(result.next!.clientSecret!, await stage.method('4000000000000341'));
    expect(await query(result.transactionId!)).toMatchObject({
      status: 'pending',
      failure: { kind: 'declined' },
    });
    // Given up, it is over.
    await stage.provider.void({ transactionId: result.transactionId!, reference: 'v' }, call());
    expect((await query(result.transactionId!))?.status).toBe('cancelled');
  });

  it('a key that Stripe refuses has done nothing', async () => {
    const provider = stage.providerWith({ apiKey: 'sk_test_of_somebody_else' });
    const result = await provider.authorize(authorizeRequest(await stage.token('good')), call());
    expect(result).toMatchObject({
      status: 'failed',
      failure: { kind: 'unavailable', code: 'authentication_failed' },
    });
    expect(JSON.stringify(result)).not.toContain('sk_test');
    await expect(
      provider.query({ transactionId: 'pi_1', reference: '', since: since() }, call()),
    ).rejects.toThrow('Stripe refused the key of the shop.');
  });

  it('a key used for another request proves nothing', async () => {
    const token = await stage.token('good');
    const { idempotencyKey } = call();
    await stage.provider.authorize(authorizeRequest(token), call(idempotencyKey));
    const other = await stage.provider.authorize(
      authorizeRequest(token, { amount: 2000 }),
      call(idempotencyKey),
    );
    expect(other).toMatchObject({ status: 'unknown', failure: null });
  });

  it('the same key at the same instant: one payment, and no failure', async () => {
    const request = authorizeRequest(await stage.token('good'), { captureMethod: 'automatic' });
    const { idempotencyKey } = call();
    const results = await Promise.all(
      [1, 2, 3].map(() => stage.provider.authorize(request, call(idempotencyKey))),
    );
    expect(results.filter(({ status }) => status === 'succeeded').length).toBeGreaterThanOrEqual(1);
    for (const { status } of results) expect(['succeeded', 'unknown']).toContain(status);
    const made = (await stage.ledger()).filter(({ reference }) => reference === request.reference);
    expect(made).toHaveLength(1);
  });

  it('a capture that was made by another key is seen, and not failed', async () => {
    const made = await stage.provider.authorize(authorizeRequest(await stage.token('good')), call());
    const capture = { transactionId: made.transactionId!, reference: 'c', amount: 700, currency: 'EUR' };
    expect((await stage.provider.capture(capture, call())).status).toBe('succeeded');
    expect(await stage.provider.capture(capture, call())).toMatchObject({ status: 'succeeded', amount: 700 });
    expect(await stage.provider.capture({ ...capture, amount: 600 }, call())).toMatchObject({
      status: 'unknown',
    });
    expect(await query(made.transactionId!)).toMatchObject({ captured: 700 });
  });

  it('a payment is found among many', async () => {
    const references = [];
    for (let count = 0; count < 12; count += 1) {
      const request = authorizeRequest(null, { amount: 100 + count });
      await stage.provider.authorize(request, call());
      references.push(request.reference);
    }
    const found = await stage.provider.query(
      { transactionId: null, reference: references[0]!, since: since() },
      call(),
    );
    expect(found).toMatchObject({ reference: references[0], amount: 100 });
  });

  it('money that has no cents, or more than two places', async () => {
    for (const [currency, amount, sent] of [
      ['JPY', 500_000, 'amount=5000&'],
      ['KWD', 123, 'amount=1230&'],
      ['ISK', 500_000, 'amount=500000&'],
    ] as const) {
      const request = authorizeRequest(await stage.token('good'), {
        amount,
        currency,
        captureMethod: 'automatic',
      });
      const result = await stage.provider.authorize(request, call());
      expect(result).toMatchObject({ status: 'succeeded', amount });
      expect(stage.proxy.calls.at(-1)!.body).toContain(sent);
      expect(await query(result.transactionId!)).toMatchObject({ currency, amount, captured: amount });
    }
    const half = authorizeRequest(await stage.token('good'), { amount: 150, currency: 'JPY' });
    const before = stage.proxy.calls.length;
    expect(await stage.provider.authorize(half, call())).toMatchObject({
      status: 'failed',
      failure: { kind: 'invalid', code: 'amount_not_payable' },
    });
    expect(stage.proxy.calls).toHaveLength(before);
  });

  it('keeps no method that the bank refuses', async () => {
    const customer = { id: '7', providerCustomerId: null, email: 'ann@example.com', name: 'Ann Lee' };
    const token = await stage.method('4000000000000002');
    expect(await stage.provider.createSavedMethod({ token, customer }, call())).toMatchObject({
      status: 'failed',
      savedMethodId: null,
      failure: { kind: 'declined' },
    });
  });

  it('disputes: open, won and lost', async () => {
    const id = await paid();
    const disputeId = await stage.backend.dispute(id);
    const opened = stage.proxy.webhooks.last('charge.dispute.created');
    expect(stage.provider.parseWebhook(Buffer.from(opened.body))).toMatchObject({
      kind: 'dispute',
      transactionId: id,
      dispute: { disputeId, amount: 1000, currency: 'EUR', reason: 'fraudulent', status: 'needs_response' },
    });
    expect((await query(id))?.disputed).toBe(true);
    stage.backend.closeDispute(disputeId, 'won');
    expect(
      stage.provider.parseWebhook(Buffer.from(stage.proxy.webhooks.last('charge.dispute.closed').body))
        .dispute?.status,
    ).toBe('won');
    expect((await query(id))?.disputed).toBe(false);
    stage.backend.closeDispute(await stage.backend.dispute(id), 'lost');
    expect((await query(id))?.disputed).toBe(true);
  });

  it('an early fraud warning', async () => {
    const id = await paid();
    await stage.backend.warn(id);
    const { body } = stage.proxy.webhooks.last('radar.early_fraud_warning.created');
    expect(stage.provider.parseWebhook(Buffer.from(body))).toMatchObject({
      kind: 'fraud_warning',
      transactionId: id,
    });
  });

  describe('a message is Stripe’s', () => {
    let message: BackendMessage;

    beforeAll(async () => {
      await paid();
      message = stage.proxy.webhooks.last('payment_intent.succeeded');
    });

    const verify = (headers: Record<string, string>, body = message.body) =>
      stage.provider.verifyWebhook(Buffer.from(body), headers);
    const signed = (...rest: Parameters<StripeStage['backend']['signature']>) => ({
      'stripe-signature': stage.backend.signature(...rest),
    });
    const now = () => Math.floor(Date.now() / 1000);

    it('by its signature over the raw body', () => {
      expect(verify(message.headers())).toBe(true);
      expect(stage.provider.parseWebhook(Buffer.from(message.body))).toMatchObject({
        type: 'payment_intent.succeeded',
        kind: 'payment',
        eventId: expect.stringMatching(/^evt_/) as string,
      });
    });

    it('not without one, by another secret, of another body, or an old one', () => {
      expect(verify({})).toBe(false);
      expect(verify({ 'stripe-signature': '' })).toBe(false);
      expect(verify({ 'stripe-signature': 't=1,v1=00' })).toBe(false);
      expect(verify(signed(message.body, now(), 'whsec_another'))).toBe(false);
      expect(verify(message.headers(), `${message.body} `)).toBe(false);
      expect(verify(signed(message.body, now() - 299))).toBe(true);
      expect(verify(signed(message.body, now() - 302))).toBe(false);
      expect(verify(message.headers(), '')).toBe(false);
    });

    it('nor where the shop has no secret', () => {
      expect(
        stage.providerWith({ webhookSecret: '' }).verifyWebhook(Buffer.from(message.body), message.headers()),
      ).toBe(false);
    });
  });
});

/** Refuses each request with a parameter that Stripe's published API does not have; its answers are examples. */
where(stripeMockUrl)('Stripe’s published API knows every request', () => {
  const url = new URL(stripeMockUrl ?? 'http://localhost');
  const provider = new StripePaymentProvider({
    apiKey: 'sk_test_123',
    host: url.hostname,
    port: Number(url.port),
    protocol: 'http',
  });
  const money = { amount: 500, currency: 'EUR', reference: randomUUID(), transactionId: 'pi_123' };

  it.each(['card', 'digital_wallet', 'bank_transfer'] as const)('of an authorization by %s', async type => {
    for (const request of [
      authorizeRequest(null, { method: { type } }),
      authorizeRequest('tok_visa', { method: { type } }),
      authorizeRequest('pm_card_visa', {
        method: { type },
        requireThreeDSecure: true,
        captureMethod: 'automatic',
      }),
      authorizeRequest(null, {
        method: { type, savedMethodId: 'pm_123' },
        customer: { id: '7', providerCustomerId: 'cus_123', email: null, name: null },
      }),
    ]) {
      expect(await provider.authorize(request, call())).toMatchObject({ failure: null, transactionId: /./ });
    }
  });

  it('of captures, voids, refunds and questions', async () => {
    expect((await provider.capture(money, call())).failure).toBeNull();
    expect((await provider.void(money, call())).failure).toBeNull();
    expect(await provider.refund({ ...money, reason: 'broken' }, call())).toMatchObject({ failure: null });
    expect(await provider.query({ ...money, since: since() }, call())).toMatchObject({
      transactionId: 'pi_123',
    });
    expect(await provider.query({ ...money, transactionId: null, since: since() }, call())).toBeNull();
  });

  it('of saved methods', async () => {
    const customer = { id: '7', providerCustomerId: null, email: 'ann@example.com', name: 'Ann Lee' };
    for (const token of ['tok_visa', 'pm_123']) {
      expect(await provider.createSavedMethod({ token, customer }, call())).toMatchObject({
        status: 'succeeded',
        failure: null,
      });
    }
    expect(await provider.deleteSavedMethod('pm_123', call())).toBe('deleted');
  });

  it('and would notice one that it does not know', async () => {
    const response = await fetch(`${stripeMockUrl}/v1/payment_intents`, {
      method: 'POST',
      headers: { Authorization: 'Bearer sk_test_123' },
      body: new URLSearchParams({ amount: '1', currency: 'eur', capture_methods: 'manual' }),
    });
    expect(response.status).toBe(400);
  });
});
