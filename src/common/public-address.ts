import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { normalizeIp } from './ip-address';

/** All of IPv6 that is given out; what lies outside of it leads to this machine or its own network. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/** Somebody asked for a machine that is not of the public internet. */
export class PrivateAddressError extends Error {
  readonly code = 'PRIVATE_ADDRESS';

  constructor(readonly host: string) {
    super(`${host} is not an address of the public internet`);
  }
}

/**
 * Whether an IP address is one of the public internet: not of this machine, of a private network, of a link (cloud machines
 * keep their secrets at 169.254.169.254), nor one of IPv6 that leads to an IPv4 address.
 */
export function isPublicIp(text: string): boolean {
  const address = normalizeIp(text);
  if (address === undefined) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6);
}

/** The IP address that an URL names instead of a host, in whatever way it is written (`http://2130706433`). */
export function ipOfUrl(url: URL): string | undefined {
  return normalizeIp(url.hostname.replace(/^\[(.*)\]$/, '$1'));
}

/** All addresses of a host. */
export type Resolve = (
  hostname: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** As the system resolves names, with its file of hosts. */
const resolveAll: Resolve = (hostname, callback) =>
  systemLookup(hostname, { all: true, verbatim: true }, callback);

/**
 * For sockets: gives a host's addresses if all of them are public. It is asked by the connection itself, so a name that is
 * changed after it was checked leads nowhere else.
 */
export function publicLookup(resolve: Resolve = resolveAll): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null) return callback(error, '');
      if (first === undefined || !addresses.every(({ address }) => isPublicIp(address))) {
        return callback(new PrivateAddressError(hostname), '');
      }
      if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/**
 * Whether an URL leads to what is not of the public internet, as far as can be told now. A name that cannot be resolved leads
 * nowhere, which is no harm.
 */
export async function leadsToPrivate(url: URL, timeoutMs: number, resolve = resolveAll): Promise<boolean> {
  const ip = ipOfUrl(url);
  if (ip !== undefined) return !isPublicIp(ip);
  return new Promise(done => {
    const timer = setTimeout(() => done(false), timeoutMs);
    resolve(url.hostname, (error, addresses) => {
      clearTimeout(timer);
      done(error === null && !addresses.every(({ address }) => isPublicIp(address)));
    });
  });
}
