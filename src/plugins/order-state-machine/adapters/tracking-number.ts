import { createHash } from 'node:crypto';

const SERIAL_DIGITS = 17;

/**
 * The built-in carrier's number of a parcel: 17 digits out of the key, and a check digit as GS1 reckons it (SSCC). The
 * same key gives the same number, and nobody can guess another parcel's number from it.
 */
export function trackingNumberFor(idempotencyKey: string): string {
  const digest = createHash('sha256').update(idempotencyKey).digest();
  const serial = (digest.readBigUInt64BE(0) % 10n ** BigInt(SERIAL_DIGITS))
    .toString()
    .padStart(SERIAL_DIGITS, '0');
  return `${serial}${checkDigit(serial)}`;
}

/** GS1's: digits weighted 3, 1, 3, ... from the right, up to the next ten. */
export function checkDigit(digits: string): string {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

export function isTrackingNumber(value: string): boolean {
  return /^\d{18}$/.test(value) && checkDigit(value.slice(0, -1)) === value.slice(-1);
}

/** In groups, for people. */
export function spacedTrackingNumber(value: string): string {
  return value.replace(/(.{4})(?=.)/g, '$1 ');
}
