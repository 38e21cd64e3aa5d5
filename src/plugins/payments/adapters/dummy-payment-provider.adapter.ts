import { createHash } from 'node:crypto';
import { WebhookUnreadableError } from '../errors';
import type {
  AuthorizeRequest,
  CaptureRequest,
  PaymentInstrument,
  PaymentProvider,
  ProviderCall,
  ProviderCapabilities,
  ProviderEvent,
  ProviderFailure,
  ProviderResult,
  ProviderTransaction,
  QueryRequest,
  RefundRequest,
  SavedMethodRequest,
  SavedMethodResult,
  VoidRequest,
} from '../types';
import { behaviourOf, isDummyToken, type DummyRefusal, type DummyToken } from './dummy/dummy-tokens';
import { dummyTransactionId, readDummyTransactionId, type DummyPayment } from './dummy/dummy-transaction-id';
import { failedWith, resultOf, savedMethodResultOf, UNKNOWN, withoutMoney } from './results';

const SAVED_METHOD_PREFIX = 'dummy_method_';

/** The dummy keeps so much of each payment, so that reports show something. */
const FEE_SHARE = 0.014;
const FEE_FIXED = 25;

const DEFAULT_CONFIRM_AFTER_MS = 2_000;

/** What was done with a payment after it was made. */
export interface DummyHistory {
  readonly captured: number;
  readonly voided: boolean;
  readonly refunds: readonly {
    readonly refundId: string;
    readonly reference: string;
    readonly amount: number;
  }[];
}

export interface DummyPaymentProviderOptions {
  readonly code?: string | undefined;
  /** Seals the ids, so that none made elsewhere is taken for its own. The same in all processes. */
  readonly secret?: string | undefined;
  /** After how long a pending payment counts as confirmed by the shopper (ms), 2,000 if it is not set. */
  readonly confirmAfterMs?: number | undefined;
  /**
   * What the shop's own books say of a payment, by its reference; the plugin gives it its ledger. The dummy remembers
   * nothing: without this it tells of every payment as it was made, and sums up no refunds.
   */
  readonly recall?: ((reference: string) => Promise<DummyHistory | null>) | undefined;
  readonly now?: (() => Date) | undefined;
}

/** Plays a provider for development. The token decides what happens. Takes no money: never for a real shop. */
export class DummyPaymentProvider implements PaymentProvider {
  readonly code: string;

  readonly capabilities: ProviderCapabilities = {
    methodTypes: ['card', 'digital_wallet', 'bank_transfer'],
    manualCapture: true,
    partialCapture: true,
    savedMethods: true,
    clientConfirmation: true,
  };

  private readonly secret: string;
  private recall: DummyPaymentProviderOptions['recall'];

  constructor(private readonly options: DummyPaymentProviderOptions = {}) {
    this.recall = options.recall;
    this.code = options.code ?? 'dummy';
    this.secret = options.secret ?? 'dummy';
  }

  /** Where it asks what was done with its payments, if the options name nobody. */
  recallFrom(recall: NonNullable<DummyPaymentProviderOptions['recall']>): void {
    this.recall ??= recall;
  }

  async authorize(request: AuthorizeRequest, { signal }: ProviderCall): Promise<ProviderResult> {
    const token = tokenOf(request);
    if (token === null)
      return resultOf(failedWith('invalid', 'token_unknown', 'The dummy does not know this token.'));
    const behaviour = behaviourOf(token);
    const shopperActs = behaviour.authorize === 'three_d_secure' || request.requireThreeDSecure;
    const payment: DummyPayment = {
      token,
      manual: request.captureMethod === 'manual',
      amount: request.amount,
      currency: request.currency,
      reference: request.reference,
      confirmed: shopperActs,
      madeAt: this.now(),
    };
    const transactionId = dummyTransactionId(payment, this.secret);
    switch (behaviour.authorize) {
      case 'silent':
        return await silence(signal);
      case 'lost_before':
        return resultOf(UNKNOWN);
      case 'lost_after':
        return resultOf(UNKNOWN, transactionId);
      case 'processing':
        return withoutMoney('processing', { transactionId, instrument: instrumentOf(payment) });
      case 'three_d_secure':
      case undefined:
        return shopperActs
          ? withoutMoney('pending', {
              transactionId,
              instrument: instrumentOf(payment),
              next: { clientSecret: null, redirectUrl: request.returnUrl },
            })
          : this.madeResult(payment, transactionId);
      default:
        return withoutMoney('failed', {
          // A provider that could not be reached has made nothing.
          transactionId: behaviour.authorize.kind === 'unavailable' ? null : transactionId,
          failure: failureOf(behaviour.authorize),
        });
    }
  }

