import type { PaymentStatus, ProviderTransaction } from '../types';

interface RefundAttempt {
  readonly reference: string;
  readonly transactionId: string | null;
}

/**
 * What the provider's payment says of one of its refunds.
 *
 * @returns nothing where it does not know the refund (yet)
 */
export function reportOnRefund(
  { reference, transactionId }: RefundAttempt,
  { refunds }: Pick<ProviderTransaction, 'refunds'>,
): { status: PaymentStatus; transactionId: string } | undefined {
  const refund = refunds.find(
    ({ refundId, reference: of }) =>
      of === reference || (transactionId !== null && refundId === transactionId),
  );
  if (refund === undefined) return undefined;
  const status = refund.status === 'pending' ? 'processing' : refund.status;
  return { status, transactionId: refund.refundId };
}
