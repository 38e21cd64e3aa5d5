import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { isDummyToken, type DummyToken } from './dummy-tokens';

/** All that the dummy knows of a payment. */
export interface DummyPayment {
  readonly token: DummyToken;
  readonly manual: boolean;
  readonly amount: number;
  readonly currency: string;
  readonly reference: string;
  /** Whether 3-D Secure was asked for, by the token or the risk check. */
  readonly confirmed: boolean;
  readonly madeAt: Date;
}

const PREFIX = 'dummy_';
const SEAL_LENGTH = 12;

const Content = z.tuple([
  z.string().refine(isDummyToken),
  z.boolean(),
  z.number().int().nonnegative(),
  z.string().length(3),
  z.string().max(64),
  z.boolean(),
  z.number().int().nonnegative(),
]);

/** The id of a payment holds it whole: whichever process is asked later needs nothing else. */
export function dummyTransactionId(payment: DummyPayment, secret: string): string {
  const { token, manual, amount, currency, reference, confirmed, madeAt } = payment;
  const content = Buffer.from(
    JSON.stringify([token, manual, amount, currency, reference, confirmed, madeAt.getTime()]),
  ).toString('base64url');
  return `${PREFIX}${content}.${seal(content, secret)}`;
}

/** @returns null for what is no id of the dummy's, or another dummy's */
export function readDummyTransactionId(id: string, secret: string): DummyPayment | null {
  const [content, found, ...more] = id.startsWith(PREFIX) ? id.slice(PREFIX.length).split('.') : [];
  if (content === undefined || found?.length !== SEAL_LENGTH || more.length > 0) return null;
  if (!timingSafeEqual(Buffer.from(found.padEnd(64)), Buffer.from(seal(content, secret).padEnd(64))))
    return null;
  const parsed = Content.safeParse(JSON.parse(Buffer.from(content, 'base64url').toString('utf8')));
  if (!parsed.success) return null;
  const [token, manual, amount, currency, reference, confirmed, madeAt] = parsed.data;
  return { token, manual, amount, currency, reference, confirmed, madeAt: new Date(madeAt) };
}

function seal(content: string, secret: string): string {
  return createHmac('sha256', secret).update(content).digest('base64url').slice(0, SEAL_LENGTH);
}
