import { ErrorResult } from '@vendure/core';

/** The messages are keys of the translations; the API's interceptor puts the text in their place. */

/** A problem of a routing table, in words. */
export interface RoutingProblemView {
  path: string;
  code: string;
  severity: 'error' | 'warning';
  message: string;
}

/** Rules that cannot be used. */
export class PaymentRoutingInvalidError extends ErrorResult {
  override readonly __typename = 'PaymentRoutingInvalidError';
  override readonly errorCode = 'PAYMENT_ROUTING_INVALID_ERROR';
  override readonly message = 'PAYMENT_ROUTING_INVALID_ERROR';
  /** For the message. */
  readonly count: number;

  constructor(readonly problems: RoutingProblemView[]) {
    super();
    this.count = problems.filter(({ severity }) => severity === 'error').length;
  }
}

/** Rules that were made from a version which is not the newest any more. */
export class PaymentRoutingStaleError extends ErrorResult {
  override readonly __typename = 'PaymentRoutingStaleError';
  override readonly errorCode = 'PAYMENT_ROUTING_STALE_ERROR';
  override readonly message = 'PAYMENT_ROUTING_STALE_ERROR';

  constructor(readonly currentVersion: number) {
    super();
  }
}
