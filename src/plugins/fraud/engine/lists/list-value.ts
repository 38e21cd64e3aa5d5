import { isIP } from 'node:net';
import { parse } from 'ipaddr.js';
import { normalizeIp } from '../../../../common/ip-address';
import { ALLOW_LIST, BLOCK_LIST, isDecidingList, splitKind } from '../rules/meaningful-lists';
import { normalizeText } from '../rules/normalize-text';

export const MAX_LIST_VALUE = 255;

/** Lists whose meaning needs addresses: a signal is made of each. */
export const ADDRESS_LISTS: readonly string[] = ['hosting', 'tor', 'proxy'];

/** Lists that belong to every shop, in the order of their names. */
export const BUILT_IN_LISTS: readonly string[] = [ALLOW_LIST, BLOCK_LIST, ...ADDRESS_LISTS].sort();

export type ListValueProblem =
  'too-long' | 'control-characters' | 'malformed-network' | 'not-an-address' | 'network-too-wide';

/** Wider ones are mistakes: a sixteen-millionth of all addresses is more than anybody has to name. */
const WIDEST = { 4: 8, 6: 16 } as const;

/** A network by its first address, in the one form in which it is kept. */
export interface Network {
  readonly family: 4 | 6;
  /** The address's bits, as many as the prefix has; the others are 0. */
  readonly bits: bigint;
  readonly prefix: number;
}

/** A value of a list in the one form in which it is kept and compared; see `normalizeText`. Addresses by what they mean. */
export function normalizeListValue(
  list: string,
  text: string,
): { value: string } | { problem: ListValueProblem } {
  const value = normalizeText(text);
  if (value.length > MAX_LIST_VALUE) return { problem: 'too-long' };
  if (/\p{Cc}/u.test(value)) return { problem: 'control-characters' };
  const { kind, rest } = isDecidingList(list) ? splitKind(value) : { kind: null, rest: value };
  const asAddress = addressValue(rest);
  if (asAddress !== undefined && (kind === null || kind === 'ip')) {
    return 'problem' in asAddress || kind === null ? asAddress : { value: `ip:${asAddress.value}` };
  }
  if (kind === 'ip' || ADDRESS_LISTS.includes(list)) return { problem: 'not-an-address' };
  return { value };
}

function addressValue(text: string): { value: string } | { problem: ListValueProblem } | undefined {
  const address = normalizeIp(text);
  if (address !== undefined) return { value: address };
  const slash = text.indexOf('/');
  if (slash < 0 || isIP(text.slice(0, slash)) === 0) return undefined;
  const network = parseNetwork(text);
  if (network === undefined) return { problem: 'malformed-network' };
  const { family, prefix } = network;
  if (prefix < WIDEST[family]) return { problem: 'network-too-wide' };
  const start = writeAddress(network);
  return { value: prefix === (family === 4 ? 32 : 128) ? start : `${start}/${prefix}` };
}

/** @returns undefined for what is no network. IPv4 inside IPv6 is IPv4 */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/');
  const written = slash < 0 ? text : text.slice(0, slash);
  const address = normalizeIp(written);
  if (address === undefined) return undefined;
  const family = isIP(address) === 4 ? 4 : 6;
  const all = family === 4 ? 32 : 128;
  if (slash < 0) return { family, bits: addressBits(address), prefix: all };
  if (!/^\d{1,3}$/.test(text.slice(slash + 1))) return undefined;
  // The prefix of a mapped address counts the 96 bits before it.
  const mapped = family === 4 && isIP(written) === 6 ? 96 : 0;
  const prefix = Number(text.slice(slash + 1)) - mapped;
  if (prefix < 0 || prefix > all) return undefined;
  const spare = BigInt(all - prefix);
  return { family, bits: (addressBits(address) >> spare) << spare, prefix };
}

/** @param address as `normalizeIp` writes it */
export function addressBits(address: string): bigint {
  return parse(address)
    .toByteArray()
    .reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
}

function writeAddress({ family, bits }: Network): string {
  if (family === 4) {
    return [24n, 16n, 8n, 0n].map(shift => String((bits >> shift) & 255n)).join('.');
  }
  const groups = Array.from({ length: 8 }, (_, index) => (bits >> BigInt(16 * (7 - index))) & 0xffffn);
  const text = groups.map(group => group.toString(16)).join(':');
  return normalizeIp(text) ?? text;
}
