import { ErrorResult } from '@vendure/core';

/** The messages are keys of `translations`; the API's interceptor puts the text in their place. */

/** An error of this plugin. The Shop API gives it by `forShop`. */
export abstract class PaymentErrorResult extends ErrorResult {}

/** An attempt to move this money is under way, or its outcome is not known yet. */
export class PaymentInProgressError extends PaymentErrorResult {
  override readonly __typename = 'PaymentInProgressError';
  override readonly errorCode = 'PAYMENT_IN_PROGRESS_ERROR';
  override readonly message = 'PAYMENT_IN_PROGRESS_ERROR';
}

/** The provider was asked, and its answer was lost. */
export class PaymentOutcomeUnknownError extends PaymentErrorResult {
  override readonly __typename = 'PaymentOutcomeUnknownError';
  override readonly errorCode = 'PAYMENT_OUTCOME_UNKNOWN_ERROR';
  override readonly message = 'PAYMENT_OUTCOME_UNKNOWN_ERROR';
}

/** The money moved and the order could not take it: it goes back. */
export class PaymentReturnedError extends PaymentErrorResult {
  override readonly __typename = 'PaymentReturnedError';
  override readonly errorCode = 'PAYMENT_RETURNED_ERROR';
  override readonly message = 'PAYMENT_RETURNED_ERROR';
}

/** What is to be captured is not between one minor unit and what is left. */
export class CaptureAmountError extends PaymentErrorResult {
  override readonly __typename = 'CaptureAmountError';
  override readonly errorCode = 'CAPTURE_AMOUNT_ERROR';
  override readonly message = 'CAPTURE_AMOUNT_ERROR';

  constructor(readonly maximumCapturable: number) {
    super();
  }
}

/** The payment's provider takes all of it or nothing. */
export class PartialCaptureNotSupportedError extends PaymentErrorResult {
  override readonly __typename = 'PartialCaptureNotSupportedError';
  override readonly errorCode = 'PARTIAL_CAPTURE_NOT_SUPPORTED_ERROR';
  override readonly message = 'PARTIAL_CAPTURE_NOT_SUPPORTED_ERROR';
}

/** There is nothing to decide about an attempt. */
export class PaymentAttemptDecidedError extends PaymentErrorResult {
  override readonly __typename = 'PaymentAttemptDecidedError';
  override readonly errorCode = 'PAYMENT_ATTEMPT_DECIDED_ERROR';
  override readonly message = 'PAYMENT_ATTEMPT_DECIDED_ERROR';

  constructor(readonly status: string) {
    super();
  }
}

/** The shopper has to confirm the payment with the provider or the bank. */
export class PaymentActionRequiredError extends PaymentErrorResult {
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

/** What the storefront sent with the payment cannot be used. */
export class PaymentInputError extends PaymentErrorResult {
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

/** The risk check wants no payment of this order. Says nothing of why: whoever tries is not to learn from it. */
export class FraudDetectedError extends PaymentErrorResult {
  override readonly __typename = 'FraudDetectedError';
  override readonly errorCode = 'FRAUD_DETECTED_ERROR';
  override readonly message = 'FRAUD_DETECTED_ERROR';
  readonly code = 'FRAUD_DETECTED';
}
