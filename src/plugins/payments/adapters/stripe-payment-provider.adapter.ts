import Stripe from 'stripe';
import type {
  AuthorizeRequest,
  CaptureRequest,
  PaymentProvider,
  ProviderCall,
  ProviderCapabilities,
  ProviderEvent,
  ProviderResult,
  ProviderTransaction,
  QueryRequest,
  RefundRequest,
  SavedMethodRequest,
  SavedMethodResult,
  VoidRequest,
  WebhookHeaders,
} from '../types';
import { payable, toStripeAmount } from './amounts';
import { NOT_PAYABLE, resultOf, savedMethodResultOf, UNKNOWN, withoutMoney, type Verdict } from './results';
import { intentOfError, isMissing, verdictOfStripeError } from './stripe/stripe-error';
import { StripeHttpClient } from './stripe/stripe-http-client';
import {
  INTENT_EXPANSIONS,
  intentParams,
  isCardToken,
  methodParams,
  REFERENCE_KEY,
} from './stripe/stripe-request';
import {
  instrumentOfMethod,
  isObject,
  resultOfIntent,
  resultOfRefund,
  transactionOf,
} from './stripe/stripe-transaction';
import { eventOf } from './stripe/stripe-webhook';

const API_VERSION = '2023-08-16';

/** How old a signed message may be (s): an older one is a recording. */
const SIGNATURE_TOLERANCE = 300;

/** Stripe's clock and ours may differ by as much (s) where a payment is looked for by its time. */
const CLOCK_SKEW = 300;

const PAGE = 100;

/** A shop that made more payments since then cannot be searched by a list: nothing is known then. */
const MAX_LISTED = 10_000;

export interface StripePaymentProviderOptions {
  /** Where it is not `stripe`: for a second account, for example. Never change it once payments were made. */
  readonly code?: string | undefined;
  /** The secret key (`sk_...`) or a restricted one (`rk_...`). */
  readonly apiKey: string;
  /** The signing secret of the webhook endpoint (`whsec_...`). Without it no message is believed. */
  readonly webhookSecret?: string | undefined;
  /** Stripe's own, if not set: for tests and proxies. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly protocol?: 'http' | 'https' | undefined;
  readonly now?: () => Date;
}

/** Payments by Stripe's PaymentIntents. See README.md beside this file. */
export class StripePaymentProvider implements PaymentProvider {
  readonly code: string;

  readonly capabilities: ProviderCapabilities = {
    methodTypes: ['card', 'digital_wallet', 'bank_transfer'],
    manualCapture: true,
    partialCapture: true,
    savedMethods: true,
    clientConfirmation: true,
  };

  /** For what needs no network. */
  private readonly offline: Stripe;

  constructor(private readonly options: StripePaymentProviderOptions) {
    this.code = options.code ?? 'stripe';
    this.offline = this.client({ signal: AbortSignal.abort() });
  }

  async authorize(request: AuthorizeRequest, call: ProviderCall): Promise<ProviderResult> {
    const amount = payable(toStripeAmount, request);
    if (amount === null) return resultOf(NOT_PAYABLE);
    const stripe = this.client(call);
    let methodId = request.method.savedMethodId ?? request.method.token;
    if (methodId !== null && isCardToken(methodId)) {
      const params = methodParams(methodId, request.method.billingAddress, request.customer);
      const made = await this.methodFromToken(stripe, params, call);
      // Lost, it proves nothing: an earlier call with the same key may have come further.
      if (typeof made !== 'string') return resultOf(made);
      methodId = made;
    }
    try {
      const intent = await stripe.paymentIntents.create(intentParams(request, amount, methodId), keyOf(call));
      const ours =
        isObject<Stripe.PaymentIntent>(intent, 'payment_intent') &&
        intent.metadata?.[REFERENCE_KEY] === request.reference;
      return ours ? resultOfIntent(intent) : resultOf(UNKNOWN);
    } catch (error) {
      // A declined payment has an id at Stripe all the same.
      return resultOf(verdictOfStripeError(error), intentOfError(error)?.id ?? null);
    }
  }

