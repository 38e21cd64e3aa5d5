/**
 * The port behind which every payment provider stands, and the words that all parts of the plugin use.
 *
 * Amounts are whole, in the platform's own units: hundredths of a currency's main unit, also where the currency has other
 * small units or none (5,000 yen are 500000). What a provider counts in is its adapter's matter. Times are UTC.
 */

/** How the shopper pays. Decides nothing by itself: routing rules may. */
export const METHOD_TYPES = ['card', 'digital_wallet', 'bank_transfer'] as const;
export type MethodType = (typeof METHOD_TYPES)[number];

/**
 * What came of an operation.
 *
 * - `pending`: the shopper has to act (confirm, 3-D Secure, a bank's page); nothing is reserved yet
 * - `processing`: the provider is at work; a later message decides
 * - `authorized`: the amount is reserved and can be captured or voided (Stripe's `requires_capture`)
 * - `succeeded`: the money is taken, or given back
 * - `failed`: proven that no money moved and none will
 * - `cancelled`: voided, expired or given up by the shopper
 * - `unknown`: the answer was lost. It may have happened: ask again before anything else is tried
 */
export const PAYMENT_STATUSES = [
  'pending',
  'processing',
  'authorized',
  'succeeded',
  'failed',
  'cancelled',
  'unknown',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/**
 * Why an operation failed.
 *
 * - `declined`: the provider or the bank has looked at it and said no
 * - `unavailable`: proven that the provider never acted on the request (no connection, refused key, rate limit, open
 *   circuit breaker): another provider may be tried
 * - `invalid`: the request itself is wrong (expired token, unknown transaction, amount above what is left)
 */
export type FailureKind = 'declined' | 'unavailable' | 'invalid';

export interface Money {
  /** Hundredths of the main unit, whole, never negative. */
  readonly amount: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
}

export interface ProviderFailure {
  readonly kind: FailureKind;
  /** The provider's code in lower case, such as `card_declined`; ours where it gave none: `connection_failed`. */
  readonly code: string;
  /** For people. Without card data, secrets or the shopper's own data. */
  readonly message: string;
}

/** What an operation of a provider gave. Never thrown: whatever an adapter throws counts as `unknown`. */
export interface ProviderResult {
  readonly status: PaymentStatus;
  /** The provider's id of the payment (of the refund, for a refund); null while none is known. */
  readonly transactionId: string | null;
  /** What was reserved, taken or given back by this operation. */
  readonly amount: number;
  /** What the provider keeps, in the same currency; null where it does not say (yet). */
  readonly fees: number | null;
  readonly failure: ProviderFailure | null;
  /** What the storefront needs to go on with a pending payment. */
  readonly next: NextAction | null;
  /** The card or account, as far as a shop may know it. */
  readonly instrument: PaymentInstrument | null;
}

export interface NextAction {
  /** For the provider's own script in the browser. A secret of this one payment: given to the shopper, never logged. */
  readonly clientSecret: string | null;
  /** Where the shopper has to go, and comes back from to the request's `returnUrl`. */
  readonly redirectUrl: string | null;
}

export interface PaymentInstrument {
  readonly type: MethodType;
  /** Lower case, such as `visa`; null where unknown. */
  readonly brand: string | null;
  readonly last4: string | null;
  readonly expiryMonth: number | null;
  readonly expiryYear: number | null;
  /** The provider's fingerprint of the card: the same card gives the same one. */
  readonly fingerprint: string | null;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly issuingCountry: string | null;
  /** Whether 3-D Secure was passed; null where it was not asked for. */
  readonly threeDSecure: 'authenticated' | 'attempted' | 'failed' | null;
}

/** How a call is made. */
export interface ProviderCall {
  /** The same for every repetition of one operation: the provider acts on it once. At most 64 characters. */
  readonly idempotencyKey: string;
  /** Aborted when the time is up; the outcome is `unknown` then. */
  readonly signal: AbortSignal;
}

export interface PaymentAddress {
  readonly fullName: string | null;
  readonly company: string | null;
  readonly streetLine1: string | null;
  readonly streetLine2: string | null;
  readonly city: string | null;
  readonly province: string | null;
  readonly postalCode: string | null;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly countryCode: string | null;
  readonly phoneNumber: string | null;
}

export interface AuthorizeRequest extends Money {
  /** The attempt's id in our ledger. Kept in the provider's metadata, so that a lost reply can be found by it. */
  readonly reference: string;
  /** `automatic`: take the money at once; `manual`: reserve it, to be captured later. */
  readonly captureMethod: 'automatic' | 'manual';
  readonly method: {
    readonly type: MethodType;
    /** What stands for the card: the provider's token or the id of a saved method; null when the browser confirms. */
    readonly token: string | null;
    readonly savedMethodId: string | null;
    readonly billingAddress: PaymentAddress | null;
  };
  readonly customer: {
    /** Ours; null for a guest. */
    readonly id: string | null;
    /** The provider's, where one is known. */
    readonly providerCustomerId: string | null;
    readonly email: string | null;
    readonly name: string | null;
  };
  readonly order: {
    readonly id: string;
    readonly code: string;
    readonly description: string;
    readonly items: readonly { readonly name: string; readonly quantity: number; readonly amount: number }[];
  };
  /** Where the shopper comes back to from the provider's or the bank's page. */
  readonly returnUrl: string;
  /** The risk check wants 3-D Secure, whatever the bank would do. */
  readonly requireThreeDSecure: boolean;
}

export interface CaptureRequest extends Money {
  readonly reference: string;
  readonly transactionId: string;
}

export interface VoidRequest {
  readonly reference: string;
  readonly transactionId: string;
}

export interface RefundRequest extends Money {
  readonly reference: string;
  /** Of the payment. */
  readonly transactionId: string;
  readonly reason: string | null;
}

export interface QueryRequest {
  /** Of the payment; null where the reply to `authorize` was lost: then it is looked for by `reference`. */
  readonly transactionId: string | null;
  /** The authorizing attempt's. */
  readonly reference: string;
  /** When the attempt was made: nothing older is looked through. */
  readonly since: Date;
}

/** A payment as the provider has it now. */
export interface ProviderTransaction {
  readonly transactionId: string;
  /** Ours, from the provider's metadata; null for a payment that we have not made. */
  readonly reference: string | null;
  readonly status: PaymentStatus;
  readonly currency: string;
  /** What was asked for. */
  readonly amount: number;
  /** What can still be captured. */
  readonly capturable: number;
  readonly captured: number;
  readonly refunded: number;
  readonly fees: number | null;
  readonly failure: ProviderFailure | null;
  readonly instrument: PaymentInstrument | null;
  readonly refunds: readonly ProviderRefund[];
  /** Whether a dispute is open or was lost. */
  readonly disputed: boolean;
  /** The code of the order that the payment names; null or absent where it names none. */
  readonly orderCode?: string | null;
}

export interface ProviderRefund {
  readonly refundId: string;
  readonly reference: string | null;
  readonly amount: number;
  readonly status: 'pending' | 'succeeded' | 'failed';
}

export interface SavedMethodRequest {
  readonly token: string;
  readonly customer: {
    readonly id: string;
    readonly providerCustomerId: string | null;
    readonly email: string;
    readonly name: string;
  };
}

export interface SavedMethodResult {
  readonly status: 'succeeded' | 'failed' | 'unknown';
  readonly providerCustomerId: string | null;
  readonly savedMethodId: string | null;
  readonly instrument: PaymentInstrument | null;
  readonly failure: ProviderFailure | null;
}

/** A message of a provider, reduced to what may be stored. What it says is never believed: the payment is queried. */
export interface ProviderEvent {
  /** The provider's id of the message: a second one with the same id is the same message. */
  readonly eventId: string;
  /** The provider's own name of it, such as `payment_intent.succeeded`. */
  readonly type: string;
  readonly kind: 'payment' | 'refund' | 'dispute' | 'fraud_warning' | 'other';
  /** Of the payment that it is about; null where it says none. */
  readonly transactionId: string | null;
  /** Our attempt's id, where the message carries it. */
  readonly reference: string | null;
  readonly occurredAt: Date | null;
  readonly dispute: ProviderDispute | null;
}

export interface ProviderDispute extends Money {
  readonly disputeId: string;
  /** `fraudulent`, `product_not_received`, ... in the provider's words. */
  readonly reason: string;
  readonly status: 'needs_response' | 'under_review' | 'won' | 'lost';
  /** By when the shop has to answer. */
  readonly respondBy: Date | null;
}

export interface ProviderCapabilities {
  readonly methodTypes: readonly MethodType[];
  /** Whether `captureMethod: 'manual'` works. */
  readonly manualCapture: boolean;
  readonly partialCapture: boolean;
  readonly savedMethods: boolean;
  /** Whether the shopper's browser can confirm a payment that was made without a token. */
  readonly clientConfirmation: boolean;
}

/**
 * Port: a payment provider. An adapter translates, and nothing else: it keeps no state, writes no table, and never
 * retries by itself.
 */
export interface PaymentProvider {
  /** Stable: it is stored with every attempt. */
  readonly code: string;
  readonly capabilities: ProviderCapabilities;
  authorize(request: AuthorizeRequest, call: ProviderCall): Promise<ProviderResult>;
  capture(request: CaptureRequest, call: ProviderCall): Promise<ProviderResult>;
  void(request: VoidRequest, call: ProviderCall): Promise<ProviderResult>;
  refund(request: RefundRequest, call: ProviderCall): Promise<ProviderResult>;
  /** @returns null only where the provider says for certain that there is no such payment */
  query(request: QueryRequest, call: Pick<ProviderCall, 'signal'>): Promise<ProviderTransaction | null>;
  createSavedMethod?(request: SavedMethodRequest, call: ProviderCall): Promise<SavedMethodResult>;
  deleteSavedMethod?(savedMethodId: string, call: ProviderCall): Promise<'deleted' | 'unknown'>;
  /** Whether the message is the provider's, by its signature over the raw body. Providers without one accept all. */
  verifyWebhook(body: Buffer, headers: WebhookHeaders): boolean;
  /** @throws WebhookUnreadableError when it is no message of this provider */
  parseWebhook(body: Buffer, headers: WebhookHeaders): ProviderEvent;
}

/** What can be done with a payment that was made before, whoever made it. */
export type PaymentAccount = Pick<PaymentProvider, 'code' | 'capture' | 'void' | 'refund' | 'query'>;

/** Names in lower case. */
export type WebhookHeaders = Readonly<Record<string, string | undefined>>;
