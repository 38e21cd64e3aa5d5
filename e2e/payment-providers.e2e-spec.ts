import type { ProviderResult, ProviderTransaction } from '../src/plugins/payments';
import type { Fault } from './support/payments/faults';
import { dummyStage } from './support/payments/dummy-stage';
import { mollieStage } from './support/payments/mollie-stage';
import { authorizeRequest, call, since, type ProviderStage } from './support/payments/provider-stage';
import { stripeStage } from './support/payments/stripe-stage';
import { testEnv } from './support/test-env';

const { localstripeUrl } = testEnv();

const stages: [string, () => Promise<ProviderStage>][] = [
  ['the dummy', dummyStage],
  ['Mollie', mollieStage],
  ...(localstripeUrl === undefined
    ? []
    : ([['Stripe', () => stripeStage(localstripeUrl)]] as [string, () => Promise<ProviderStage>][])),
];

/** All by which an answer gets lost; the adapter cannot tell those that reached the provider from those that did not. */
const LOSSES: Fault[] = [
  { kind: 'drop', reached: true },
  { kind: 'drop', reached: false },
  { kind: 'cut' },
  { kind: 'hang', reached: true },
  { kind: 'html', reached: true },
  { kind: 'html', reached: false },
  { kind: 'empty', reached: true },
  { kind: 'status', reached: true, status: 500 },
  { kind: 'status', reached: false, status: 503 },
];

