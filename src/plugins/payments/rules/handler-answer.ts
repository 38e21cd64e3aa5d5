import type { PaymentState } from '@vendure/core';
import type { HandlerAnswer } from '../entities/payment-attempt.entity';
import type { PaymentInstrument, PaymentStatus, ProviderFailure, ProviderResult } from '../types';
import type { AttemptKind } from './attempt-status';

/** What an answer means, whoever gave it. */
export interface ReadAnswer {
  readonly status: PaymentStatus;
  readonly transactionId: string | null;
  readonly fees: number | null;
  readonly failure: ProviderFailure | null;
  readonly instrument: PaymentInstrument | null;
  /** What core is told; undefined as long as there is nothing to tell. */
  readonly answer: HandlerAnswer | undefined;
}

/** What core is told of a provider's result; undefined while the outcome is open. */
export function answerOf(
  kind: AttemptKind,
  result: Pick<ProviderResult, 'status' | 'transactionId' | 'amount' | 'failure' | 'instrument'>,
  about: { provider: string; reference: string },
): HandlerAnswer | undefined {
  const { status, failure } = result;
  const errorMessage = failure?.message ?? 'The payment was cancelled.';
  const failed = status === 'failed' || status === 'cancelled';
  switch (kind) {
    case 'authorize': {
      const common = {
        amount: result.amount,
        transactionId: result.transactionId ?? undefined,
        metadata: { ...about, public: publicFacts(about.provider, result.instrument) },
      };
      if (status === 'authorized') return { ...common, state: 'Authorized' satisfies PaymentState };
      if (status === 'succeeded') return { ...common, state: 'Settled' satisfies PaymentState };
      if (!failed) return undefined;
      return { ...common, state: failure?.kind === 'declined' ? 'Declined' : 'Error', errorMessage };
    }
    case 'capture':
      if (status === 'succeeded') return { success: true };
      // Core would call the payment lost; it is still reserved, and can be captured again or voided.
      return failed ? { success: false, state: 'Authorized', errorMessage } : undefined;
    case 'void':
      if (status === 'succeeded' || status === 'cancelled') return { success: true };
      return failed ? { success: false, state: 'Authorized', errorMessage } : undefined;
    case 'refund': {
      const common = { transactionId: result.transactionId ?? undefined, metadata: about };
      if (status === 'succeeded') return { ...common, state: 'Settled' };
      if (failed) return { ...common, state: 'Failed', metadata: { ...about, errorMessage } };
      return status === 'processing' || status === 'pending' ? { ...common, state: 'Pending' } : undefined;
    }
  }
}

/** What the answer of any payment method handler means. */
export function readHandlerAnswer(kind: AttemptKind, raw: unknown): ReadAnswer {
  const answer = record(raw);
  const nothing = { transactionId: null, fees: null, failure: null, instrument: null };
  const failure = {
    kind: 'declined' as const,
    code: 'handler_refused',
    message: text(answer.errorMessage) ?? 'The payment was refused.',
  };
  if (kind === 'authorize') {
    const transactionId = text(answer.transactionId) ?? null;
    const common = { ...nothing, transactionId, answer };
    if (answer.state === 'Settled') return { ...common, status: 'succeeded' };
    if (answer.state === 'Declined') return { ...common, status: 'failed', failure };
    if (answer.state === 'Error' || answer.state === 'Cancelled') {
      return { ...common, status: 'failed', failure: { ...failure, kind: 'invalid' } };
    }
    // Authorized, or a state of the shop's own: core's payment says what it means.
    return { ...common, status: 'authorized' };
  }
  if (kind === 'refund') {
    // The handler makes no refunds: staff do it by hand, and settle it.
    if (raw === false || raw === undefined) return { ...nothing, answer: false, status: 'succeeded' };
    const common = { ...nothing, transactionId: text(answer.transactionId) ?? null, answer };
    return answer.state === 'Failed'
      ? { ...common, status: 'failed', failure }
      : { ...common, status: 'succeeded' };
  }
  // A handler without cancelPayment gives nothing: core takes that for done.
  if (raw === undefined || raw === null || answer.success === true) {
    return { ...nothing, answer: { ...answer, success: true }, status: 'succeeded' };
  }
  return { ...nothing, answer, status: 'failed', failure };
}

/** What the shopper may see of a payment. */
function publicFacts(provider: string, instrument: PaymentInstrument | null): Record<string, unknown> {
  if (instrument === null) return { provider };
  const { type, brand, last4 } = instrument;
  return { provider, type, brand, last4 };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...(value as Record<string, unknown>) } : {};
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
