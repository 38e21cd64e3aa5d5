import { ErrorResult } from '@vendure/core';
import type { WebhookState } from '../rules/webhook';

/** A webhook that is worked off is not worked off again. */
export class PaymentWebhookStateError extends ErrorResult {
  override readonly __typename = 'PaymentWebhookStateError';
  override readonly errorCode = 'PAYMENT_WEBHOOK_STATE_ERROR';
  override readonly message = 'PAYMENT_WEBHOOK_STATE_ERROR';
  readonly state: WebhookState;

  constructor({ state }: { state: WebhookState }) {
    super();
    this.state = state;
  }
}
