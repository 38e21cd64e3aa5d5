import { createHmac, timingSafeEqual } from 'node:crypto';

const VERSION = 'v1';

/**
 * The signature of a webhook: over the time too, so that an old call cannot be sent again later.
 *
 * @param timestamp seconds since 1970, as in the header
 * @param body the very bytes that are sent
 */
export function webhookSignature(secret: string, timestamp: string, body: string): string {
  return `${VERSION}=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

/** What a receiver does: compares in constant time, and takes no call that is older than the tolerance. */
export function verifyWebhook(
  secret: string,
  call: { timestamp: string; body: string; signature: string },
  now: Date,
  toleranceSeconds = 300,
): boolean {
  if (!/^\d{1,12}$/.test(call.timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(call.timestamp)) > toleranceSeconds) return false;
  const expected = Buffer.from(webhookSignature(secret, call.timestamp, call.body));
  const given = Buffer.from(call.signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
