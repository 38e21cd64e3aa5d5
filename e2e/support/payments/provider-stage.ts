import type { AuthorizeRequest, PaymentProvider, ProviderCall } from '../../../src/plugins/payments';
import type { LedgerEntry } from './backend';
import type { FaultProxy } from './fault-proxy';

/** A provider with all that a test needs to play the shopper, the bank and the network. */
export interface ProviderStage {
  readonly provider: PaymentProvider;
  /** What the card pays with: a new one for each call. Null where the shopper chooses on the provider's page. */
  token(card: 'good' | 'declined' | 'three_d_secure'): Promise<string | null>;
  /** The shopper does what is still to do with a pending payment. */
  shopper(transactionId: string, does: 'pay' | 'fail'): Promise<void>;
  /** Between the shop and the provider; nothing for a provider that no network leads to. */
  readonly proxy: FaultProxy | null;
  /** What the provider has booked. */
  ledger(): Promise<LedgerEntry[]>;
  close(): Promise<void>;
}

let calls = 0;

/** A call with a key of its own, or a repetition with a given one. */
export function call(idempotencyKey = `key-${process.pid}-${(calls += 1)}`, limitMs = 5_000): ProviderCall {
  return { idempotencyKey, signal: AbortSignal.timeout(limitMs) };
}

export function authorizeRequest(
  token: string | null,
  more: Partial<Omit<AuthorizeRequest, 'method'>> & { method?: Partial<AuthorizeRequest['method']> } = {},
): AuthorizeRequest {
  return {
    amount: 1000,
    currency: 'EUR',
    reference: `attempt-${process.pid}-${(calls += 1)}`,
    captureMethod: 'manual',
    customer: { id: '7', providerCustomerId: null, email: 'ann@example.com', name: 'Ann Lee' },
    order: {
      id: '1',
      code: 'ORD-0000000001',
      description: 'Order ORD-0000000001',
      items: [{ name: 'A lamp', quantity: 2, amount: 500 }],
    },
    returnUrl: 'https://shop.example/checkout/back',
    requireThreeDSecure: false,
    ...more,
    method: {
      type: 'card',
      token,
      savedMethodId: null,
      billingAddress: {
        fullName: 'Ann Lee',
        company: null,
        streetLine1: '1 Main Street',
        streetLine2: null,
        city: 'Bruges',
        province: null,
        postalCode: '8000',
        countryCode: 'BE',
        phoneNumber: null,
      },
      ...more.method,
    },
  };
}

/** Of a minute ago: clocks differ. */
export const since = (): Date => new Date(Date.now() - 60_000);
