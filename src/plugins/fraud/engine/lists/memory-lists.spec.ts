import * as fc from 'fast-check';
import { networkMatcher } from '../../../../common/ip-address';
import { normalizeListValue } from './list-value';
import { MemoryLists } from './memory-lists';

const ALWAYS = { addedIn: 1, removedIn: null };

function listsOf(list: string, ...values: string[]): MemoryLists {
  const lists = new MemoryLists([list]);
  for (const text of values) {
    const result = normalizeListValue(list, text);
    if ('problem' in result) throw new Error(result.problem);
    lists.add(list, result.value, ALWAYS);
  }
  return lists;
}

const has = (list: string, entry: string, value: string) => listsOf(list, entry).at(1).has(list, value);

describe('normalizeListValue', () => {
  it.each([
    ['x', ' Eve@EVIL.org ', 'eve@evil.org'],
    ['x', '2001:DB8::0:1', '2001:db8::1'],
    ['x', '::ffff:192.0.2.1', '192.0.2.1'],
    ['x', '192.0.2.77/24', '192.0.2.0/24'],
    ['x', '192.0.2.77/32', '192.0.2.77'],
    ['x', '2001:db8:1::/32', '2001:db8::/32'],
    ['x', '::ffff:192.0.2.0/120', '192.0.2.0/24'],
    ['x', 'card:abc', 'card:abc'],
    ['block', 'IP:192.0.2.9/24', 'ip:192.0.2.0/24'],
    ['block', 'device:192.0.2.9', 'device:192.0.2.9'],
  ])('in %s: %s is %s', (list, text, value) => {
    expect(normalizeListValue(list, text)).toEqual({ value });
  });

  it.each([
    ['x', 'a'.repeat(256), 'too-long'],
    ['x', 'a\u0000b', 'control-characters'],
    ['x', '192.0.2.0/33', 'malformed-network'],
    ['x', '192.0.2.0/x', 'malformed-network'],
    ['x', '10.0.0.0/7', 'network-too-wide'],
    ['x', '2000::/3', 'network-too-wide'],
    ['tor', 'evil.org', 'not-an-address'],
    ['block', 'ip:evil.org', 'not-an-address'],
  ])('in %s: refuses %s (%s)', (list, text, problem) => {
    expect(normalizeListValue(list, text)).toEqual({ problem });
  });
});

describe('MemoryLists', () => {
  it.each([
    ['x', 'Eve@evil.org', ' EVE@evil.ORG', true],
    ['x', '192.0.2.0/24', '192.0.2.255', true],
    ['x', '192.0.2.0/24', '192.0.3.0', false],
    ['x', '192.0.2.0/24', '::ffff:192.0.2.7', true],
    ['x', '2001:db8::/32', '2001:DB8:ffff::1', true],
    ['x', '2001:db8::/32', '2001:db9::1', false],
    ['block', '192.0.2.0/24', 'ip:192.0.2.1', true],
    ['block', 'ip:192.0.2.0/24', 'ip:192.0.2.1', true],
    ['block', '192.0.2.0/24', 'device:192.0.2.1', false],
    ['block', 'device:D1', 'device:d1', true],
    ['block', 'device:d1', 'd1', false],
  ])('%s with %s: has %s: %s', (list, entry, value, expected) => {
    expect(has(list, entry, value)).toBe(expected);
  });

  it('tells a list that is not there from one that is empty', () => {
    const lists = new MemoryLists(['empty']).at(1);
    expect(lists.has('empty', 'x')).toBe(false);
    expect(lists.has('gone', 'x')).toBeUndefined();
  });

  it('says what it said in each version', () => {
    const lists = new MemoryLists(['x']);
    lists.add('x', 'a', { addedIn: 2, removedIn: 4 });
    lists.add('x', 'a', { addedIn: 6, removedIn: null });
    lists.add('x', '10.0.0.0/8', { addedIn: 3, removedIn: 5 });
    const told = (value: string) => [1, 2, 3, 4, 5, 6].map(version => lists.at(version).has('x', value));
    expect(told('a')).toEqual([false, true, true, false, false, true]);
    expect(told('10.1.2.3')).toEqual([false, false, true, true, false, false]);
  });

  it('knows the same networks as the platform does', () => {
    const network = fc
      .tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.integer({ min: 16, max: 128 }))
      .map(([address, prefix]) => `${address}/${address.includes(':') ? prefix : Math.min(prefix, 32)}`)
      .filter(text => 'value' in normalizeListValue('x', text))
      // To the platform, IPv4 is also in the IPv6 network ::/80 and those around it.
      .filter(text => !/^(0{0,4}:){1,2}/.test(text));
    fc.assert(
      fc.property(
        fc.array(network, { minLength: 1, maxLength: 5 }),
        fc.oneof(fc.ipV4(), fc.ipV6()),
        (all, ip) => {
          const addresses = [ip, ...all.map(text => text.slice(0, text.indexOf('/')))];
          const expected = networkMatcher(all);
          const lists = listsOf('x', ...all).at(1);
          for (const address of addresses) expect(lists.has('x', address)).toBe(expected(address));
        },
      ),
    );
  });
});
