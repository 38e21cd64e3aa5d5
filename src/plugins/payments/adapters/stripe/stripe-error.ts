import { TransportError } from '../http/transport';
import { codeFrom, failedWith, UNKNOWN, type Verdict } from '../results';

/** What is read of an error of Stripe's library. */
interface StripeErrorShape {
  /** The HTTP status; set only where the answer was an error as Stripe writes them. */
  readonly statusCode?: unknown;
  /** The kind of error, in Stripe's words. */
  readonly rawType?: unknown;
  readonly code?: unknown;
  readonly decline_code?: unknown;
  /** What the transport has thrown, within a connection error. */
  readonly detail?: unknown;
  readonly payment_intent?: unknown;
}

/** For people; Stripe's own texts may name what a shop must not show. */
const DECLINES: Readonly<Record<string, string>> = {
  authentication_required: 'The bank asks for a confirmation of this payment.',
  expired_card: 'The card has expired.',
  incorrect_cvc: 'The security code of the card is wrong.',
  incorrect_number: 'The number of the card is wrong.',
  insufficient_funds: 'The card has not enough funds.',
  processing_error: 'The card could not be processed.',
  payment_intent_authentication_failure: 'The confirmation with the bank has failed.',
};

export function declineMessage(code: string): string {
  return DECLINES[code] ?? 'The card was declined.';
}

/** By these Stripe's errors are known: the library takes any JSON with an `error` for one. */
const ERROR_TYPES: ReadonlySet<unknown> = new Set([
  'api_error',
  'authentication_error',
  'card_error',
  'idempotency_error',
  'invalid_request_error',
  'rate_limit_error',
]);

/** Refused because it has happened already, perhaps by a call whose answer was lost: no proof that nothing did. */
const DONE_BEFORE = 'charge_already_captured';

/**
 * What an error proves. Only what Stripe itself says, in its own form, proves a failure; and a connection that never
 * was. Whatever else happened, the request may have been carried out.
 */
export function verdictOfStripeError(error: unknown): Verdict {
  const { statusCode, rawType, code, decline_code, detail } = shapeOf(error);
  if (detail instanceof TransportError) {
    return detail.sent
      ? UNKNOWN
      : failedWith('unavailable', 'connection_failed', 'Stripe could not be reached.');
  }
  if (!ERROR_TYPES.has(rawType)) return UNKNOWN;
  switch (statusCode) {
    case 401:
      return failedWith('unavailable', 'authentication_failed', 'Stripe refused the key of the shop.');
    case 403:
      return failedWith('unavailable', 'permission_denied', 'Stripe does not allow this to the shop.');
    case 429:
      return failedWith(
        'unavailable',
        codeFrom(code, 'rate_limited'),
        'Stripe takes no more requests for now.',
      );
    case 402: {
      if (rawType !== 'card_error' && rawType !== 'invalid_request_error') return UNKNOWN;
      const reason = codeFrom(decline_code ?? code, 'card_declined');
      return failedWith('declined', reason, declineMessage(reason));
    }
    case 400:
    case 404: {
      if (code === DONE_BEFORE) return UNKNOWN;
      if (rawType === 'card_error') {
        const reason = codeFrom(decline_code ?? code, 'card_declined');
        return failedWith('declined', reason, declineMessage(reason));
      }
      if (rawType !== 'invalid_request_error') return UNKNOWN;
      return failedWith(
        'invalid',
        codeFrom(code, 'invalid_request'),
        'Stripe refused the request as invalid.',
      );
    }
    default:
      return UNKNOWN;
  }
}

/** Whether Stripe says for certain that it has no such thing. */
export function isMissing(error: unknown): boolean {
  const { statusCode, rawType, code } = shapeOf(error);
  return statusCode === 404 && rawType === 'invalid_request_error' && code === 'resource_missing';
}

/** The intent as it is after a refused request, where the error carries it. */
export function intentOfError(
  error: unknown,
): { id: string; status: string; received: number | null } | null {
  const { payment_intent: intent } = shapeOf(error);
  if (typeof intent !== 'object' || intent === null) return null;
  const { id, status, amount_received: received } = intent as Record<string, unknown>;
  if (typeof id !== 'string' || typeof status !== 'string') return null;
  return { id, status, received: typeof received === 'number' ? received : null };
}

function shapeOf(error: unknown): StripeErrorShape {
  return typeof error === 'object' && error !== null ? error : {};
}
