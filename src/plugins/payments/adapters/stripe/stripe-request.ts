import type Stripe from 'stripe';
import type { AuthorizeRequest, PaymentAddress } from '../../types';

/** The key of the metadata under which our reference stands at the provider. */
export const REFERENCE_KEY = 'reference';

/** Who confirms: an intent that was given to the browser can be tried again there, with another card. */
export const CONFIRMATION_KEY = 'confirmation';

/** What is asked to be shown with an intent, so that one request tells all. */
export const INTENT_EXPANSIONS = [
  'payment_method',
  'latest_charge.balance_transaction',
  'latest_charge.refunds',
];

const MAX_DESCRIPTION = 500;

/**
 * The request by which a payment is made, and confirmed where there is something to pay with.
 *
 * @param amount as Stripe counts it
 * @param methodId Stripe's method to pay with; null where the browser confirms
 */
export function intentParams(
  request: AuthorizeRequest,
  amount: number,
  methodId: string | null,
): Stripe.PaymentIntentCreateParams {
  const { customer, order } = request;
  return {
    amount,
    currency: request.currency.toLowerCase(),
    capture_method: request.captureMethod,
    description: order.description.slice(0, MAX_DESCRIPTION),
    metadata: {
      [REFERENCE_KEY]: request.reference,
      [CONFIRMATION_KEY]: methodId === null ? 'client' : 'server',
      orderCode: order.code,
    },
    ...(customer.providerCustomerId === null ? {} : { customer: customer.providerCustomerId }),
    ...methodTypes(request),
    ...(request.requireThreeDSecure
      ? { payment_method_options: { card: { request_three_d_secure: 'any' } } }
      : {}),
    // Stripe takes a return address only with the confirmation.
    ...(methodId === null ? {} : { payment_method: methodId, confirm: true, return_url: request.returnUrl }),
    expand: INTENT_EXPANSIONS,
  };
}

/** Cards (and wallets, which are cards to Stripe) by name; for all others Stripe knows what the account has on. */
function methodTypes({ method }: AuthorizeRequest): Partial<Stripe.PaymentIntentCreateParams> {
  return method.type === 'bank_transfer'
    ? { automatic_payment_methods: { enabled: true } }
    : { payment_method_types: ['card'] };
}

/** Whether it is a token of Stripe's older script: one has to become a method before it can pay. */
export const isCardToken = (source: string): boolean => source.startsWith('tok_');

/** The request by which a token becomes a method, with the address. A method that the browser made has its own. */
export function methodParams(
  token: string,
  address: PaymentAddress | null,
  { email, name }: { email: string | null; name: string | null },
): Stripe.PaymentMethodCreateParams {
  return {
    type: 'card',
    card: { token },
    billing_details: without({
      name: address?.fullName ?? name,
      email,
      phone: address?.phoneNumber ?? null,
      address: address === null ? null : addressParam(address),
    }),
  };
}

function addressParam(address: PaymentAddress): Stripe.AddressParam {
  return without({
    line1: address.streetLine1,
    line2: address.streetLine2,
    city: address.city,
    state: address.province,
    postal_code: address.postalCode,
    country: address.countryCode,
  });
}

/** Without what is not known. */
function without<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== '')) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
