import * as fc from 'fast-check';
import { ipFacts } from './ip';

describe('what an IP address says', () => {
  it.each([
    ['81.2.69.142', '81.2.69.142', false, '81.2.69.0/24'],
    ['::ffff:81.2.69.142', '81.2.69.142', false, '81.2.69.0/24'],
    ['2A00:1450:4001:0801::0200', '2a00:1450:4001:801::200', false, '2a00:1450:4001::/48'],
    ['127.0.0.1', '127.0.0.1', true, '127.0.0.0/24'],
    ['10.1.2.3', '10.1.2.3', true, '10.1.2.0/24'],
    ['100.64.0.1', '100.64.0.1', true, '100.64.0.0/24'],
    ['::1', '::1', true, '::/48'],
    ['fd00::1', 'fd00::1', true, 'fd00::/48'],
    ['fe80::1%eth0', 'fe80::1', true, 'fe80::/48'],
  ])('%s', (text, address, isPrivate, network) => {
    expect(ipFacts(text)).toEqual({ address, isPrivate, network });
  });

  it.each(['', undefined, 'localhost', '1.2.3', '1.2.3.4:80'])('is missing for %j', text => {
    expect(ipFacts(text)).toBeUndefined();
  });

  it('is told of any address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), text => {
        const facts = ipFacts(text);
        expect(facts).toBeDefined();
        // The network's own first address is in the same network.
        expect(ipFacts(facts?.network.split('/')[0])?.network).toBe(facts?.network);
      }),
    );
  });
});
