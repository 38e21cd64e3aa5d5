import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import type { Signals } from '../../types';

/** RFC 5321: longer ones are no addresses. */
const MAX_LENGTH = 254;

/** What an e-mail address says by itself. */
export function emailSignals(text: string | null | undefined): Signals {
  const address = normalizeEmail(text);
  if (address === undefined) return {};
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  return {
    'email.address': address,
    'email.domain': domain,
    'email.disposable': isDisposable(domain),
    'email.digits': (local.match(/\d/g) ?? []).length,
    'email.entropy': entropy(local),
  };
}

/**
 * In lower case, without the spaces around it.
 *
 * @returns undefined for what is no address
 */
export function normalizeEmail(text: string | null | undefined): string | undefined {
  const address = text?.trim().toLowerCase() ?? '';
  return address.length <= MAX_LENGTH && /^[^\s@]+@[^\s@]+$/.test(address) ? address : undefined;
}

/**
 * The mailbox behind an address, for counting: `a.b+shop@gmail.com` and `ab@gmail.com` are one. What stands after a plus
 * is for filters with nearly every provider; dots are ignored by Google alone.
 */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1).replace(/^googlemail\.com$/, 'gmail.com');
  const base = address.slice(0, at).replace(/(?<=.)\+.*$/, '');
  return `${domain === 'gmail.com' ? base.replaceAll('.', '') : base}@${domain}`;
}

/** The library makes it anew at every question. */
let throwAway: ReadonlySet<string> | undefined;

/** Also a domain below one that gives out throw-away addresses. */
function isDisposable(domain: string): boolean {
  throwAway ??= disposableEmailBlocklistSet();
  const labels = domain.split('.');
  for (let from = 0; from < labels.length - 1; from += 1) {
    if (throwAway.has(labels.slice(from).join('.'))) return true;
  }
  return false;
}

/** Shannon's, in bits per character. */
export function entropy(text: string): number {
  const characters = [...text];
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / characters.length;
    bits -= share * Math.log2(share);
  }
  return Math.abs(bits);
}
