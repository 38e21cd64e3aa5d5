import type { Order } from '@vendure/core';
import type { AuthorizeRequest, PaymentAddress } from '../types';
import type { RoutedPaymentInput } from './routed-payment-input';

type OrderAddress = Order['billingAddress'];

/** What a provider is asked for, from the order as it was when the attempt was written down. */
export function authorizeRequest(
  order: Order,
  input: RoutedPaymentInput,
  more: Pick<
    AuthorizeRequest,
    'reference' | 'amount' | 'captureMethod' | 'returnUrl' | 'requireThreeDSecure'
  > & {
    savedMethodId: string | null;
    providerCustomerId: string | null;
  },
): AuthorizeRequest {
  const { savedMethodId, providerCustomerId, ...rest } = more;
  const { customer } = order;
  const billing = isFilled(order.billingAddress) ? order.billingAddress : order.shippingAddress;
  return {
    ...rest,
    currency: order.currencyCode,
    method: {
      type: input.methodType,
      token: input.token ?? null,
      savedMethodId,
      billingAddress: isFilled(billing) ? addressOf(billing) : null,
    },
    customer: {
      id: customer === undefined || customer.user == null ? null : String(customer.id),
      providerCustomerId,
      email: customer?.emailAddress ?? null,
      name: customer === undefined ? null : `${customer.firstName} ${customer.lastName}`.trim(),
    },
    order: {
      id: String(order.id),
      code: order.code,
      description: `Order ${order.code}`,
      items: order.lines.map(line => ({
        name: line.productVariant.name,
        quantity: line.quantity,
        amount: line.proratedLinePriceWithTax,
      })),
    },
  };
}

/** The country that routing rules mean. */
export function billingCountry(order: Order): string | null {
  const billing = isFilled(order.billingAddress) ? order.billingAddress : order.shippingAddress;
  return billing.countryCode?.toUpperCase() ?? null;
}

function isFilled(address: OrderAddress): boolean {
  return address?.countryCode != null && address.countryCode !== '';
}

function addressOf(address: OrderAddress): PaymentAddress {
  return {
    fullName: address.fullName ?? null,
    company: address.company ?? null,
    streetLine1: address.streetLine1 ?? null,
    streetLine2: address.streetLine2 ?? null,
    city: address.city ?? null,
    province: address.province ?? null,
    postalCode: address.postalCode ?? null,
    countryCode: address.countryCode?.toUpperCase() ?? null,
    phoneNumber: address.phoneNumber ?? null,
  };
}
