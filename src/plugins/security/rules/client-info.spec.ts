import * as fc from 'fast-check';
import { networkMatcher } from '../../../common/ip-address';
import { type RequestOrigin, resolveClientInfo } from './client-info';
import { signStorefrontHeader } from './storefront-header';

const SECRET = 'a-secret-of-this-test-with-enough-characters';
const NOW = Date.UTC(2026, 0, 1);
const isTrustedProxy = networkMatcher(['10.0.0.0/8']);

const resolve = (origin: RequestOrigin, storefrontSecrets = [SECRET]) =>
  resolveClientInfo(origin, { isTrustedProxy, storefrontSecrets, nowMs: NOW });

const signed = signStorefrontHeader({ ip: '203.0.113.7', userAgent: 'Firefox' }, SECRET, NOW);

describe('resolveClientInfo', () => {
  it('takes the address of the connection', () => {
    expect(resolve({ peer: '::ffff:198.51.100.1', userAgent: 'curl/8' })).toEqual({
      client: { ip: '198.51.100.1', userAgent: 'curl/8', source: 'socket' },
    });
  });

  it('ignores what an untrusted peer says of itself', () => {
    expect(resolve({ peer: '198.51.100.1', forwardedFor: '203.0.113.7' }).client).toMatchObject({
      ip: '198.51.100.1',
      source: 'socket',
    });
  });

  it('believes a trusted proxy', () => {
    expect(resolve({ peer: '10.0.0.1', forwardedFor: '203.0.113.7' }).client).toMatchObject({
      ip: '203.0.113.7',
      source: 'proxy',
    });
  });

  it('takes the address of a trusted proxy that forwards nothing', () => {
    expect(resolve({ peer: '10.0.0.1' }).client).toMatchObject({ ip: '10.0.0.1', source: 'socket' });
  });

  it('believes a signed header before proxies and connection, with its user agent', () => {
    const origin = { userAgent: 'node', forwardedFor: '198.51.100.9', storefrontClient: signed };
    for (const peer of ['198.51.100.1', '10.0.0.1']) {
      expect(resolve({ ...origin, peer })).toEqual({
        client: { ip: '203.0.113.7', userAgent: 'Firefox', source: 'storefront' },
      });
    }
  });

  it('falls back and says why when the signed header is wrong', () => {
    const wrong = signed.replace('203.0.113.7', '203.0.113.8');
    expect(resolve({ peer: '198.51.100.1', userAgent: 'node', storefrontClient: wrong })).toEqual({
      client: { ip: '198.51.100.1', userAgent: 'node', source: 'socket' },
      storefrontProblem: 'wrong-signature',
    });
    expect(resolve({ peer: '198.51.100.1', storefrontClient: signed }, []).storefrontProblem).toBe(
      'no-secret-set',
    );
  });

  it('does not invent an address for a closed connection', () => {
    expect(resolve({ peer: undefined, forwardedFor: '203.0.113.7' }).client).toEqual({
      ip: undefined,
      userAgent: undefined,
      source: 'socket',
    });
  });

  it('never lets an untrusted peer without the secret change its address', () => {
    const forged = fc.oneof(
      fc.string(),
      fc.constant(signed.replace('203.0.113.7', '10.0.0.1')),
      fc
        .tuple(fc.ipV4(), fc.string())
        .map(([ip, secret]) => signStorefrontHeader({ ip, userAgent: '' }, secret, NOW)),
    );
    fc.assert(
      fc.property(
        fc.ipV4().filter(ip => !isTrustedProxy(ip)),
        fc.option(fc.oneof(fc.string(), fc.ipV4()), { nil: undefined }),
        fc.option(forged, { nil: undefined }),
        fc.option(fc.string(), { nil: undefined }),
        (peer, forwardedFor, storefrontClient, userAgent) => {
          const { client } = resolve({ peer, forwardedFor, storefrontClient, userAgent });
          return client.ip === peer && client.source === 'socket';
        },
      ),
    );
  });
});
