import { normalizeIp } from '../../../../common/ip-address';
import type { Lists, Signals } from '../../types';
import { normalizeText } from './normalize-text';

/** Lists that decide by themselves. */
export const ALLOW_LIST = 'allow';
export const BLOCK_LIST = 'block';

export function isDecidingList(list: string): boolean {
  return list === ALLOW_LIST || list === BLOCK_LIST;
}

/** What stands in them, by the kind that may be written before a value (`card:...`). */
export const LISTED_KINDS = ['email', 'domain', 'ip', 'device', 'card', 'customer'] as const;
export type ListedKind = (typeof LISTED_KINDS)[number];

const SIGNAL_OF: Readonly<Record<ListedKind, string>> = {
  email: 'email.address',
  domain: 'email.domain',
  ip: 'ip.address',
  device: 'device.fingerprint',
  card: 'payment.fingerprint',
  customer: 'customer.id',
};

/** What is looked up in them. */
export const LISTED_SIGNALS: readonly string[] = Object.values(SIGNAL_OF);

const PREFIX = /^(email|domain|ip|device|card|customer):(.+)$/s;

/** A value of these lists with the kind that is written before it, if there is one. */
export function splitKind(value: string): { kind: ListedKind | null; rest: string } {
  const parts = PREFIX.exec(value);
  // `ip:` and the others are no beginnings of an IPv6 address.
  if (parts === null) return { kind: null, rest: value };
  return { kind: parts[1] as ListedKind, rest: parts[2] ?? '' };
}

/**
 * Whether the list has anything of this attempt: its e-mail address or domain, IP address or network, device, card or
 * customer.
 */
export function isListed(lists: Lists, list: string, signals: Signals): boolean {
  return LISTED_KINDS.some(kind => {
    const value = signals[SIGNAL_OF[kind]];
    if (typeof value !== 'string' || value === '') return false;
    if (lists.has(list, `${kind}:${value}`) === true) return true;
    return maybe(kind, value) && lists.has(list, value) === true;
  });
}

/**
 * Whether a value without a written kind may mean this one. The device's fingerprint is what a browser sends: it must not
 * pass for another customer, address or card by having its form.
 */
function maybe(kind: ListedKind, value: string): boolean {
  if (kind !== 'device' && kind !== 'card') return true;
  const text = normalizeText(value);
  const otherForm =
    /^\d{1,12}$/.test(text) || text.includes('@') || normalizeIp(text) !== undefined || DOMAIN.test(text);
  return !otherForm;
}

const DOMAIN = /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u;
