import type {
  PaymentInstrument,
  PaymentStatus,
  ProviderFailure,
  ProviderRefund,
  ProviderResult,
  ProviderTransaction,
} from '../../types';
import { fromDecimal } from '../amounts';
import { codeFrom, withoutMoney } from '../results';

/** What is read of Mollie's objects. Whatever they hold more is left where it is. */
export interface MollieAmount {
  readonly value: string;
  readonly currency: string;
}

export interface MolliePayment {
  readonly id: string;
  readonly status: string;
  readonly createdAt?: string;
  readonly amount: MollieAmount;
  readonly amountCaptured?: MollieAmount;
  readonly amountRefunded?: MollieAmount;
  readonly amountChargedBack?: MollieAmount;
  readonly captureMode?: string;
  readonly method?: string | null;
  readonly metadata?: unknown;
  readonly description?: string | null;
  readonly details?: object | null;
  readonly _embedded?: {
    readonly refunds?: readonly MollieRefund[];
    readonly captures?: readonly MollieCapture[];
    readonly chargebacks?: readonly { readonly reversedAt?: string | null }[];
  };
  readonly _links?: { readonly checkout?: { readonly href: string } | null };
}

export interface MollieRefund {
  readonly id: string;
  readonly status: string;
  readonly amount: MollieAmount;
  readonly metadata?: unknown;
}

export interface MollieCapture {
  readonly id: string;
  readonly status?: string;
  readonly amount: MollieAmount;
  readonly metadata?: unknown;
}

/** Whether an answer is what was asked for. */
export function isResource<T>(value: unknown, resource: 'payment' | 'refund' | 'capture'): value is T {
  if (typeof value !== 'object' || value === null) return false;
  const found = value as { resource?: unknown; id?: unknown; amount?: Partial<MollieAmount> | null };
  return (
    found.resource === resource &&
    typeof found.id === 'string' &&
    typeof found.amount?.value === 'string' &&
    typeof found.amount.currency === 'string'
  );
}

const STATUSES: Readonly<Record<string, PaymentStatus>> = {
  open: 'pending',
  pending: 'processing',
  authorized: 'authorized',
  paid: 'succeeded',
  canceled: 'cancelled',
  expired: 'cancelled',
  failed: 'failed',
};

/** A payment of which a part was captured stays `authorized` at Mollie: the money is taken all the same. */
export function statusOfPayment(payment: MolliePayment): PaymentStatus {
  const status = Object.hasOwn(STATUSES, payment.status) ? STATUSES[payment.status]! : 'unknown';
  return status === 'authorized' && units(payment.amountCaptured) > 0 ? 'succeeded' : status;
}

export function resultOfPayment(payment: MolliePayment): ProviderResult {
  const status = statusOfPayment(payment);
  const common = { transactionId: payment.id, instrument: instrumentOf(payment) };
  switch (status) {
    case 'pending':
      return withoutMoney(status, {
        ...common,
        next: { clientSecret: null, redirectUrl: payment._links?.checkout?.href ?? null },
      });
    case 'authorized':
      return { ...withoutMoney(status, common), amount: units(payment.amount) };
    case 'succeeded':
      return { ...withoutMoney(status, common), amount: capturedOf(payment) };
    case 'failed':
      return withoutMoney(status, { ...common, failure: failureOf(payment) });
    case 'processing':
    case 'cancelled':
    case 'unknown':
      return withoutMoney(status, common);
  }
}

export function resultOfCapture(capture: MollieCapture, transactionId: string): ProviderResult {
  const amount = units(capture.amount);
  switch (capture.status) {
    case 'succeeded':
    // Of before captures had a state: they were made at once.
    case undefined:
      return { ...withoutMoney('succeeded', { transactionId }), amount };
    case 'pending':
      return { ...withoutMoney('processing', { transactionId }), amount };
    case 'failed':
      return withoutMoney('failed', {
        transactionId,
        failure: { kind: 'declined', code: 'capture_failed', message: 'The amount could not be captured.' },
      });
    default:
      return withoutMoney('unknown', { transactionId });
  }
}

