import type Stripe from 'stripe';
import type { AuthorizeRequest, PaymentAddress } from '../../types';
import { toStripeAmount } from '../minor-units';

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

/** The request by which a payment is made, and confirmed where there is something to pay with. */
export function intentParams(request: AuthorizeRequest): Stripe.PaymentIntentCreateParams {
  const { method, customer, order } = request;
  const source = method.savedMethodId ?? method.token;
  return {
    amount: toStripeAmount(request.amount, request.currency),
    currency: request.currency.toLowerCase(),
    capture_method: request.captureMethod,
    description: order.description.slice(0, MAX_DESCRIPTION),
    metadata: {
      [REFERENCE_KEY]: request.reference,
      [CONFIRMATION_KEY]: source === null ? 'client' : 'server',
      orderCode: order.code,
    },
    ...(customer.providerCustomerId === null ? {} : { customer: customer.providerCustomerId }),
    ...methodTypes(request),
    ...(request.requireThreeDSecure
      ? { payment_method_options: { card: { request_three_d_secure: 'any' } } }
      : {}),
    ...(source === null
      ? {}
      : {
          ...paymentMethod(source, method.billingAddress, customer),
          confirm: true,
          return_url: request.returnUrl,
        }),
    expand: INTENT_EXPANSIONS,
  };
}

/** Cards (and wallets, which are cards to Stripe) by name; for all others Stripe knows what the account has on. */
function methodTypes({ method }: AuthorizeRequest): Partial<Stripe.PaymentIntentCreateParams> {
  return method.type === 'bank_transfer'
    ? { automatic_payment_methods: { enabled: true } }
    : { payment_method_types: ['card'] };
}

function paymentMethod(
  source: string,
  address: PaymentAddress | null,
  { email, name }: AuthorizeRequest['customer'],
): Partial<Stripe.PaymentIntentCreateParams> {
  // A token of the browser's becomes a method with this payment. One that is a method already keeps its own address.
  if (!source.startsWith('tok_')) return { payment_method: source };
  return {
    // The library's type leaves `card` out; Stripe takes a token there.
    payment_method_data: {
      type: 'card',
      card: { token: source },
      billing_details: without({
        name: address?.fullName ?? name,
        email,
        phone: address?.phoneNumber ?? null,
        address: address === null ? null : addressParam(address),
      }),
    } as unknown as Stripe.PaymentIntentCreateParams.PaymentMethodData,
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
