import { z } from 'zod';
import type { EntityKind, SignalValue, Transaction } from '../../types';
import { emailSignals, mailboxOf } from '../signals/email';
import { ipFacts } from '../signals/ip';
import { browserFacts } from '../signals/user-agent';

const DAY = 86_400_000;
/** Before it, a number of seconds; from it on (1973 in ms), one of milliseconds. */
const FIRST_MILLISECONDS = 1e11;

const id = z.union([z.string().min(1).max(200), z.number()]);
const transactionSchema = z.looseObject({ type: z.literal('tx'), id });
const lineSchema = z.discriminatedUnion('type', [
  transactionSchema,
  z.object({
    type: z.literal('label'),
    id,
    fraud: z.union([z.boolean(), z.literal(0), z.literal(1)]).transform(Boolean),
  }),
  z.object({ type: z.literal('retrain') }),
]);

export type StreamLine = z.infer<typeof lineSchema>;
export type TransactionLine = z.infer<typeof transactionSchema>;

/** @throws an error that says what is wrong with the line */
export function parseLine(text: string): StreamLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('it is no JSON');
  }
  const { success, data, error } = lineSchema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  throw new Error(`${issue?.path.join('.') || 'the line'}: ${issue?.message}`);
}

/** Fields that have a meaning; all others are signals without a description. */
const MEANINGFUL = new Set([
  'type',
  'id',
  'ts',
  'amount',
  'currency',
  'customer_id',
  'card_id',
  'merchant_id',
  'ip',
  'device_id',
  'email',
  'user_agent',
  'signup_ts',
  'country',
  'lat',
  'lng',
  'expiration_date',
  'provider',
  // The answer: never part of the question.
  'fraud',
  'is_fraud',
  'label',
]);

/**
 * What a line says, as the engine wants it.
 *
 * @param clock the newest moment so far: that of a line without one
 * @throws an error that says which field is wrong
 */
export function transactionOf(line: TransactionLine, clock: number): Transaction {
  const at = momentOf(line.ts) ?? clock;
  if (!Number.isFinite(at)) throw new Error('ts: the first line needs a time');
  const amount = numberOf(line.amount);
  if (amount === undefined && !isMissing(line.amount)) throw new Error('amount: it is no number');
  const keys: Partial<Record<EntityKind, string>> = {};
  const signals: Record<string, SignalValue> = {};
  const key = (kind: EntityKind, value: unknown) => {
    if (!isMissing(value) && typeof value !== 'object') keys[kind] = String(value);
  };
  const signal = (name: string, value: SignalValue | undefined) => {
    if (value !== undefined) signals[name] = value;
  };

  key('customer', line.customer_id);
  key('card', line.card_id);
  key('merchant', line.merchant_id);
  key('device', line.device_id);
  signal('order.amount', amount);
  signal('order.currency', textOf(line.currency));
  signal('order.billingCountry', textOf(line.country));
  signal('payment.provider', textOf(line.provider));
  signal('customer.id', keys.customer);
  signal('device.fingerprint', keys.device);
  const email = emailSignals(textOf(line.email));
  const address = email['email.address'];
  Object.assign(signals, email);
  if (typeof address === 'string') keys.email = mailboxOf(address);
  const ip = ipFacts(textOf(line.ip));
  if (ip) {
    keys.ip = ip.address;
    keys.network = ip.network;
    signals['ip.address'] = ip.address;
    signals['ip.private'] = ip.isPrivate;
  }
  const userAgent = textOf(line.user_agent);
  if (userAgent !== undefined) {
    const { browser, os, automation } = browserFacts(userAgent.slice(0, 1_000));
    signal('device.browser', browser);
    signal('device.os', os);
    signals['device.automation'] = automation;
  }
  const signup = momentOf(line.signup_ts);
  if (signup !== undefined) signals['customer.accountAgeDays'] = (at - signup) / DAY;
  const expiry = expiryOf(line.expiration_date);
  if (expiry !== undefined) signals['other.daysToExpiry'] = (expiry - at) / DAY;
  const [latitude, longitude] = [numberOf(line.lat), numberOf(line.lng)];
  if (latitude !== undefined && Math.abs(latitude) <= 90) signals['place.latitude'] = latitude;
  if (longitude !== undefined && Math.abs(longitude) <= 180) signals['place.longitude'] = longitude;
  for (const name in line) {
    if (!MEANINGFUL.has(name)) signal(`other.${name.slice(0, 100)}`, genericOf(line[name], at));
  }
  return { id: String(line.id), at, amount: amount ?? null, keys, signals };
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || Number.isNaN(value);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** ISO 8601 (without a zone: UTC), or seconds or milliseconds since 1970. */
function momentOf(value: unknown): number | undefined {
  if (isMissing(value)) return undefined;
  const number = numberOf(value);
  if (number !== undefined) return Math.abs(number) < FIRST_MILLISECONDS ? number * 1_000 : number;
  if (typeof value !== 'string') return undefined;
  const text = value.trim().replace(/^(\d{4}-\d{2}-\d{2})[ T]/, '$1T');
  const zoned = /T[\d:.]+$/.test(text) ? `${text}Z` : text;
  const at = Date.parse(zoned);
  return Number.isNaN(at) ? undefined : at;
}

/** `2027-03`, `03/27`, `03/2027`, or a date: the month that it is in. */
function expiryOf(value: unknown): number | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const short = /^(\d{1,2})[/-](\d{2}|\d{4})$/.exec(text);
  if (short) {
    const year = Number(short[2]) + (short[2]?.length === 2 ? 2_000 : 0);
    return Date.UTC(year, Number(short[1]), 1);
  }
  const long = /^(\d{4})-(\d{1,2})$/.exec(text);
  return long ? Date.UTC(Number(long[1]), Number(long[2]), 1) : momentOf(text);
}

/** A scalar of which only its form is known: numbers in texts are numbers, dates are days ago, all else is a category. */
function genericOf(value: unknown, at: number): SignalValue | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return numberOf(value);
  if (typeof value !== 'string' || isMissing(value.trim())) return undefined;
  const text = value.trim();
  // A leading zero is that of a code.
  if (/^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text)) return Number(text);
  if (/^\d{4}-\d{2}-\d{2}([T ]|$)/.test(text)) {
    const moment = momentOf(text);
    if (moment !== undefined) return (at - moment) / DAY;
  }
  return text;
}
