import * as fc from 'fast-check';
import { isNetwork, networkMatcher, normalizeIp, parseIpWithPort } from './ip-address';

describe('normalizeIp', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:C000:0201', '192.0.2.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['0:0:0:0:0:0:0:1', '::1'],
  ])('writes %s as %s', (text, normal) => {
    expect(normalizeIp(text)).toBe(normal);
  });

  it.each([
    '',
    ' 192.0.2.1',
    '192.0.2.1:80',
    '192.0.2',
    '192.0.2.256',
    '010.0.0.1',
    '0x7f.0.0.1',
    '2130706433',
    '[::1]',
    'localhost',
    'unknown',
    '192.0.2.1\n',
    `fe80::1%${'x'.repeat(100)}`,
  ])('refuses %j', text => {
    expect(normalizeIp(text)).toBeUndefined();
  });

  it('gives what it keeps as it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), text => {
        const normal = normalizeIp(text);
        expect(normal).toBeDefined();
        expect(normalizeIp(normal ?? '')).toBe(normal);
      }),
    );
  });
});

describe('parseIpWithPort', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:8080', '192.0.2.1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['[::ffff:192.0.2.1]:1', '192.0.2.1'],
  ])('reads %s', (text, ip) => {
    expect(parseIpWithPort(text)).toBe(ip);
  });

  it.each([
    '[192.0.2.1]:80',
    '192.0.2.1:',
    '192.0.2.1:123456',
    '[2001:db8::1',
    'unknown',
    '_hidden',
    '"192.0.2.1"',
  ])('refuses %s', text => {
    expect(parseIpWithPort(text)).toBeUndefined();
  });
});

describe('networkMatcher', () => {
  it.each([
    [['192.0.2.7'], '192.0.2.7', true],
    [['192.0.2.7'], '192.0.2.8', false],
    [['10.0.0.0/8'], '10.255.0.1', true],
    [['10.0.0.0/8'], '11.0.0.1', false],
    [['2001:db8::/32'], '2001:db8:ffff::1', true],
    [['2001:db8::/32'], '2001:db9::1', false],
    [['loopback'], '::1', true],
    [['loopback'], '127.9.9.9', true],
    [['private'], '172.31.0.1', true],
    [['private'], '172.32.0.1', false],
    [['private'], 'fd00::1', true],
    [['linklocal'], 'fe80::1', true],
    [[], '127.0.0.1', false],
    [['loopback'], 'nonsense', false],
  ])('%j has %s: %s', (networks, ip, expected) => {
    expect(networkMatcher(networks)(ip)).toBe(expected);
  });

  it.each([
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0/8',
    '::ffff:10.0.0.0/104',
    'fe80::1%eth0',
    'proxy.example',
    'Loopback',
    'constructor',
    '',
  ])('refuses %j', text => {
    expect(isNetwork(text)).toBe(false);
    expect(() => networkMatcher([text])).toThrow(RangeError);
  });
});