describe.each(stages)('The contract of a payment provider: %s', (_name, open) => {
  let stage: ProviderStage;

  beforeAll(async () => {
    stage = await open();
  });
  afterAll(() => stage.close());

  const query = async (
    result: Pick<ProviderResult, 'transactionId'>,
    reference = '',
  ): Promise<ProviderTransaction> => {
    const found = await stage.provider.query(
      { transactionId: result.transactionId, reference, since: since() },
      call(),
    );
    expect(found).not.toBeNull();
    return found!;
  };

  /** A payment that has come as far as the request wants. */
  async function made(
    more: Parameters<typeof authorizeRequest>[1] = {},
  ): Promise<{ id: string; reference: string }> {
    const request = authorizeRequest(await stage.token('good'), more);
    const result = await stage.provider.authorize(request, call());
    if (result.status === 'pending') await stage.shopper(result.transactionId!, 'pay');
    expect((await query(result)).status).toBe(
      request.captureMethod === 'manual' ? 'authorized' : 'succeeded',
    );
    return { id: result.transactionId!, reference: request.reference };
  }

  let parts = 0;

  const part = (transactionId: string, amount: number, reference = `part-${(parts += 1)}`) => ({
    transactionId,
    amount,
    currency: 'EUR',
    reference,
    reason: null,
  });

  const booked = async (id: string) =>
    (await stage.ledger()).find(({ transactionId }) => transactionId === id);

  it('takes the money at once', async () => {
    const { id, reference } = await made({ captureMethod: 'automatic' });
    expect(await query({ transactionId: id })).toMatchObject({
      transactionId: id,
      reference,
      status: 'succeeded',
      currency: 'EUR',
      amount: 1000,
      capturable: 0,
      captured: 1000,
      refunded: 0,
      disputed: false,
    });
    expect(await booked(id)).toMatchObject({ captured: 1000, refunded: 0 });
  });

  it('reserves, takes a part, and lets the rest go', async () => {
    const { id } = await made();
    expect(await query({ transactionId: id })).toMatchObject({
      status: 'authorized',
      capturable: 1000,
      captured: 0,
    });
    expect(await stage.provider.capture(part(id, 1001), call())).toMatchObject({
      status: 'failed',
      failure: { kind: 'invalid' },
    });
    expect(await stage.provider.capture(part(id, 700), call())).toMatchObject({
      status: 'succeeded',
      transactionId: id,
      amount: 700,
    });
    expect(await query({ transactionId: id })).toMatchObject({
      status: 'succeeded',
      capturable: 0,
      captured: 700,
      refunded: 0,
      refunds: [],
    });
  });

  it('gives back in parts, and never more than was taken', async () => {
    const { id } = await made();
    await stage.provider.capture(part(id, 700), call());
    const first = await stage.provider.refund(part(id, 300, 'refund-1'), call());
    const second = await stage.provider.refund(part(id, 150, 'refund-2'), call());
    for (const result of [first, second]) expect(['succeeded', 'processing']).toContain(result.status);
    expect(await stage.provider.refund(part(id, 251), call())).toMatchObject({
      status: 'failed',
      failure: { kind: 'invalid' },
    });
    const now = await query({ transactionId: id });
    expect(now).toMatchObject({ captured: 700, refunded: 450 });
    expect(now.refunds.map(({ refundId, reference, amount }) => [refundId, reference, amount])).toEqual(
      expect.arrayContaining([
        [first.transactionId, 'refund-1', 300],
        [second.transactionId, 'refund-2', 150],
      ]),
    );
    await stage.provider.refund(part(id, 250), call());
    expect(await stage.provider.refund(part(id, 1), call())).toMatchObject({ status: 'failed' });
    expect(await booked(id)).toMatchObject({ captured: 700, refunded: 700 });
  });

  it('voids, and then nothing can be taken', async () => {
    const { id } = await made();
    expect(await stage.provider.void({ transactionId: id, reference: 'v' }, call())).toMatchObject({
      status: 'cancelled',
      transactionId: id,
    });
    expect(await query({ transactionId: id })).toMatchObject({
      status: 'cancelled',
      capturable: 0,
      captured: 0,
    });
    expect(await stage.provider.capture(part(id, 1), call())).toMatchObject({ status: 'failed' });
    const taken = await made({ captureMethod: 'automatic' });
    expect(await stage.provider.void({ transactionId: taken.id, reference: 'v' }, call())).toMatchObject({
      status: 'failed',
      failure: { kind: 'invalid' },
    });
  });

  it('a card that is declined', async () => {
    const request = authorizeRequest(await stage.token('declined'));
    const result = await stage.provider.authorize(request, call());
    if (result.status === 'pending') await stage.shopper(result.transactionId!, 'fail');
    else expect(result).toMatchObject({ status: 'failed', amount: 0, failure: { kind: 'declined' } });
    expect(await query(result)).toMatchObject({
      status: 'failed',
      captured: 0,
      failure: { kind: 'declined' },
    });
  });

  it('a payment that waits for the shopper', async () => {
    for (const does of ['pay', 'fail'] as const) {
      const result = await stage.provider.authorize(
        authorizeRequest(await stage.token('three_d_secure')),
        call(),
      );
      expect(result).toMatchObject({ status: 'pending', amount: 0 });
      expect(result.next?.clientSecret ?? result.next?.redirectUrl).toBeTruthy();
      expect((await query(result)).status).toBe('pending');
      await stage.shopper(result.transactionId!, does);
      expect((await query(result)).status).toBe(does === 'pay' ? 'authorized' : 'failed');
    }
  });

  it('knows no payment that is none', async () => {
    const { id } = await made();
    const other = `${id.slice(0, -4)}zzzz`;
    expect(
      await stage.provider.query({ transactionId: other, reference: '', since: since() }, call()),
    ).toBeNull();
    const none = { transactionId: null, reference: 'attempt-of-nobody', since: since() };
    expect(await stage.provider.query(none, call())).toBeNull();
    for (const result of [
      await stage.provider.capture(part(other, 1), call()),
      await stage.provider.void(part(other, 1), call()),
      await stage.provider.refund(part(other, 1), call()),
    ]) {
      expect(result).toMatchObject({ status: 'failed', failure: { kind: 'invalid' } });
    }
  });

  it('acts once per key', async () => {
    const token = await stage.token('good');
    const request = authorizeRequest(token);
    const key = call().idempotencyKey;
    const results = [];
    for (let time = 0; time < 3; time += 1) results.push(await stage.provider.authorize(request, call(key)));
    expect(new Set(results.map(result => result.transactionId)).size).toBe(1);
    if (results[0]!.status === 'pending') await stage.shopper(results[0]!.transactionId!, 'pay');
    const id = results[0]!.transactionId!;
    await stage.provider.capture(part(id, 1000), call());
    const refund = call().idempotencyKey;
    const refunds = [];
    for (let time = 0; time < 3; time += 1)
      refunds.push(await stage.provider.refund(part(id, 600, 'r'), call(refund)));
    expect(new Set(refunds.map(({ transactionId }) => transactionId)).size).toBe(1);
    expect(await booked(id)).toMatchObject({ captured: 1000, refunded: 600 });
  });

  it('keeps a method for later, where it can', async () => {
    const { provider } = stage;
    if (!provider.capabilities.savedMethods) {
      expect(provider).not.toHaveProperty('createSavedMethod');
      return;
    }
    const customer = { id: '7', providerCustomerId: null, email: 'ann@example.com', name: 'Ann Lee' };
    const saved = await provider.createSavedMethod!(
      { token: (await stage.token('good'))!, customer },
      call(),
    );
    expect(saved).toMatchObject({
      status: 'succeeded',
      instrument: { brand: 'visa', last4: '4242' },
      failure: null,
    });
    const paid = await provider.authorize(
      authorizeRequest(null, {
        captureMethod: 'automatic',
        method: { savedMethodId: saved.savedMethodId },
        customer: { ...customer, providerCustomerId: saved.providerCustomerId },
      }),
      call(),
    );
    expect(paid).toMatchObject({ status: 'succeeded', amount: 1000, instrument: { last4: '4242' } });
    expect(await provider.deleteSavedMethod!(saved.savedMethodId!, call())).toBe('deleted');
  });

  describe('when an answer is lost', () => {
    /** Does it with each loss in its way, and tells what came of it. */
    async function through(path: string, fault: Fault, act: (key: string) => Promise<ProviderResult>) {
      const key = call().idempotencyKey;
      stage.proxy!.next('POST', path, fault);
      const lost = await act(key);
      expect({ fault, status: lost.status }).toEqual({ fault, status: 'unknown' });
      expect(lost).toMatchObject({ amount: 0, failure: null });
      return await act(key);
    }

    const limited = (key: string, fault: Fault) => call(key, fault.kind === 'hang' ? 300 : 5_000);

    it.each(LOSSES)('of an authorization: %j', async fault => {
      if (stage.proxy === null) return;
      const request = authorizeRequest(await stage.token('good'), { captureMethod: 'automatic' });
      const key = call().idempotencyKey;
      stage.proxy.next('POST', '/', fault);
      expect(await stage.provider.authorize(request, limited(key, fault))).toMatchObject({
        status: 'unknown',
      });
      const seen = await stage.provider.query(
        { transactionId: null, reference: request.reference, since: since() },
        call(),
      );
      const reached = !('reached' in fault) || fault.reached;
      expect(seen?.reference ?? null).toBe(reached ? request.reference : null);
      // The same again: it is made once.
      const again = await stage.provider.authorize(request, call(key));
      expect(['pending', 'succeeded']).toContain(again.status);
      if (reached) expect(again.transactionId).toBe(seen?.transactionId);
      const all = (await stage.ledger()).filter(({ reference }) => reference === request.reference);
      expect(all).toHaveLength(1);
    });

    it.each(LOSSES)('of a capture, a refund and a void: %j', async fault => {
      if (stage.proxy === null) return;
      const { id } = await made();
      const [capture, refund] = [part(id, 700), part(id, 200)];
      const taken = await through('/', fault, key => stage.provider.capture(capture, limited(key, fault)));
      expect(taken).toMatchObject({ status: 'succeeded', amount: 700 });
      const given = await through('/', fault, key => stage.provider.refund(refund, limited(key, fault)));
      expect(['succeeded', 'processing']).toContain(given.status);
      expect(await booked(id)).toMatchObject({ captured: 700, refunded: 200 });
      const other = await made();
      const voided = await through('/', fault, key =>
        stage.provider.void({ transactionId: other.id, reference: 'v' }, limited(key, fault)),
      );
      expect(voided).toMatchObject({ status: 'cancelled' });
      expect(await booked(other.id)).toMatchObject({ captured: 0 });
    });

    it('a question without an answer is no answer', async () => {
      if (stage.proxy === null) return;
      const { id, reference } = await made();
      for (const fault of LOSSES) {
        for (const transactionId of [id, null]) {
          stage.proxy.next('GET', '/', fault);
          const asked = stage.provider.query(
            { transactionId, reference, since: since() },
            limited('', fault),
          );
          await expect(asked).rejects.toThrow();
        }
      }
    });
  });

  it('a provider that nobody can reach has done nothing', async () => {
    if (stage.proxy === null) return;
    const request = authorizeRequest(await stage.token('good'), { captureMethod: 'automatic' });
    const { port } = stage.proxy;
    await stage.proxy.down();
    // Until the ends of the connections that were kept have been noticed: on such a one the outcome is not known.
    await new Promise(resolve => setTimeout(resolve, 100));
    try {
      expect(await stage.provider.authorize(request, call())).toMatchObject({
        status: 'failed',
        transactionId: null,
        failure: { kind: 'unavailable', code: 'connection_failed' },
      });
      const asked = stage.provider.query(
        { transactionId: null, reference: request.reference, since: since() },
        call(),
      );
      await expect(asked).rejects.toThrow();
    } finally {
      await stage.proxy.up(port);
    }
  });

  it('a request that comes twice, or late, is carried out once', async () => {
    if (stage.proxy === null) return;
    for (const fault of [{ kind: 'duplicate' }, { kind: 'delay', ms: 200 }] satisfies Fault[]) {
      const { id } = await made();
      stage.proxy.next('POST', '/', fault);
      expect(await stage.provider.capture(part(id, 400), call())).toMatchObject({
        status: 'succeeded',
        amount: 400,
      });
      stage.proxy.next('POST', '/', fault);
      await stage.provider.refund(part(id, 100), call());
      expect(await booked(id)).toMatchObject({ captured: 400, refunded: 100 });
    }
  });

  it('never throws for a time that was up before', async () => {
    if (stage.proxy === null) return;
    const gone = { idempotencyKey: 'gone', signal: AbortSignal.abort() };
    expect(await stage.provider.authorize(authorizeRequest(null), gone)).toMatchObject({ status: 'unknown' });
  });
});
