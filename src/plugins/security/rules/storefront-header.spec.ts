import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { signStorefrontHeader, verifyStorefrontHeader } from './storefront-header';

const SECRET = 'a-secret-of-this-test-with-enough-characters';
const OTHER = 'another-secret-of-this-test-with-characters';
const NOW = Date.UTC(2026, 0, 1);
const CLIENT = { ip: '203.0.113.7', userAgent: 'Mozilla/5.0 (X11)' };

const header = signStorefrontHeader(CLIENT, SECRET, NOW);
const verify = (text: string, nowMs = NOW, secrets = [SECRET]) =>
  verifyStorefrontHeader(text, secrets, nowMs);

describe('verifyStorefrontHeader', () => {
  it('gives the client that the storefront signed for', () => {
    expect(verify(header)).toEqual({ ok: true, ...CLIENT });
  });

  it('writes the address in one way', () => {
    const mapped = signStorefrontHeader({ ...CLIENT, ip: '::ffff:203.0.113.7' }, SECRET, NOW);
    expect(verify(mapped)).toMatchObject({ ok: true, ip: '203.0.113.7' });
  });

  it('knows a missing user agent from an empty one no more than HTTP does', () => {
    const silent = signStorefrontHeader({ ...CLIENT, userAgent: '' }, SECRET, NOW);
    expect(verify(silent)).toMatchObject({ ok: true, userAgent: undefined });
  });

  it('accepts each of two secrets, so that one can be replaced', () => {
    expect(verify(header, NOW, [OTHER, SECRET]).ok).toBe(true);
    expect(verify(header, NOW, [SECRET, OTHER]).ok).toBe(true);
    expect(verify(header, NOW, [OTHER])).toEqual({ ok: false, problem: 'wrong-signature' });
  });

  it('accepts clocks that are 5 minutes apart and no more', () => {
    for (const side of [-1, 1]) {
      expect(verify(header, NOW + side * 300_000).ok).toBe(true);
      expect(verify(header, NOW + side * 301_000)).toEqual({ ok: false, problem: 'expired' });
    }
  });

  it('believes nothing without a secret', () => {
    expect(verify(header, NOW, [])).toEqual({ ok: false, problem: 'no-secret-set' });
  });

  it.each([
    ['nothing', ''],
    ['another version', header.replace('v1', 'v2')],
    ['a part twice', header.replace(';ua=', ';ip=1.1.1.1;ua=')],
    ['parts in another order', header.replace(/(t=\d+);(ip=[^;]+)/, '$2;$1')],
    ['spaces', header.replace(/;/g, '; ')],
    ['two headers in one', `${header}, ${header}`],
    ['padding', `${header}=`],
    ['a line break', `${header}\n`],
    ['a negative time', header.replace('t=', 't=-')],
    ['too much', header.replace('ua=', `ua=${'A'.repeat(5000)}`)],
  ])('refuses %s', (_what, text) => {
    expect(verify(text)).toEqual({ ok: false, problem: 'malformed' });
  });

  it('refuses a well-signed address that is none', () => {
    expect(verify(signStorefrontHeader({ ...CLIENT, ip: '1.2.3.4.5' }, SECRET, NOW))).toEqual({
      ok: false,
      problem: 'malformed',
    });
  });

  it('refuses a well-signed user agent that is no text', () => {
    const bytes = Buffer.from([0xff, 0xfe]).toString('base64url');
    const signedBytes = { ...CLIENT, userAgent: '' };
    const unsigned = signStorefrontHeader(signedBytes, SECRET, NOW).replace(/ua=;.*/, `ua=${bytes}`);
    const { createHmac } = jest.requireActual<typeof import('node:crypto')>('node:crypto');
    const signature = createHmac('sha256', SECRET).update(unsigned).digest('base64url');
    expect(verify(`${unsigned};sig=${signature}`)).toEqual({ ok: false, problem: 'malformed' });
  });

  it('takes line breaks out of the user agent', () => {
    const forged = signStorefrontHeader({ ...CLIENT, userAgent: 'A\r\nerror: forged' }, SECRET, NOW);
    expect(verify(forged)).toMatchObject({ ok: true, userAgent: 'A  error: forged' });
  });

  it('refuses every header of which one character was changed', () => {
    fc.assert(
      fc.property(fc.nat(header.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, other) => {
        fc.pre(header[at] !== other);
        return !verify(header.slice(0, at) + other + header.slice(at + 1)).ok;
      }),
      { numRuns: 1000 },
    );
  });

  it('reads back every client', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.string({ minLength: 1, maxLength: 200 }), (ip, text) => {
        const result = verify(signStorefrontHeader({ ip, userAgent: `x${text}x` }, SECRET, NOW));
        return result.ok && result.ip === ip && result.userAgent?.startsWith('x') === true;
      }),
    );
  });
});

describe("the README's instructions", () => {
  const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
  const example = /```js\n([^]*?storefrontClientHeader[^]*?)```/.exec(readme)?.[1] ?? '';
  const worked = {
    secret: /^secret +(\S+)$/m.exec(readme)?.[1] ?? '',
    now: Number(/^time +(\d+)$/m.exec(readme)?.[1]) * 1000,
    ip: /^address +(\S+)$/m.exec(readme)?.[1] ?? '',
    userAgent: /^user agent +(.+)$/m.exec(readme)?.[1] ?? '',
    header: /^X-Storefront-Client: (\S+)$/m.exec(readme)?.[1] ?? '',
  };

  const sign = (ip: string, userAgent: string, secret: string, nowMs: number): string => {
    const body = example.replace(/^import .*$/gm, '').replace('export function', 'return function');
    // The snippet is read from the README and run as a storefront would run it.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const make = new Function('createHmac', 'process', 'Date', body) as (
      ...args: unknown[]
    ) => (ip: string, userAgent?: string) => string;
    const { createHmac } = jest.requireActual<typeof import('node:crypto')>('node:crypto');
    return make(createHmac, { env: { STOREFRONT_SECRET: secret } }, { now: () => nowMs })(ip, userAgent);
  };

  it('hold a worked example that is right', () => {
    expect(worked.header).not.toBe('');
    expect(signStorefrontHeader(worked, worked.secret, worked.now)).toBe(worked.header);
    expect(verifyStorefrontHeader(worked.header, [worked.secret], worked.now)).toEqual({
      ok: true,
      ip: worked.ip,
      userAgent: worked.userAgent,
    });
  });

  it('hold a snippet that makes the same header', () => {
    expect(sign(worked.ip, worked.userAgent, worked.secret, worked.now)).toBe(worked.header);
  });

  it('hold a snippet whose header is accepted for a very long user agent too', () => {
    const long = sign('2001:db8::1', '\u{1F6D2}'.repeat(2000), SECRET, NOW);
    expect(verify(long)).toMatchObject({ ok: true, ip: '2001:db8::1' });
  });
});
