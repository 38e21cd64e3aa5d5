import { authorizeRequest, call, since } from './support/payments/provider-stage';
import { mollieStage, type MollieStage } from './support/payments/mollie-stage';

describe('Mollie, beyond the common contract', () => {
  let stage: MollieStage;

  beforeAll(async () => {
    stage = await mollieStage();
  });
  afterAll(() => stage.close());

  async function paid(
    more: Parameters<typeof authorizeRequest>[1] = { captureMethod: 'automatic' },
  ): Promise<string> {
    const result = await stage.provider.authorize(authorizeRequest(null, more), call());
    await stage.shopper(result.transactionId!, 'pay');
    return result.transactionId!;
  }

  const query = (transactionId: string) =>
    stage.provider.query({ transactionId, reference: '', since: since() }, call());

  it('sends the shopper to a page, with the way back and where to say what came of it', async () => {
    const result = await stage.provider.authorize(authorizeRequest(null), call());
    expect(result).toMatchObject({
      status: 'pending',
      next: { clientSecret: null, redirectUrl: expect.stringMatching(/^https:/) as string },
    });
    expect(JSON.parse(stage.proxy.calls.at(-1)!.body)).toMatchObject({
      amount: { value: '10.00', currency: 'EUR' },
      redirectUrl: 'https://shop.example/checkout/back',
      webhookUrl: 'https://shop.example/hook',
      captureMode: 'manual',
      method: 'creditcard',
    });
  });

  it('a shopper who leaves, or changes the mind, has paid nothing', async () => {
    const left = await stage.provider.authorize(authorizeRequest(null), call());
    stage.backend.shopper(left.transactionId!, 'leave');
    expect((await query(left.transactionId!))?.status).toBe('cancelled');
    const open = await stage.provider.authorize(authorizeRequest(null), call());
    const voided = await stage.provider.void({ transactionId: open.transactionId!, reference: 'v' }, call());
    expect(voided.status).toBe('cancelled');
    expect((await query(open.transactionId!))?.status).toBe('cancelled');
  });

  it('what was done under a reference is not done again, though the key was forgotten', async () => {
    const id = await paid({ captureMethod: 'manual' });
    const money = { transactionId: id, amount: 800, currency: 'EUR', reason: null };
    for (let time = 0; time < 2; time += 1) {
      const capture = await stage.provider.capture({ ...money, reference: 'capture-1' }, call());
      expect(capture).toMatchObject({ status: 'succeeded', amount: 800 });
    }
    const refunds = [];
    for (let time = 0; time < 2; time += 1) {
      refunds.push(await stage.provider.refund({ ...money, amount: 300, reference: 'refund-1' }, call()));
    }
    expect(refunds[1]).toEqual(refunds[0]);
    expect(await query(id)).toMatchObject({ captured: 800, refunded: 300 });
  });

  it('a refund takes its time, and may fail in the end', async () => {
    const id = await paid();
    const money = { transactionId: id, amount: 300, currency: 'EUR', reason: 'broken' };
    const [good, bad] = [
      await stage.provider.refund({ ...money, reference: 'r-1' }, call()),
      await stage.provider.refund({ ...money, reference: 'r-2' }, call()),
    ];
    expect(good.status).toBe('processing');
    stage.backend.settleRefund(good.transactionId!, 'refunded');
    stage.backend.settleRefund(bad.transactionId!, 'failed');
    expect(await query(id)).toMatchObject({
      refunded: 300,
      refunds: [{ status: 'succeeded' }, { status: 'failed' }],
    });
  });

  it('a chargeback is seen when the payment is asked for', async () => {
    const id = await paid();
    stage.proxy.webhooks.messages.length = 0;
    stage.backend.chargeBack(id);
    const message = stage.proxy.webhooks.last('payment.changed');
    const body = Buffer.from(message.body);
    expect(stage.provider.verifyWebhook()).toBe(true);
    expect(stage.provider.parseWebhook(body)).toMatchObject({ kind: 'payment', transactionId: id });
    expect((await query(id))?.disputed).toBe(true);
  });

  it('a key that Mollie refuses has done nothing', async () => {
    const provider = stage.providerWith(`test_${'0'.repeat(30)}`);
    expect(await provider.authorize(authorizeRequest(null), call())).toMatchObject({
      status: 'failed',
      failure: { kind: 'unavailable', code: 'authentication_failed' },
    });
  });

  it('has no saved methods', async () => {
    const request = authorizeRequest(null, { method: { savedMethodId: 'pm_1' } });
    expect(await stage.provider.authorize(request, call())).toMatchObject({ failure: { kind: 'invalid' } });
  });
});
