import * as fc from 'fast-check';
import { networkMatcher } from '../../../common/ip-address';
import { clientBehindProxies } from './forwarded-for';

const PROXY = '10.0.0.1';
const trusted = networkMatcher(['10.0.0.0/8', 'fd00::/8']);
const behind = (header: string, peer = PROXY) => clientBehindProxies(peer, header, trusted);

describe('clientBehindProxies', () => {
  it('takes the address that the trusted proxy appended', () => {
    expect(behind('203.0.113.7')).toBe('203.0.113.7');
  });

  it('does not believe what the client itself wrote on the left', () => {
    expect(behind('1.1.1.1, 203.0.113.7')).toBe('203.0.113.7');
    expect(behind('10.9.9.9, 203.0.113.7')).toBe('203.0.113.7');
  });

  it('walks through several trusted proxies', () => {
    expect(behind('1.1.1.1, 203.0.113.7, 10.2.0.1, fd00::3')).toBe('203.0.113.7');
  });

  it('gives the leftmost address when all are trusted', () => {
    expect(behind('10.3.0.1,10.2.0.1')).toBe('10.3.0.1');
  });

  it('reads ports, brackets and embedded IPv4', () => {
    expect(behind('203.0.113.7:51234')).toBe('203.0.113.7');
    expect(behind('[2001:DB8::7]:51234')).toBe('2001:db8::7');
    expect(behind('203.0.113.7, ::ffff:10.2.0.1')).toBe('203.0.113.7');
  });

  it.each(['', ' ', ',', 'unknown', '203.0.113.7,', '203.0.113.7, _hidden', '203.0.113.7, 10.0.0.999'])(
    'stops at the last certain address in %j',
    header => {
      expect(behind(header)).toBe(PROXY);
    },
  );

  it('stops after 20 hops', () => {
    expect(behind(`203.0.113.7,${Array(30).fill('10.1.1.1').join(',')}`)).toBe('10.1.1.1');
  });

  it('never lets an untrusted peer change its address', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.ipV4(), fc.ipV6()).filter(ip => !trusted(ip)),
        fc.oneof(
          fc.string(),
          fc.array(fc.ipV4()).map(ips => ips.join(', ')),
        ),
        (peer, header) => behind(header, peer) === peer,
      ),
    );
  });

  it('gives the same whatever a client puts in front', () => {
    fc.assert(
      fc.property(
        fc.ipV4().filter(ip => !trusted(ip)),
        fc.string(),
        (client, forged) => behind(`${forged},${client}`) === client,
      ),
    );
  });
});
