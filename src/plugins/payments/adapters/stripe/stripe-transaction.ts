import type Stripe from 'stripe';
import type {
  PaymentInstrument,
  PaymentStatus,
  ProviderFailure,
  ProviderRefund,
  ProviderResult,
  ProviderTransaction,
} from '../../types';
import { fromStripeAmount } from '../amounts';
import { codeFrom, withoutMoney } from '../results';
import { declineMessage } from './stripe-error';
import { CONFIRMATION_KEY, REFERENCE_KEY } from './stripe-request';

/** Whether an answer is what was asked for: the library takes any JSON without an `error` for a success. */
export function isObject<T extends { object: string; id: string }>(
  value: unknown,
  object: T['object'],
  id?: string,
): value is T {
  if (typeof value !== 'object' || value === null) return false;
  const found = value as { object?: unknown; id?: unknown };
  return found.object === object && typeof found.id === 'string' && (id === undefined || found.id === id);
}

/** What the state of an intent means. A state that came after this was written is not known. */
export function statusOfIntent(intent: Stripe.PaymentIntent): PaymentStatus {
  switch (intent.status) {
    case 'requires_payment_method':
      return isOver(intent) ? 'failed' : 'pending';
    case 'requires_confirmation':
    case 'requires_action':
      return 'pending';
    case 'processing':
      return 'processing';
    case 'requires_capture':
      return 'authorized';
    case 'succeeded':
      return 'succeeded';
    case 'canceled':
      return 'cancelled';
    default:
      return 'unknown';
  }
}

/** A refused one is over where the server confirmed it; in the browser the shopper can try another card with it. */
function isOver({ last_payment_error, metadata }: Stripe.PaymentIntent): boolean {
  return Boolean(last_payment_error) && metadata?.[CONFIRMATION_KEY] === 'server';
}

export function resultOfIntent(intent: Stripe.PaymentIntent): ProviderResult {
  const status = statusOfIntent(intent);
  const common = { transactionId: intent.id, fees: feesOf(intent), instrument: instrumentOf(intent) };
  switch (status) {
    case 'pending':
      return withoutMoney(status, {
        ...common,
        next: {
          clientSecret: intent.client_secret,
          redirectUrl: intent.next_action?.redirect_to_url?.url ?? null,
        },
      });
    case 'authorized':
    case 'succeeded':
      return { ...withoutMoney(status, common), amount: movedBy(intent) };
    case 'failed':
      return withoutMoney(status, { ...common, failure: failureOf(intent) });
    case 'processing':
    case 'cancelled':
    case 'unknown':
      return withoutMoney(status, common);
  }
}

/** What is reserved, or was taken. */
function movedBy(intent: Stripe.PaymentIntent): number {
  const amount =
    intent.status === 'succeeded' ? capturedOf(intent) : (intent.amount_capturable ?? intent.amount);
  return fromStripeAmount(amount, intent.currency);
}

const chargeOf = (intent: Stripe.PaymentIntent): Stripe.Charge | null =>
  typeof intent.latest_charge === 'object' ? intent.latest_charge : null;

function capturedOf(intent: Stripe.PaymentIntent): number {
  if (intent.status !== 'succeeded') return 0;
  return intent.amount_received ?? chargeOf(intent)?.amount_captured ?? intent.amount;
}

/** @param refunds all of the payment's */
export function transactionOf(
  intent: Stripe.PaymentIntent,
  refunds: readonly Stripe.Refund[],
  disputed: boolean,
): ProviderTransaction {
  const units = (amount: number) => fromStripeAmount(amount, intent.currency);
  const status = statusOfIntent(intent);
  const given = givenBack(intent, refunds);
  return {
    transactionId: intent.id,
    reference: intent.metadata?.[REFERENCE_KEY] ?? null,
    status,
    currency: intent.currency.toUpperCase(),
    amount: units(intent.amount),
    capturable: status === 'authorized' ? units(intent.amount_capturable ?? intent.amount) : 0,
    captured: units(capturedOf(intent)),
    refunded: units(given.filter(isUnderWay).reduce((total, { amount }) => total + amount, 0)),
    fees: feesOf(intent),
    failure: intent.last_payment_error && status !== 'succeeded' ? failureOf(intent) : null,
    instrument: instrumentOf(intent),
    refunds: given.map(refund => providerRefund(refund, intent.currency)),
    disputed,
    orderCode: intent.metadata?.orderCode ?? null,
  };
}

/**
 * Without what Stripe itself writes down when less is captured than was reserved: the rest then stands among the
 * refunds, though it was never taken. It has no entry in the balance, and no reference of ours.
 */
