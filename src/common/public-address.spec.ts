import type { LookupAddress } from 'node:dns';
import { ipOfUrl, isPublicIp, leadsToPrivate, publicLookup, type Resolve } from './public-address';

const PUBLIC = ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2a00:1450:4001::1', '2606:4700::1111'];
const PRIVATE = [
  '127.0.0.1',
  '127.255.0.9',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '192.0.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::1',
  '2001:0:7f00:1::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  'nowhere',
  '',
];

const resolving =
  (...addresses: string[]): Resolve =>
  (_hostname, callback) =>
    setImmediate(callback, null, addresses.map(given));
const failing: Resolve = (_hostname, callback) =>
  setImmediate(callback, Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []);

function given(address: string): LookupAddress {
  return { address, family: address.includes(':') ? 6 : 4 };
}

const looked = (resolve: Resolve, all: boolean) =>
  new Promise<unknown>(done => {
    publicLookup(resolve)('host.example', { all }, (error, address) => done(error?.message ?? address));
  });

describe('addresses of the public internet', () => {
  it.each(PUBLIC)('%s is one', address => expect(isPublicIp(address)).toBe(true));
  it.each(PRIVATE)('%s is none', address => expect(isPublicIp(address)).toBe(false));

  it.each([
    ['http://2130706433/', '127.0.0.1'],
    ['http://0x7f.1/', '127.0.0.1'],
    ['http://0177.0.0.1/', '127.0.0.1'],
    ['http://[::1]:80/', '::1'],
    ['http://[::ffff:169.254.169.254]/', '169.254.169.254'],
    ['http://①②⑦.0.0.1/', '127.0.0.1'],
    ['http://hooks.example/', undefined],
  ])('%s names %s', (url, ip) => expect(ipOfUrl(new URL(url))).toBe(ip));
});

describe('the lookup of public hosts', () => {
  it('gives what a socket asks for', async () => {
    const resolve = resolving('8.8.8.8', '2606:4700::1111');
    expect(await looked(resolve, false)).toBe('8.8.8.8');
    expect(await looked(resolve, true)).toEqual([given('8.8.8.8'), given('2606:4700::1111')]);
  });

  it.each([true, false])('gives none where one of them is private (all: %s)', async all => {
    const refused = 'host.example is not an address of the public internet';
    expect(await looked(resolving('8.8.8.8', '10.0.0.1'), all)).toBe(refused);
    expect(await looked(resolving('8.8.8.8', '::1'), all)).toBe(refused);
    expect(await looked(resolving(), all)).toBe(refused);
  });

  it('says that a name is not there', async () => {
    expect(await looked(failing, true)).toBe('no such name');
  });
});

describe('whether an URL leads to a private place', () => {
  const leads = (url: string, resolve: Resolve) => leadsToPrivate(new URL(url), 50, resolve);

  it('by its address, or any of its name', async () => {
    expect(await leads('http://169.254.169.254/latest', failing)).toBe(true);
    expect(await leads('http://8.8.8.8/', failing)).toBe(false);
    expect(await leads('http://host.example/', resolving('8.8.8.8', '192.168.0.1'))).toBe(true);
    expect(await leads('http://host.example/', resolving('8.8.8.8'))).toBe(false);
  });

  it('a name that leads nowhere, or that nobody answers for, is no private place', async () => {
    expect(await leads('http://host.example/', failing)).toBe(false);
    expect(await leads('http://host.example/', () => undefined)).toBe(false);
  });

  it('knows the names of this machine', async () => {
    expect(await leadsToPrivate(new URL('http://localhost:3000/'), 5_000)).toBe(true);
  });
});
