import type { DifferenceAction, DifferenceResolution } from '../rules/reconcile';
import { PaymentErrorResult } from './error-results';

/** The messages are keys of the translations; the API's interceptor puts the text in their place. */

/** Somebody else has resolved the difference, or both sides agree again. */
export class PaymentDifferenceResolvedError extends PaymentErrorResult {
  override readonly __typename = 'PaymentDifferenceResolvedError';
  override readonly errorCode = 'PAYMENT_DIFFERENCE_RESOLVED_ERROR';
  override readonly message = 'PAYMENT_DIFFERENCE_RESOLVED_ERROR';

  constructor(readonly resolution: DifferenceResolution) {
    super();
  }
}

/** What staff want to do about a difference is not possible, or was refused. */
export class PaymentDifferenceActionError extends PaymentErrorResult {
  override readonly __typename = 'PaymentDifferenceActionError';
  override readonly errorCode = 'PAYMENT_DIFFERENCE_ACTION_ERROR';
  override readonly message = 'PAYMENT_DIFFERENCE_ACTION_ERROR';

  constructor(
    readonly problem: string,
    readonly actions: readonly DifferenceAction[],
  ) {
    super();
  }
}

/** The provider did not answer; nothing was changed. */
export class PaymentProviderSilentError extends PaymentErrorResult {
  override readonly __typename = 'PaymentProviderSilentError';
  override readonly errorCode = 'PAYMENT_PROVIDER_SILENT_ERROR';
  override readonly message = 'PAYMENT_PROVIDER_SILENT_ERROR';

  constructor(readonly provider: string) {
    super();
  }
}