function givenBack(intent: Stripe.PaymentIntent, refunds: readonly Stripe.Refund[]): Stripe.Refund[] {
  const rest = intent.amount - capturedOf(intent);
  const release = refunds.find(
    refund =>
      intent.status === 'succeeded' &&
      rest > 0 &&
      refund.amount === rest &&
      !refund.balance_transaction &&
      refund.metadata?.[REFERENCE_KEY] === undefined,
  );
  return refunds.filter(refund => refund !== release);
}

const isUnderWay = ({ status }: Stripe.Refund): boolean => status !== 'failed' && status !== 'canceled';

function providerRefund(refund: Stripe.Refund, currency: string): ProviderRefund {
  return {
    refundId: refund.id,
    reference: refund.metadata?.[REFERENCE_KEY] ?? null,
    amount: fromStripeAmount(refund.amount, currency),
    status: refund.status === 'succeeded' ? 'succeeded' : isUnderWay(refund) ? 'pending' : 'failed',
  };
}

export function resultOfRefund(refund: Stripe.Refund): ProviderResult {
  const balance = typeof refund.balance_transaction === 'object' ? refund.balance_transaction : null;
  const common = { transactionId: refund.id, fees: feeIn(balance, refund.currency) };
  const amount = fromStripeAmount(refund.amount, refund.currency);
  switch (refund.status ?? 'unknown') {
    case 'succeeded':
      return { ...withoutMoney('succeeded', common), amount };
    case 'pending':
    case 'requires_action':
      return { ...withoutMoney('processing', common), amount };
    case 'failed':
      return withoutMoney('failed', {
        ...common,
        failure: {
          kind: 'declined',
          code: codeFrom(refund.failure_reason, 'refund_failed'),
          message: 'The refund was refused by the bank.',
        },
      });
    case 'canceled':
      return withoutMoney('cancelled', common);
    default:
      return withoutMoney('unknown', common);
  }
}

function failureOf({ last_payment_error: error }: Stripe.PaymentIntent): ProviderFailure {
  const code = codeFrom(error?.decline_code ?? error?.code, 'card_declined');
  return { kind: 'declined', code, message: declineMessage(code) };
}

/** In the payment's own currency only: an account that settles in another one is charged in that one. */
function feesOf(intent: Stripe.PaymentIntent): number | null {
  const balance = chargeOf(intent)?.balance_transaction;
  return feeIn(typeof balance === 'object' ? balance : null, intent.currency);
}

function feeIn(balance: Stripe.BalanceTransaction | null | undefined, currency: string): number | null {
  return balance?.currency === currency && balance.fee >= 0 ? fromStripeAmount(balance.fee, currency) : null;
}

type CardDetails = Pick<
  Stripe.Charge.PaymentMethodDetails.Card,
  'brand' | 'last4' | 'exp_month' | 'exp_year' | 'country'
> & {
  fingerprint?: string | null;
  wallet?: object | null;
  three_d_secure?: { result: string | null } | null;
};

function instrumentOf(intent: Stripe.PaymentIntent): PaymentInstrument | null {
  const used = chargeOf(intent)?.payment_method_details;
  if (used?.card) return cardInstrument(used.card);
  return typeof intent.payment_method === 'object' ? instrumentOfMethod(intent.payment_method) : null;
}

export function instrumentOfMethod(method: Stripe.PaymentMethod | null): PaymentInstrument | null {
  if (method?.card) return cardInstrument(method.card);
  if (method?.sepa_debit) {
    const { last4, fingerprint, country } = method.sepa_debit;
    return {
      type: 'bank_transfer',
      brand: 'sepa_debit',
      last4: last4 ?? null,
      expiryMonth: null,
      expiryYear: null,
      fingerprint: fingerprint ?? null,
      issuingCountry: country?.toUpperCase() ?? null,
      threeDSecure: null,
    };
  }
  return null;
}

function cardInstrument(card: CardDetails): PaymentInstrument {
  return {
    type: card.wallet ? 'digital_wallet' : 'card',
    brand: card.brand?.toLowerCase() ?? null,
    last4: card.last4 ?? null,
    expiryMonth: card.exp_month ?? null,
    expiryYear: card.exp_year ?? null,
    fingerprint: card.fingerprint ?? null,
    issuingCountry: card.country?.toUpperCase() ?? null,
    threeDSecure: threeDSecureOf(card.three_d_secure?.result),
  };
}

const THREE_D_SECURE: Readonly<Record<string, PaymentInstrument['threeDSecure']>> = {
  authenticated: 'authenticated',
  attempt_acknowledged: 'attempted',
  failed: 'failed',
  processing_error: 'failed',
};

function threeDSecureOf(result: string | null | undefined): PaymentInstrument['threeDSecure'] {
  return THREE_D_SECURE[result ?? ''] ?? null;
}
