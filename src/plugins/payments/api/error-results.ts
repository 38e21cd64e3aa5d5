import { ErrorResult } from '@vendure/core';

/** The messages are keys of `translations`; the API's interceptor puts the text in their place. */

/** An attempt to pay this order is under way, or its outcome is not known yet. */
export class PaymentInProgressError extends ErrorResult {
  override readonly __typename = 'PaymentInProgressError';
  override readonly errorCode = 'PAYMENT_IN_PROGRESS_ERROR';
  override readonly message = 'PAYMENT_IN_PROGRESS_ERROR';
}

/** The provider was asked, and its answer was lost. */
export class PaymentOutcomeUnknownError extends ErrorResult {
  override readonly __typename = 'PaymentOutcomeUnknownError';
  override readonly errorCode = 'PAYMENT_OUTCOME_UNKNOWN_ERROR';
  override readonly message = 'PAYMENT_OUTCOME_UNKNOWN_ERROR';
}

/** The shopper has to confirm the payment with the provider or the bank. */
export class PaymentActionRequiredError extends ErrorResult {
  override readonly __typename = 'PaymentActionRequiredError';
  override readonly errorCode = 'PAYMENT_ACTION_REQUIRED_ERROR';
  override readonly message = 'PAYMENT_ACTION_REQUIRED_ERROR';
  readonly clientSecret: string | null;
  readonly redirectUrl: string | null;

  constructor({ clientSecret, redirectUrl }: { clientSecret: string | null; redirectUrl: string | null }) {
    super();
    this.clientSecret = clientSecret;
    this.redirectUrl = redirectUrl;
  }
}

/** The money was taken and the order could not be placed: it goes back. */
export class PaymentReturnedError extends ErrorResult {
  override readonly __typename = 'PaymentReturnedError';
  override readonly errorCode = 'PAYMENT_RETURNED_ERROR';
  override readonly message = 'PAYMENT_RETURNED_ERROR';
}

/** What the storefront sent with the payment cannot be used. */
export class PaymentInputError extends ErrorResult {
  override readonly __typename = 'PaymentInputError';
  override readonly errorCode = 'PAYMENT_INPUT_ERROR';
  override readonly message = 'PAYMENT_INPUT_ERROR';
  /** Which field is wrong and what it may be. */
  readonly problem: string;

  constructor(problem: string) {
    super();
    this.problem = problem;
  }
}
