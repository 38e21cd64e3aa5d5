import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EffectRefusedError } from '../errors';
import type { WarehouseNotice } from '../types';
import { verifyWebhook } from './webhook-signature';
import { WebhookWarehouse, type WebhookWarehouseOptions } from './webhook-warehouse.adapter';

interface Call {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

const notice: WarehouseNotice = {
  kind: 'fulfill',
  orderId: '7',
  orderCode: 'ORD-1',
  placedAt: '2026-03-04T10:00:00.000Z',
  shippingAddress: {
    fullName: 'Ådä',
    streetLine1: '1 Way',
    city: 'London',
    postalCode: 'N1',
    countryCode: 'GB',
  },
  shippingMethod: 'Express',
  pickLists: [
    {
      id: 'p1',
      stockLocationId: '1',
      stockLocationName: 'Main',
      lines: [{ orderLineId: '1', sku: 'A', name: 'Chair', quantity: 2 }],
    },
  ],
};

const SECRET = 'a-secret-that-both-know';

describe('WebhookWarehouse', () => {
  const calls: Call[] = [];
  let respond: (res: ServerResponse) => void;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer((req, res) => {
      let body = '';
      req.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      req.on('end', () => {
        calls.push({ method: req.method ?? '', url: req.url ?? '', headers: req.headers, body });
        respond(res);
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  });
  beforeEach(() => calls.splice(0));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const notify = (
    options: Partial<WebhookWarehouseOptions> = {},
    signal: AbortSignal = new AbortController().signal,
  ) =>
    new WebhookWarehouse({ url, secret: SECRET, ...options }).notify({} as never, notice, {
      idempotencyKey: 'effect-1',
      signal,
    });
  const failure = (...args: Parameters<typeof notify>) =>
    notify(...args).then(
      () => undefined,
      (error: unknown) => error as Error,
    );
  const answering = (status: number, body = '', headers = {}) => {
    respond = res => res.writeHead(status, headers).end(body);
  };

  it('sends what a receiver can verify', async () => {
    answering(202);
    expect(await notify()).toEqual({ status: 202, pickLists: ['p1'] });
    const [call] = calls;
    expect(call).toMatchObject({ method: 'POST', url: '/hook' });
    expect(call?.headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': 'effect-1',
    });
    expect(JSON.parse(call?.body ?? '')).toEqual(notice);
    const received = {
      timestamp: String(call?.headers['x-tradewind-timestamp']),
      signature: String(call?.headers['x-tradewind-signature']),
      body: call?.body ?? '',
    };
    expect(verifyWebhook(SECRET, received, new Date())).toBe(true);
    expect(verifyWebhook('another secret', received, new Date())).toBe(false);
  });

  it('signs a later attempt anew, with the same key', async () => {
    answering(200);
    await notify({ now: () => new Date(1_000_000) });
    await notify({ now: () => new Date(2_000_000) });
    const [first, second] = calls.map(({ headers }) => headers);
    expect(second?.['idempotency-key']).toBe(first?.['idempotency-key']);
    expect(second?.['x-tradewind-signature']).not.toBe(first?.['x-tradewind-signature']);
  });

  it('is not signed without a secret', async () => {
    answering(200);
    await notify({ secret: undefined });
    expect(calls[0]?.headers).not.toHaveProperty('x-tradewind-signature');
  });

  it.each([400, 401, 403, 404, 410, 422])('%d is final', async status => {
    answering(status, 'no such\n order');
    const error = await failure();
    expect(error).toBeInstanceOf(EffectRefusedError);
    expect(error?.message).toBe(`The warehouse answered ${status}: no such order`);
  });

  it.each([408, 409, 425, 429, 500, 502, 503])('%d is tried again', async status => {
    answering(status);
    const error = await failure();
    expect(error?.message).toBe(`The warehouse answered ${status}`);
    expect(error).not.toBeInstanceOf(EffectRefusedError);
  });

  it('follows no redirect', async () => {
    answering(307, '', { location: '/elsewhere' });
    expect(await failure()).toBeInstanceOf(EffectRefusedError);
    expect(calls.map(call => call.url)).toEqual(['/hook']);
  });

  it('reads only the beginning of an answer', async () => {
    let sent = 0;
    respond = res => {
      res.writeHead(500);
      const chunk = 'x'.repeat(65_536);
      const more = () => {
        while (sent < 2 ** 30 && !res.destroyed) {
          sent += chunk.length;
          if (!res.write(chunk)) return void res.once('drain', more);
        }
      };
      more();
    };
    expect((await failure())?.message.length).toBeLessThan(300);
    expect(sent).toBeLessThan(2 ** 28);
  });

  it('gives up a slow receiver, to be tried again', async () => {
    respond = () => {};
    const error = await failure({ timeoutMs: 50 });
    expect(error?.message).toBe('The warehouse gave no answer within 50 ms.');
    expect(error).not.toBeInstanceOf(EffectRefusedError);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    respond = () => controller.abort(new Error('stopping'));
    expect((await failure({}, controller.signal))?.message).toBe('stopping');
  });

  it.each([
    ['an address', () => url],
    ['a name', () => url.replace('127.0.0.1', 'localhost')],
  ])('calls nobody of its own network where it may not, by %s', async (_what, target) => {
    answering(200);
    const error = await failure({ url: target(), publicOnly: true });
    expect(error).toBeInstanceOf(EffectRefusedError);
    expect(error?.message).toMatch(
      /^The warehouse is not called: .+ is not an address of the public internet\.$/,
    );
    expect(calls).toEqual([]);
    expect(await notify({ url: target() })).toMatchObject({ status: 200 });
  });

  it('a receiver that is down is tried again', async () => {
    const error = await failure({ url: 'http://127.0.0.1:1/hook' });
    expect(error?.message).toMatch(/^The warehouse cannot be reached/);
    expect(error).not.toBeInstanceOf(EffectRefusedError);
  });
});