export function resultOfRefund(refund: MollieRefund): ProviderResult {
  const common = { transactionId: refund.id };
  const amount = units(refund.amount);
  switch (refund.status) {
    case 'refunded':
      return { ...withoutMoney('succeeded', common), amount };
    case 'queued':
    case 'pending':
    case 'processing':
      return { ...withoutMoney('processing', common), amount };
    case 'failed':
      return withoutMoney('failed', {
        ...common,
        failure: { kind: 'declined', code: 'refund_failed', message: 'The refund was refused by the bank.' },
      });
    case 'canceled':
      return withoutMoney('cancelled', common);
    default:
      return withoutMoney('unknown', common);
  }
}

export function transactionOf(payment: MolliePayment): ProviderTransaction {
  const status = statusOfPayment(payment);
  const refunds = (payment._embedded?.refunds ?? []).map(providerRefund);
  const captured = capturedOf(payment);
  return {
    transactionId: payment.id,
    reference: referenceOf(payment.metadata),
    status,
    currency: payment.amount.currency,
    amount: units(payment.amount),
    capturable: payment.status === 'authorized' ? units(payment.amount) - captured : 0,
    captured,
    refunded: Math.max(
      units(payment.amountRefunded),
      refunds
        .filter(refund => refund.status !== 'failed')
        .reduce((total, refund) => total + refund.amount, 0),
    ),
    // Mollie charges at the settlement, and names no fee for a payment.
    fees: null,
    failure: status === 'failed' ? failureOf(payment) : null,
    instrument: instrumentOf(payment),
    refunds,
    disputed: (payment._embedded?.chargebacks ?? []).some(({ reversedAt }) => !reversedAt),
    orderCode: orderCodeOf(payment),
  };
}

/** Ours stands in the metadata; `@vendure/payments-plugin` describes the payment by it. */
function orderCodeOf({ metadata, description }: MolliePayment): string | null {
  const { orderCode } = (metadata ?? {}) as { orderCode?: unknown };
  return typeof orderCode === 'string' ? orderCode : (description ?? null);
}

export function referenceOf(metadata: unknown): string | null {
  if (typeof metadata !== 'object' || metadata === null) return null;
  const { reference } = metadata as { reference?: unknown };
  return typeof reference === 'string' ? reference : null;
}

function capturedOf(payment: MolliePayment): number {
  if (payment.amountCaptured !== undefined) return units(payment.amountCaptured);
  return payment.status === 'paid' ? units(payment.amount) : 0;
}

function providerRefund(refund: MollieRefund): ProviderRefund {
  const { status } = resultOfRefund(refund);
  return {
    refundId: refund.id,
    reference: referenceOf(refund.metadata),
    amount: units(refund.amount),
    status:
      status === 'succeeded'
        ? 'succeeded'
        : status === 'failed' || status === 'cancelled'
          ? 'failed'
          : 'pending',
  };
}

function failureOf({ details }: MolliePayment): ProviderFailure {
  const { failureReason } = (details ?? {}) as { failureReason?: unknown };
  return {
    kind: 'declined',
    code: codeFrom(failureReason, 'payment_failed'),
    message: 'The payment was refused.',
  };
}

function instrumentOf({ method, details }: MolliePayment): PaymentInstrument | null {
  if (!method) return null;
  const card = (details ?? {}) as Record<string, unknown>;
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  const isCard = method === 'creditcard';
  // `cardNumber` holds the last four digits only.
  const digits = text(card.cardNumber);
  return {
    type: isCard
      ? card.wallet
        ? 'digital_wallet'
        : 'card'
      : WALLETS.has(method)
        ? 'digital_wallet'
        : 'bank_transfer',
    brand: (isCard ? text(card.cardLabel) : method)?.toLowerCase() ?? null,
    last4: digits !== null && /^\d{4}$/.test(digits) ? digits : null,
    expiryMonth: null,
    expiryYear: null,
    fingerprint: text(card.cardFingerprint),
    issuingCountry: text(card.cardCountryCode)?.toUpperCase() ?? null,
    threeDSecure: card.cardSecurity === '3dsecure' ? 'authenticated' : null,
  };
}

const WALLETS = new Set(['applepay', 'googlepay', 'paypal']);

const units = (amount: MollieAmount | undefined): number =>
  amount === undefined ? 0 : fromDecimal(amount.value);
