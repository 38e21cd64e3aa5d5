import { BlockList, SocketAddress, isIP } from 'node:net';

/** Networks that may be named instead of written out. */
const NAMED_NETWORKS: Record<string, readonly string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
};

/** The longest text that can be an address: IPv6 with an embedded IPv4 address and a zone. */
const MAX_ADDRESS_LENGTH = 80;

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;

/** Tells whether an address, in the form that `normalizeIp` gives, belongs to a network. */
export type IpMatcher = (ip: string) => boolean;

/**
 * The one way to write an address, so that equal addresses are equal texts: IPv4 with dots also when it is
 * embedded in IPv6 (`::ffff:192.0.2.1`), IPv6 compressed and in lower case, without its zone (`%eth0`), which
 * means something on one machine only.
 *
 * @returns undefined for anything that is not an address, for instance with a port
 */
export function normalizeIp(text: string): string | undefined {
  if (text.length > MAX_ADDRESS_LENGTH) return undefined;
  const family = isIP(text);
  if (family === 0) return undefined;
  if (family === 4) return text;
  const compressed = new SocketAddress({ address: text.replace(/%.*$/, ''), family: 'ipv6' }).address;
  return MAPPED_IPV4.exec(compressed)?.[1] ?? compressed;
}

/** An address that may be followed by a port, as proxies write it: `192.0.2.1:80`, `[2001:db8::1]:80`. */
export function parseIpWithPort(text: string): string | undefined {
  if (text.length > MAX_ADDRESS_LENGTH) return undefined;
  const plain = normalizeIp(text);
  if (plain !== undefined) return plain;
  const parts = /^(?:\[([^\]]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d{1,5})?$/.exec(text);
  if (parts === null) return undefined;
  const address = parts[1] ?? parts[2] ?? '';
  // Brackets belong to IPv6 alone.
  if (parts[1] !== undefined && isIP(address) !== 6) return undefined;
  return normalizeIp(address);
}

/** Whether this names networks that `networkMatcher` understands. */
export function isNetwork(text: string): boolean {
  return Object.hasOwn(NAMED_NETWORKS, text) || parseNetwork(text) !== undefined;
}

/**
 * @param networks addresses, networks (`10.0.0.0/8`, `2001:db8::/32`) and the names `loopback`, `private` and
 *   `linklocal`
 * @throws RangeError for anything else; also for a prefix of 0, which would be every address there is
 */
export function networkMatcher(networks: readonly string[]): IpMatcher {
  const list = new BlockList();
  for (const text of networks.flatMap(item => NAMED_NETWORKS[item] ?? [item])) {
    const network = parseNetwork(text);
    if (network === undefined) throw new RangeError(`"${text}" is not an address or a network`);
    list.addSubnet(network.address, network.prefix, network.family);
  }
  return ip => {
    const family = isIP(ip);
    return family !== 0 && list.check(ip, family === 4 ? 'ipv4' : 'ipv6');
  };
}

function parseNetwork(
  text: string,
): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | undefined {
  const parts = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text);
  const address = parts?.[1];
  if (address === undefined) return undefined;
  const family = isIP(address);
  if (family === 0) return undefined;
  // An IPv4 address inside IPv6 is compared in its IPv4 form, so its network has to be written so too.
  if (family === 6 && isIP(normalizeIp(address) ?? '') === 4) return undefined;
  const bits = family === 4 ? 32 : 128;
  const prefix = parts?.[2] === undefined ? bits : Number(parts[2]);
  if (prefix < 1 || prefix > bits) return undefined;
  return { address, prefix, family: family === 4 ? 'ipv4' : 'ipv6' };
}