  async capture(request: CaptureRequest, call: ProviderCall): Promise<ProviderResult> {
    const { transactionId } = request;
    const amount = payable(toStripeAmount, request);
    if (amount === null) return resultOf(NOT_PAYABLE, transactionId);
    try {
      const intent = await this.client(call).paymentIntents.capture(
        transactionId,
        { amount_to_capture: amount, expand: INTENT_EXPANSIONS },
        keyOf(call),
      );
      if (!isObject<Stripe.PaymentIntent>(intent, 'payment_intent', transactionId)) {
        return resultOf(UNKNOWN, transactionId);
      }
      return resultOfIntent(intent);
    } catch (error) {
      const intent = intentOfError(error);
      if (intent?.status !== 'succeeded') return resultOf(verdictOfStripeError(error), transactionId);
      // Refused because it is captured, which Stripe allows once: by an earlier call, whose key has been forgotten.
      return intent.received === amount
        ? { ...withoutMoney('succeeded', { transactionId }), amount: request.amount }
        : resultOf(UNKNOWN, transactionId);
    }
  }

  async void({ transactionId }: VoidRequest, call: ProviderCall): Promise<ProviderResult> {
    try {
      const intent = await this.client(call).paymentIntents.cancel(transactionId, {}, keyOf(call));
      if (!isObject<Stripe.PaymentIntent>(intent, 'payment_intent', transactionId)) {
        return resultOf(UNKNOWN, transactionId);
      }
      return intent.status === 'canceled'
        ? withoutMoney('cancelled', { transactionId })
        : resultOf(UNKNOWN, transactionId);
    } catch (error) {
      return intentOfError(error)?.status === 'canceled'
        ? withoutMoney('cancelled', { transactionId })
        : resultOf(verdictOfStripeError(error), transactionId);
    }
  }

  async refund(request: RefundRequest, call: ProviderCall): Promise<ProviderResult> {
    const amount = payable(toStripeAmount, request);
    if (amount === null) return resultOf(NOT_PAYABLE);
    try {
      const refund = await this.client(call).refunds.create(
        {
          payment_intent: request.transactionId,
          amount,
          metadata: { [REFERENCE_KEY]: request.reference },
          expand: ['balance_transaction'],
        },
        keyOf(call),
      );
      const ours =
        isObject<Stripe.Refund>(refund, 'refund') && refund.metadata?.[REFERENCE_KEY] === request.reference;
      return ours ? resultOfRefund(refund) : resultOf(UNKNOWN);
    } catch (error) {
      return resultOf(verdictOfStripeError(error));
    }
  }

  async query(
    request: QueryRequest,
    call: Pick<ProviderCall, 'signal'>,
  ): Promise<ProviderTransaction | null> {
    const stripe = this.client(call);
    const id = request.transactionId ?? (await this.findByReference(stripe, request));
    if (id === null) return null;
    let intent: Stripe.PaymentIntent;
    try {
      intent = await stripe.paymentIntents.retrieve(id, { expand: INTENT_EXPANSIONS });
    } catch (error) {
      if (isMissing(error)) return null;
      throw unreadable(error);
    }
    if (!isObject<Stripe.PaymentIntent>(intent, 'payment_intent', id)) throw unreadable();
    const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
    return transactionOf(
      intent,
      await this.refundsOf(stripe, charge),
      charge?.disputed === true && (await this.isDisputed(stripe, id)),
    );
  }

  async createSavedMethod(request: SavedMethodRequest, call: ProviderCall): Promise<SavedMethodResult> {
    const stripe = this.client(call);
    const { id, email, name } = request.customer;
    let customerId = request.customer.providerCustomerId;
    try {
      if (customerId === null) {
        const params = { email, name, metadata: { customerId: id } };
        const customer = await stripe.customers.create(params, keyOf(call, 'customer'));
        if (!isObject<Stripe.Customer>(customer, 'customer')) return savedMethodResultOf(UNKNOWN, null);
        customerId = customer.id;
      }
      let methodId: string | Verdict = request.token;
      if (isCardToken(methodId)) {
        methodId = await this.methodFromToken(stripe, methodParams(methodId, null, { email, name }), call);
        if (typeof methodId !== 'string') return savedMethodResultOf(methodId, customerId);
      }
      const method = await stripe.paymentMethods.attach(
        methodId,
        { customer: customerId },
        keyOf(call, 'attach'),
      );
      if (!isObject<Stripe.PaymentMethod>(method, 'payment_method')) {
        return savedMethodResultOf(UNKNOWN, customerId);
      }
      return {
        status: 'succeeded',
        providerCustomerId: customerId,
        savedMethodId: method.id,
        instrument: instrumentOfMethod(method),
        failure: null,
      };
    } catch (error) {
      return savedMethodResultOf(verdictOfStripeError(error), customerId);
    }
  }

