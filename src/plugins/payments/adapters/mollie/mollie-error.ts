import { TransportError } from '../http/transport';
import { codeFrom, failedWith, UNKNOWN, type Verdict } from '../results';
import { MollieRefusal } from './mollie-client';

/** What an error proves: only a refusal in Mollie's own form, and a connection that never was. */
export function verdictOfMollieError(error: unknown): Verdict {
  if (error instanceof TransportError) {
    return error.sent
      ? UNKNOWN
      : failedWith('unavailable', 'connection_failed', 'Mollie could not be reached.');
  }
  if (!(error instanceof MollieRefusal)) return UNKNOWN;
  switch (error.status) {
    case 401:
      return failedWith('unavailable', 'authentication_failed', 'Mollie refused the key of the shop.');
    case 403:
      return failedWith('unavailable', 'permission_denied', 'Mollie does not allow this to the shop.');
    case 429:
      return failedWith('unavailable', 'rate_limited', 'Mollie takes no more requests for now.');
    case 400:
    case 404:
    case 410:
    case 422: {
      const code = error.status === 404 ? 'resource_missing' : `invalid_${codeFrom(error.field, 'request')}`;
      return failedWith('invalid', code, 'Mollie refused the request as invalid.');
    }
    default:
      return UNKNOWN;
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof MollieRefusal && (error.status === 404 || error.status === 410);
}
