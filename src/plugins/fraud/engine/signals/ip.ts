import ipaddr from 'ipaddr.js';
import { normalizeIp } from '../../../../common/ip-address';

/** Kinds of addresses that shoppers have on the public internet. */
const PUBLIC_RANGES = new Set<string>(['unicast', '6to4', 'teredo', 'rfc6052']);

/** IPv6 users have at least a /64 of their own, and most may take any of a /48. */
const NETWORK_BITS = { ipv4: 24, ipv6: 48 } as const;

export interface IpFacts {
  /** Normalized: equal addresses are equal texts. */
  readonly address: string;
  /** Whether it is no address of the public internet. */
  readonly isPrivate: boolean;
  /** `192.0.2.0/24`, `2001:db8:1::/48`. */
  readonly network: string;
}

/** @returns undefined for what is no address */
export function ipFacts(text: string | undefined): IpFacts | undefined {
  const address = normalizeIp(text ?? '');
  if (address === undefined) return undefined;
  const parsed = ipaddr.parse(address);
  const bits = NETWORK_BITS[parsed.kind()];
  const bytes = parsed.toByteArray().map((byte, index) => (index < bits / 8 ? byte : 0));
  return {
    address,
    isPrivate: !PUBLIC_RANGES.has(parsed.range()),
    network: `${ipaddr.fromByteArray(bytes).toString()}/${bits}`,
  };
}
