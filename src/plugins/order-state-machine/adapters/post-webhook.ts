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
  { url, secret, timeoutMs = DEFAULT_TIMEOUT_MS, now = () => new Date() }: WebhookTarget,
  { receiver, body: content, idempotencyKey, signal }: WebhookCall,
): Promise<number> {
  const body = JSON.stringify(content);
  // Taken anew at every attempt: the receiver refuses old ones.
  const timestamp = String(Math.floor(now().getTime() / 1000));
  const timeout = AbortSignal.timeout(timeoutMs);
  const response = await fetch(url, {
    method: 'POST',
    // An answer from elsewhere is not the receiver's, and the body may hold an address.
    redirect: 'manual',
    signal: AbortSignal.any([signal, timeout]),
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': 'Tradewind',
      'Idempotency-Key': idempotencyKey,
      'X-Tradewind-Timestamp': timestamp,
      ...(secret === undefined ? {} : { 'X-Tradewind-Signature': webhookSignature(secret, timestamp, body) }),
    },
    body,
  }).catch((error: unknown) => {
    if (timeout.aborted)
      throw new Error(`${receiver} gave no answer within ${timeoutMs} ms.`, { cause: error });
    throw signal.aborted
      ? error
      : new Error(`${receiver} cannot be reached: ${causeOf(error)}.`, { cause: error });
  });
  const answer = await beginningOf(response);
  if (response.ok) return response.status;
  const said = `${receiver} answered ${response.status}${answer === '' ? '' : `: ${answer}`}`;
  const final = response.status < 500 && !TRY_AGAIN.has(response.status);
  throw final ? new EffectRefusedError(said) : new Error(said);
}

/** At most so many bytes: what comes after is not read. A broken answer is no answer, its status counts. */
async function beginningOf(response: Response): Promise<string> {
  const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader();
  if (reader === undefined) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    while (size < MAX_ANSWER_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.length;
    }
    await reader.cancel();
  } catch {
    // The connection ended early.
  }
  const text = Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
  return text.replace(/\s+/g, ' ').trim().slice(0, 200);
}

/** `fetch` hides the reason in the cause. */
function causeOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
