import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { ipOfUrl, isPublicIp, PrivateAddressError, publicLookup } from '../../../common/public-address';
import { EffectRefusedError } from '../errors';
import { webhookSignature } from './webhook-signature';

/** Answers that are no final word, though they are 4xx: too slow, in progress, too early, too many. */
const TRY_AGAIN = new Set([408, 409, 425, 429]);

const DEFAULT_TIMEOUT_MS = 10_000;

/** As much of an answer as anybody looks at, for the log of the receiver's complaint. */
const MAX_ANSWER_BYTES = 2_048;

export interface WebhookTarget {
  url: string;
  /** Signs every call. Without it the receiver cannot know who calls: in development only. */
  secret?: string | undefined;
  /** Whether only the public internet is called: for an address that somebody may choose who may not look into the shop's network. */
  publicOnly?: boolean;
  timeoutMs?: number;
  now?: () => Date;
}

export interface WebhookCall {
  /** Who is called, for the log: `The warehouse`. */
  readonly receiver: string;
  readonly body: unknown;
  /** The receiver acts once per key. */
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

/**
 * Tells somebody by HTTP. The receiver acts once per `Idempotency-Key` and checks `X-Tradewind-Signature`; the README
 * says how.
 *
 * @returns the status of the answer
 * @throws EffectRefusedError when trying again is of no use; Error otherwise
 */
export async function postWebhook(
  { url, secret, publicOnly = false, timeoutMs = DEFAULT_TIMEOUT_MS, now = () => new Date() }: WebhookTarget,
  { receiver, body: content, idempotencyKey, signal }: WebhookCall,
): Promise<number> {
  const body = JSON.stringify(content);
  // Taken anew at every attempt: the receiver refuses old ones.
  const timestamp = String(Math.floor(now().getTime() / 1000));
  const timeout = AbortSignal.timeout(timeoutMs);
  const response = await post(new URL(url), publicOnly, body, {
    signal: AbortSignal.any([signal, timeout]),
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': 'Tradewind',
      'Idempotency-Key': idempotencyKey,
      'X-Tradewind-Timestamp': timestamp,
      ...(secret === undefined ? {} : { 'X-Tradewind-Signature': webhookSignature(secret, timestamp, body) }),
    },
  }).catch((error: unknown) => {
    if (signal.aborted) throw signal.reason;
    if (timeout.aborted)
      throw new Error(`${receiver} gave no answer within ${timeoutMs} ms.`, { cause: error });
    if (error instanceof PrivateAddressError)
      throw new EffectRefusedError(`${receiver} is not called: ${error.message}.`);
    throw new Error(`${receiver} cannot be reached: ${causeOf(error)}.`, { cause: error });
  });
  const answer = await beginningOf(response);
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return status;
  const said = `${receiver} answered ${status}${answer === '' ? '' : `: ${answer}`}`;
  const final = status < 500 && !TRY_AGAIN.has(status);
  throw final ? new EffectRefusedError(said) : new Error(said);
}

/** Follows no redirect: an answer from elsewhere is not the receiver's, and the body may hold an address. */
async function post(
  url: URL,
  publicOnly: boolean,
  body: string,
  options: RequestOptions,
): Promise<IncomingMessage> {
  // A socket looks up names only.
  const ip = publicOnly ? ipOfUrl(url) : undefined;
  if (ip !== undefined && !isPublicIp(ip)) throw new PrivateAddressError(ip);
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    // A connection of its own: none that another call has opened is taken over, and none is left open.
    const connection = publicOnly
      ? { agent: false as const, lookup: publicLookup() }
      : { agent: false as const };
    send(url, { ...options, ...connection, method: 'POST' })
      .on('response', resolve)
      .on('error', reject)
      .end(body);
  });
}

/** At most so many bytes: what comes after is not read. A broken answer is no answer, its status counts. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      // Leaving the loop closes the connection.
      if (size >= MAX_ANSWER_BYTES) break;
    }
  } catch {
    // The connection ended early.
  }
  const text = Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
  return text.replace(/\s+/g, ' ').trim().slice(0, 200);
}

/** A connection that was tried at several addresses has no message, only codes. */
function causeOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? (message === '' ? undefined : message) ?? String(error);
}