  async capture(request: CaptureRequest): Promise<ProviderResult> {
    const { transactionId, amount } = request;
    const payment = this.read(request);
    if (payment === null) return noSuchPayment();
    const now = await this.stateOf(payment);
    const refusal = behaviourOf(payment.token).capture;
    if (now.status !== 'authorized') return refused('not_capturable', transactionId);
    if (amount > now.capturable) return refused('amount_too_large', transactionId);
    if (refusal !== undefined) return withoutMoney('failed', { transactionId, failure: failureOf(refusal) });
    return { ...withoutMoney('succeeded', { transactionId, fees: feeOf(amount) }), amount };
  }

  async void({ transactionId }: VoidRequest): Promise<ProviderResult> {
    const payment = readDummyTransactionId(transactionId, this.secret);
    if (payment === null) return noSuchPayment();
    const { status } = await this.stateOf(payment);
    if (status === 'succeeded' || status === 'failed') return refused('not_cancellable', transactionId);
    return withoutMoney('cancelled', { transactionId });
  }

  async refund(request: RefundRequest, call: ProviderCall): Promise<ProviderResult> {
    const { amount } = request;
    const payment = this.read(request);
    if (payment === null) return noSuchPayment();
    const now = await this.stateOf(payment);
    const transactionId = refundIdOf(call.idempotencyKey);
    const given = now.refunds.find(({ refundId }) => refundId === transactionId);
    // Without a memory a captured payment looks as it was made: what was reserved can be given back then.
    const taken = this.recall === undefined ? payment.amount : now.captured;
    if (given === undefined && amount > taken - now.refunded) return refused('amount_too_large');
    const refusal = behaviourOf(payment.token).refund;
    if (refusal === 'processing') return { ...withoutMoney('processing', { transactionId }), amount };
    if (refusal !== undefined) return withoutMoney('failed', { transactionId, failure: failureOf(refusal) });
    return { ...withoutMoney('succeeded', { transactionId }), amount };
  }

  async query({ transactionId }: QueryRequest): Promise<ProviderTransaction | null> {
    const payment = transactionId === null ? null : readDummyTransactionId(transactionId, this.secret);
    // Without its id there is no payment: the one that was lost on the way (`tok_unknown`) has never arrived.
    return payment === null ? null : await this.stateOf(payment);
  }

  createSavedMethod({ token, customer }: SavedMethodRequest): Promise<SavedMethodResult> {
    const providerCustomerId = customer.providerCustomerId ?? `dummy_customer_${customer.id}`;
    if (!isDummyToken(token)) {
      const verdict = failedWith('invalid', 'token_unknown', 'The dummy does not know this token.');
      return Promise.resolve(savedMethodResultOf(verdict, providerCustomerId));
    }
    const behaviour = behaviourOf(token).authorize;
    if (typeof behaviour === 'object') {
      const verdict = { status: 'failed', failure: failureOf(behaviour) } as const;
      return Promise.resolve(savedMethodResultOf(verdict, providerCustomerId));
    }
    return Promise.resolve({
      status: 'succeeded',
      providerCustomerId,
      savedMethodId: `${SAVED_METHOD_PREFIX}${token}`,
      instrument: cardOf(token, null),
      failure: null,
    });
  }

  deleteSavedMethod(): Promise<'deleted'> {
    return Promise.resolve('deleted');
  }

  /** It sends none, so nothing that comes is its own. */
  verifyWebhook(): boolean {
    return false;
  }

  parseWebhook(): ProviderEvent {
    throw new WebhookUnreadableError('the dummy sends no messages');
  }

