// Error results of the Shop API, whose base class core does not export.
import { ErrorResult } from '@vendure/core/dist/common/error/generated-graphql-shop-errors';

/** The messages are keys of `translations`; the API's interceptor puts the text in their place. */

/** This provider does not exist, or cannot save methods. */
export class SavedMethodsUnavailableError extends ErrorResult {
  override readonly __typename = 'SavedMethodsUnavailableError';
  override readonly errorCode = 'SAVED_METHODS_UNAVAILABLE_ERROR';
  override readonly message = 'SAVED_METHODS_UNAVAILABLE_ERROR';
}

export class SavedMethodLimitError extends ErrorResult {
  override readonly __typename = 'SavedMethodLimitError';
  override readonly errorCode = 'SAVED_METHOD_LIMIT_ERROR';
  override readonly message = 'SAVED_METHOD_LIMIT_ERROR';
  readonly limit: number;

  constructor(limit: number) {
    super();
    this.limit = limit;
  }
}

/** The provider said no: nothing was saved. */
export class SavedMethodRefusedError extends ErrorResult {
  override readonly __typename = 'SavedMethodRefusedError';
  override readonly errorCode = 'SAVED_METHOD_REFUSED_ERROR';
  override readonly message = 'SAVED_METHOD_REFUSED_ERROR';
  /** The provider's code, or ours. */
  readonly failureCode: string;

  constructor(failureCode: string) {
    super();
    this.failureCode = failureCode;
  }
}

/** The provider's answer was lost: whatever it has saved is deleted again. */
export class SavedMethodUnknownError extends ErrorResult {
  override readonly __typename = 'SavedMethodUnknownError';
  override readonly errorCode = 'SAVED_METHOD_UNKNOWN_ERROR';
  override readonly message = 'SAVED_METHOD_UNKNOWN_ERROR';
}

/** The customer has no such method. */
export class SavedMethodNotFoundError extends ErrorResult {
  override readonly __typename = 'SavedMethodNotFoundError';
  override readonly errorCode = 'SAVED_METHOD_NOT_FOUND_ERROR';
  override readonly message = 'SAVED_METHOD_NOT_FOUND_ERROR';
}
