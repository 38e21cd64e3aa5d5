import { type IncomingMessage, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger, type RequestContext } from '@vendure/core';
import { signStorefrontHeader } from '../rules/storefront-header';
import type { ClientInfo, SecurityPluginOptions } from '../types';
import { ClientInfoService } from './client-info.service';

const SECRET = 'a-secret-of-this-test-with-enough-characters';
const START = Date.UTC(2026, 0, 1);

let nowMs = START;
let warnings: string[];

beforeEach(() => {
  nowMs = START;
  warnings = [];
  jest.spyOn(Logger, 'warn').mockImplementation(message => void warnings.push(message));
});

afterEach(() => jest.restoreAllMocks());

function service(options: Partial<SecurityPluginOptions> = {}): ClientInfoService {
  const all = {
    trustedProxies: [],
    storefrontSecrets: [SECRET],
    ...options,
  } as unknown as SecurityPluginOptions;
  return new ClientInfoService(all, () => nowMs);
}

/** Sends a request over a real connection, and asks the service about what arrived. */
async function clientOf(
  clients: ClientInfoService,
  headers: Record<string, string | string[]>,
): Promise<ClientInfo> {
  const server = createServer();
  try {
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return await new Promise<ClientInfo>((resolve, reject) => {
      server.once('request', (req: IncomingMessage, res) => {
        const client = clients.ofRequest(req);
        res.end(() => resolve(client));
      });
      request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', headers })
        .once('error', reject)
        .end();
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

const signed = () => signStorefrontHeader({ ip: '203.0.113.7', userAgent: 'Firefox' }, SECRET, nowMs);

describe('ClientInfoService', () => {
  it('knows the address of a connection, whatever its headers say', async () => {
    const headers = { 'user-agent': 'curl/8', 'x-forwarded-for': '203.0.113.7', 'x-real-ip': '203.0.113.7' };
    expect(await clientOf(service(), headers)).toEqual({
      ip: '127.0.0.1',
      userAgent: 'curl/8',
      source: 'socket',
    });
  });

  it('joins the lines of a repeated X-Forwarded-For behind a trusted proxy', async () => {
    const headers = { 'x-forwarded-for': ['198.51.100.9', '203.0.113.7'] };
    expect(await clientOf(service({ trustedProxies: ['loopback'] }), headers)).toEqual({
      ip: '203.0.113.7',
      userAgent: undefined,
      source: 'proxy',
    });
  });

  it("takes the shopper from a storefront's signed header", async () => {
    const headers = { 'user-agent': 'node', 'x-storefront-client': signed() };
    expect(await clientOf(service(), headers)).toEqual({
      ip: '203.0.113.7',
      userAgent: 'Firefox',
      source: 'storefront',
    });
    expect(warnings).toEqual([]);
  });

  it('believes neither of two signed headers', async () => {
    const client = await clientOf(service(), { 'x-storefront-client': [signed(), signed()] });
    expect(client).toMatchObject({ ip: '127.0.0.1', source: 'socket' });
  });

  it('warns once a minute about headers that it does not believe, without quoting them', async () => {
    const clients = service({ storefrontSecrets: [] });
    const headers = { 'x-storefront-client': signed() };
    await clientOf(clients, headers);
    await clientOf(clients, headers);
    nowMs += 60_000;
    await clientOf(clients, headers);
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain('STOREFRONT_SECRET is not set here');
    expect(warnings[0]).not.toContain('sig=');
  });

  it('gives one answer for a request, also when its connection is gone', () => {
    const clients = service();
    const req = { headers: {}, socket: { remoteAddress: '198.51.100.1' } };
    const first = clients.ofRequest(req as unknown as IncomingMessage);
    (req.socket as { remoteAddress?: string }).remoteAddress = undefined;
    expect(clients.ofRequest(req as unknown as IncomingMessage)).toBe(first);
  });

  it('knows nobody where there is no request', () => {
    expect(service().of({ req: undefined } as RequestContext)).toEqual({
      ip: undefined,
      userAgent: undefined,
      source: 'none',
    });
  });
});