  /** The payment as it is now: what it was made for, and what the shop's books say was done with it since. */
  private async stateOf(payment: DummyPayment): Promise<ProviderTransaction> {
    const { amount, currency, reference, manual } = payment;
    const history = (await this.recall?.(reference)) ?? null;
    const made = this.madeStatus(payment);
    const status = history?.voided ? 'cancelled' : history && history.captured > 0 ? 'succeeded' : made;
    const captured = status !== 'succeeded' ? 0 : manual ? (history?.captured ?? 0) : amount;
    const refunds = (history?.refunds ?? []).map(refund => ({ ...refund, status: 'succeeded' as const }));
    const refusal = refusalOf(payment);
    return {
      transactionId: dummyTransactionId(payment, this.secret),
      reference,
      status,
      currency,
      amount,
      capturable: status === 'authorized' ? amount : 0,
      captured,
      refunded: refunds.reduce((total, refund) => total + refund.amount, 0),
      fees: captured > 0 ? feeOf(captured) : null,
      failure: status === 'failed' && refusal !== null ? failureOf(refusal) : null,
      instrument: instrumentOf(payment),
      refunds,
      disputed: false,
    };
  }

  private madeResult(payment: DummyPayment, transactionId: string): ProviderResult {
    const { amount, manual } = payment;
    const common = { transactionId, instrument: instrumentOf(payment), fees: manual ? null : feeOf(amount) };
    return { ...withoutMoney(manual ? 'authorized' : 'succeeded', common), amount };
  }

  private madeStatus(payment: DummyPayment): ProviderTransaction['status'] {
    const { authorize, later } = behaviourOf(payment.token);
    if (typeof authorize === 'object') return 'failed';
    const waits = payment.confirmed || authorize === 'processing';
    const passed = this.now().getTime() - payment.madeAt.getTime();
    if (waits && passed < (this.options.confirmAfterMs ?? DEFAULT_CONFIRM_AFTER_MS)) {
      return payment.confirmed ? 'pending' : 'processing';
    }
    if (later !== undefined) return 'failed';
    return payment.manual ? 'authorized' : 'succeeded';
  }

  private read({
    transactionId,
    currency,
  }: {
    transactionId: string;
    currency: string;
  }): DummyPayment | null {
    const payment = readDummyTransactionId(transactionId, this.secret);
    return payment?.currency === currency ? payment : null;
  }

  private now(): Date {
    return this.options.now?.() ?? new Date();
  }
}

/** A payment that the browser is to confirm is one that waits for the shopper. */
function tokenOf({ method }: AuthorizeRequest): DummyToken | null {
  const token = method.savedMethodId?.slice(SAVED_METHOD_PREFIX.length) ?? method.token ?? 'tok_3ds';
  return isDummyToken(token) ? token : null;
}

function refusalOf(payment: DummyPayment): DummyRefusal | null {
  const { authorize, later } = behaviourOf(payment.token);
  return typeof authorize === 'object' ? authorize : (later ?? null);
}

function silence(signal: AbortSignal): Promise<ProviderResult> {
  return new Promise(resolve => {
    const end = () => resolve(resultOf(UNKNOWN));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

const failureOf = ({ kind, code }: DummyRefusal): ProviderFailure => ({
  kind,
  code,
  message: `The dummy refused this payment: ${code.replaceAll('_', ' ')}.`,
});

const refused = (code: string, transactionId: string | null = null): ProviderResult =>
  resultOf({ status: 'failed', failure: failureOf({ kind: 'invalid', code }) }, transactionId);

const noSuchPayment = (): ProviderResult => refused('transaction_unknown');

const feeOf = (amount: number): number => Math.min(amount, Math.round(amount * FEE_SHARE) + FEE_FIXED);

/** The same call gives the same refund. No hexadecimal: a long row of digits in it could pass for a card number. */
const refundIdOf = (idempotencyKey: string): string =>
  `dummy_refund_${createHash('sha256').update(idempotencyKey).digest('base64url').slice(0, 24)}`;

const instrumentOf = (payment: DummyPayment): PaymentInstrument =>
  cardOf(payment.token, payment.confirmed ? 'authenticated' : null);

function cardOf(token: DummyToken, threeDSecure: PaymentInstrument['threeDSecure']): PaymentInstrument {
  const { brand, last4 } = behaviourOf(token);
  return {
    type: 'card',
    brand,
    last4,
    expiryMonth: 12,
    expiryYear: 2040,
    fingerprint: `dummy_${brand}_${last4}`,
    issuingCountry: 'US',
    threeDSecure,
  };
}
