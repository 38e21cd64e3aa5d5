import { type IpMatcher, parseIpWithPort } from '../../../common/ip-address';

/** More proxies in a row than any shop has: what is further left is not looked at. */
const MAX_HOPS = 20;

/**
 * The address that a chain of trusted proxies vouches for. Each proxy appends the address it was called from,
 * so the list is read from its right end, and only as long as the one who wrote an entry is trusted: the first
 * untrusted address is the client. What stands left of it was written by the client and is worth nothing.
 *
 * An entry that is not an address ends the walk too: the answer is then the last address that is certain.
 *
 * @param peer the address of the connection, normalized
 * @param header the value of `X-Forwarded-For`
 */
export function clientBehindProxies(peer: string, header: string, isTrusted: IpMatcher): string {
  let client = peer;
  const entries = header.split(',');
  for (let hop = 1; hop <= Math.min(entries.length, MAX_HOPS); hop++) {
    if (!isTrusted(client)) return client;
    const previous = parseIpWithPort(entries[entries.length - hop]?.trim() ?? '');
    if (previous === undefined) return client;
    client = previous;
  }
  return client;
}