  async deleteSavedMethod(savedMethodId: string, call: ProviderCall): Promise<'deleted' | 'unknown'> {
    try {
      const method = await this.client(call).paymentMethods.detach(savedMethodId, {}, keyOf(call));
      return isObject<Stripe.PaymentMethod>(method, 'payment_method', savedMethodId) ? 'deleted' : 'unknown';
    } catch (error) {
      return isMissing(error) ? 'deleted' : 'unknown';
    }
  }

  verifyWebhook(body: Buffer, headers: WebhookHeaders): boolean {
    const { webhookSecret } = this.options;
    const signature = headers['stripe-signature'];
    if (!webhookSecret || signature === undefined || body.length === 0) return false;
    try {
      const receivedAt = (this.options.now?.() ?? new Date()).getTime();
      this.offline.webhooks.constructEvent(
        body,
        signature,
        webhookSecret,
        SIGNATURE_TOLERANCE,
        undefined,
        receivedAt,
      );
      return true;
    } catch {
      return false;
    }
  }

  parseWebhook(body: Buffer): ProviderEvent {
    return eventOf(body);
  }

  /** One for each call: its requests end with the call's signal. Costs less than a tenth of a millisecond. */
  private client({ signal }: Pick<ProviderCall, 'signal'>): Stripe {
    const { apiKey, host, port, protocol } = this.options;
    return new Stripe(apiKey, {
      apiVersion: API_VERSION,
      maxNetworkRetries: 0,
      telemetry: false,
      httpClient: new StripeHttpClient(signal),
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port }),
      ...(protocol === undefined ? {} : { protocol }),
    });
  }

  /** By the list, newest first: Stripe's search runs up to minutes behind, and would prove nothing. */
  private async findByReference(stripe: Stripe, { reference, since }: QueryRequest): Promise<string | null> {
    const from = Math.floor(since.getTime() / 1000) - CLOCK_SKEW;
    const all = pages(after => stripe.paymentIntents.list({ created: { gte: from }, limit: PAGE, ...after }));
    for await (const intent of all) {
      if (intent.metadata?.[REFERENCE_KEY] === reference) return intent.id;
    }
    return null;
  }

  /** The charge shows the newest only. */
  private async refundsOf(stripe: Stripe, charge: Stripe.Charge | null): Promise<Stripe.Refund[]> {
    if (charge === null) return [];
    if (charge.refunds && !charge.refunds.has_more) return charge.refunds.data;
    const refunds: Stripe.Refund[] = [];
    for await (const refund of pages(after =>
      stripe.refunds.list({ charge: charge.id, limit: PAGE, ...after }),
    )) {
      refunds.push(refund);
    }
    return refunds;
  }

  private async isDisputed(stripe: Stripe, payment_intent: string): Promise<boolean> {
    for await (const { status } of pages(after =>
      stripe.disputes.list({ payment_intent, limit: PAGE, ...after }),
    )) {
      if (status !== 'won' && status !== 'warning_closed') return true;
    }
    return false;
  }

  private async methodFromToken(
    stripe: Stripe,
    params: Stripe.PaymentMethodCreateParams,
    call: ProviderCall,
  ): Promise<string | Verdict> {
    try {
      const method = await stripe.paymentMethods.create(params, keyOf(call, 'method'));
      return isObject<Stripe.PaymentMethod>(method, 'payment_method') ? method.id : UNKNOWN;
    } catch (error) {
      return verdictOfStripeError(error);
    }
  }
}

/** A call of several requests has a key for each. */
const keyOf = ({ idempotencyKey }: ProviderCall, step?: string): Stripe.RequestOptions => ({
  idempotencyKey: step === undefined ? idempotencyKey : `${idempotencyKey}:${step}`,
});

/** All of a list. @throws where Stripe's answer is none, or the list has no end */
async function* pages<T extends { id: string }>(
  page: (after: { starting_after?: string }) => Promise<Stripe.ApiList<T>>,
): AsyncGenerator<T> {
  let after: { starting_after?: string } = {};
  for (let listed = 0; listed < MAX_LISTED;) {
    const answer = await page(after).catch((error: unknown) => {
      throw unreadable(error);
    });
    if (answer.object !== 'list' || !Array.isArray(answer.data)) throw unreadable();
    yield* answer.data;
    const last = answer.data.at(-1);
    if (!answer.has_more || last === undefined) return;
    listed += answer.data.length;
    after = { starting_after: last.id };
  }
  throw new Error('Stripe has more payments in that time than can be looked through.');
}

/** Without what Stripe wrote: it goes into logs. */
function unreadable(error?: unknown): Error {
  const verdict = verdictOfStripeError(error);
  return new Error(
    verdict.status === 'failed' ? verdict.failure.message : 'Stripe gave no answer that can be read.',
  );
}
