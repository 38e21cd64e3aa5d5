import type { PaymentOptions } from '@vendure/core';

/**
 * A refund that its provider is still busy with stays `Pending`. Core moves every new refund to the state that the
 * handler names, and its default process has no way from Pending to Pending: such a refund ended in an error.
 */
export const pendingRefundProcess: NonNullable<PaymentOptions['refundProcess']>[number] = {
  transitions: { Pending: { to: ['Pending'] } },
};
