import { createHmac, timingSafeEqual } from 'node:crypto';
import { normalizeIp } from '../../../common/ip-address';
import type { StorefrontHeaderProblem } from '../types';
import { cleanUserAgent } from './user-agent';

/**
 * The signed header by which a storefront's server tells on whose behalf it calls:
 *
 *     X-Storefront-Client: v1;t=<time>;ip=<address>;ua=<user agent>;sig=<signature>
 *
 * - time: seconds since 1970, UTC
 * - user agent: base64url of its UTF-8 bytes, without padding; may be empty
 * - signature: base64url, without padding, of the HMAC-SHA-256 whose key is the secret's UTF-8 bytes and whose
 *   message is the header's own text before `;sig=`
 *
 * The header names no request and holds no nonce, so that a storefront may sign once for a page and use it for
 * all the calls of that page. Who can read it can use it again until it expires, to appear as that one shopper:
 * not as another, not longer, and it opens no session.
 */
const FORMAT =
  /^(v1;t=(\d{1,11});ip=([0-9A-Za-z:.%]{2,64});ua=([A-Za-z0-9_-]{0,3000}));sig=([A-Za-z0-9_-]{43})$/;

/** Longer headers are not looked at. Four times what a real one needs. */
export const MAX_STOREFRONT_HEADER_LENGTH = 4096;

/** How far the storefront's clock and ours may be apart, in either direction (s). */
export const MAX_CLOCK_SKEW_S = 300;

export type StorefrontHeaderResult =
  { ok: true; ip: string; userAgent: string | undefined } | { ok: false; problem: StorefrontHeaderProblem };

/**
 * @param secrets the secrets of which any may have signed
 * @param nowMs this server's time
 */
export function verifyStorefrontHeader(
  header: string,
  secrets: readonly string[],
  nowMs: number,
): StorefrontHeaderResult {
  if (secrets.length === 0) return { ok: false, problem: 'no-secret-set' };
  const parts = header.length > MAX_STOREFRONT_HEADER_LENGTH ? null : FORMAT.exec(header);
  if (parts === null) return { ok: false, problem: 'malformed' };
  const [, signed = '', time = '', address = '', agent = '', signature = ''] = parts;
  // The texts are compared, not the bytes they stand for: the last of the 43 characters has unused bits. All
  // secrets are tried whatever the first comparison says, so that the time taken tells nothing.
  const given = Buffer.from(signature);
  const genuine = secrets.filter(secret => timingSafeEqual(given, Buffer.from(signatureOf(signed, secret))));
  if (genuine.length === 0) return { ok: false, problem: 'wrong-signature' };
  if (Math.abs(nowMs / 1000 - Number(time)) > MAX_CLOCK_SKEW_S) return { ok: false, problem: 'expired' };
  const ip = normalizeIp(address);
  const userAgent = decodeUtf8(agent);
  if (ip === undefined || userAgent === undefined) return { ok: false, problem: 'malformed' };
  return { ok: true, ip, userAgent: cleanUserAgent(userAgent) };
}

/** Makes the header, as a storefront does. */
export function signStorefrontHeader(
  client: { ip: string; userAgent: string },
  secret: string,
  nowMs: number,
): string {
  const agent = Buffer.from(client.userAgent).toString('base64url');
  const signed = `v1;t=${Math.floor(nowMs / 1000)};ip=${client.ip};ua=${agent}`;
  return `${signed};sig=${signatureOf(signed, secret)}`;
}

function signatureOf(signed: string, secret: string): string {
  return createHmac('sha256', secret).update(signed).digest('base64url');
}

function decodeUtf8(base64url: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64url, 'base64url'));
  } catch {
    return undefined;
  }
}
