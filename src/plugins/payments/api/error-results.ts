import { ErrorResult as AdminErrorResult } from '@vendure/core';
// Core knows an error of the Shop API by this class, and does not export it.
import { ErrorResult as ShopErrorResult } from '@vendure/core/dist/common/error/generated-graphql-shop-errors';

/** The messages are keys of `translations`; the API's interceptor puts the text in their place. */

// A mixin's constructor must take any arguments.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type ErrorBase = new (...args: any[]) => AdminErrorResult;

/** Errors of both APIs, each of which has a base class of its own. */
function outcomeErrors<B extends ErrorBase>(Base: B) {
  /** An attempt to move this money is under way, or its outcome is not known yet. */
  class PaymentInProgressError extends Base {
    override readonly __typename = 'PaymentInProgressError';
    override readonly errorCode = 'PAYMENT_IN_PROGRESS_ERROR';
    override readonly message = 'PAYMENT_IN_PROGRESS_ERROR';
  }

  /** The provider was asked, and its answer was lost. */
  class PaymentOutcomeUnknownError extends Base {
    override readonly __typename = 'PaymentOutcomeUnknownError';
    override readonly errorCode = 'PAYMENT_OUTCOME_UNKNOWN_ERROR';
    override readonly message = 'PAYMENT_OUTCOME_UNKNOWN_ERROR';
  }

  /** The money moved and the order could not take it: it goes back. */
  class PaymentReturnedError extends Base {
    override readonly __typename = 'PaymentReturnedError';
    override readonly errorCode = 'PAYMENT_RETURNED_ERROR';
    override readonly message = 'PAYMENT_RETURNED_ERROR';
  }

  return { PaymentInProgressError, PaymentOutcomeUnknownError, PaymentReturnedError };
}

export const shopErrors = outcomeErrors(ShopErrorResult as unknown as ErrorBase);
export const adminErrors = outcomeErrors(AdminErrorResult as unknown as ErrorBase);

/** There is nothing to decide about an attempt. */
export class PaymentAttemptDecidedError extends AdminErrorResult {
  override readonly __typename = 'PaymentAttemptDecidedError';
  override readonly errorCode = 'PAYMENT_ATTEMPT_DECIDED_ERROR';
  override readonly message = 'PAYMENT_ATTEMPT_DECIDED_ERROR';

  constructor(readonly status: string) {
    super();
  }
}

/** The shopper has to confirm the payment with the provider or the bank. */
export class PaymentActionRequiredError extends ShopErrorResult {
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
export class PaymentInputError extends ShopErrorResult {
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
export class FraudDetectedError extends ShopErrorResult {
  override readonly __typename = 'FraudDetectedError';
  override readonly errorCode = 'FRAUD_DETECTED_ERROR';
  override readonly message = 'FRAUD_DETECTED_ERROR';
  readonly code = 'FRAUD_DETECTED';
}
