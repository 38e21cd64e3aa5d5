import { randomUUID } from 'node:crypto';
import type { CaptureMethod, PaymentCreateParams, PaymentMethod } from '@mollie/api-client';
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
  VoidRequest,
} from '../types';
import { payable, toDecimal } from './amounts';
import { mollieClient, type MollieClient } from './mollie/mollie-client';
import { isMissing, verdictOfMollieError } from './mollie/mollie-error';
import {
  isResource,
  referenceOf,
  resultOfCapture,
  resultOfPayment,
  resultOfRefund,
  statusOfPayment,
  transactionOf,
  type MollieAmount,
  type MollieCapture,
  type MolliePayment,
  type MollieRefund,
} from './mollie/mollie-transaction';
import { isPaymentId, mollieEventOf } from './mollie/mollie-webhook';
import { failedWith, NOT_PAYABLE, resultOf, UNKNOWN, withoutMoney } from './results';

const API_ENDPOINT = 'https://api.mollie.com/v2/';

/** Mollie's clock and ours may differ by as much where a payment is looked for by its time. */
const CLOCK_SKEW_MS = 300_000;

const PAGE = 250;

/** A shop that made more payments since then cannot be searched by a list: nothing is known then. */
const MAX_PAGES = 40;

const MAX_DESCRIPTION = 255;

/** What is asked to be shown with a payment, so that one request tells all. */
const EMBED = { embed: ['refunds', 'captures', 'chargebacks'] };

export interface MolliePaymentProviderOptions {
  /** Where it is not `mollie`: for a second profile, for example. Never change it once payments were made. */
  readonly code?: string | undefined;
  /** The key of the profile (`live_...` or `test_...`). */
  readonly apiKey: string;
  /** Where Mollie says that a payment has changed: the shop's public address of `/payments/webhooks/mollie`. */
  readonly webhookUrl?: string | undefined;
  /** Mollie's own, if not set: for tests and proxies. */
  readonly apiEndpoint?: string | undefined;
  /** Names each delivery of a message. */
  readonly newEventId?: (() => string) | undefined;
}

/** Payments by Mollie's payments API: the shopper pays on Mollie's page. See README.md beside this file. */
export class MolliePaymentProvider implements PaymentProvider {
  readonly code: string;

  readonly capabilities: ProviderCapabilities = {
    methodTypes: ['card', 'digital_wallet', 'bank_transfer'],
    manualCapture: true,
    partialCapture: true,
    savedMethods: false,
    clientConfirmation: true,
  };

  constructor(private readonly options: MolliePaymentProviderOptions) {
    this.code = options.code ?? 'mollie';
    // Stops the start where the library can no longer be used as it is here.
    this.client({ signal: AbortSignal.abort() });
  }

  async authorize(request: AuthorizeRequest, call: ProviderCall): Promise<ProviderResult> {
    if (request.method.savedMethodId !== null) {
      return resultOf(
        failedWith('invalid', 'saved_method_unsupported', 'Mollie keeps no methods for this shop.'),
      );
    }
    const amount = amountParam(request);
    if (amount === null) return resultOf(NOT_PAYABLE);
    try {
      const payment = await this.client(call).payments.create({
        ...this.paymentParams(request, amount),
        idempotencyKey: call.idempotencyKey,
      });
      const ours =
        isResource<MolliePayment>(payment, 'payment') && referenceOf(payment.metadata) === request.reference;
      return ours ? resultOfPayment(payment) : resultOf(UNKNOWN);
    } catch (error) {
      return resultOf(verdictOfMollieError(error));
    }
  }

  async capture(request: CaptureRequest, call: ProviderCall): Promise<ProviderResult> {
    const { transactionId, reference } = request;
    if (!isPaymentId(transactionId)) return noSuchPayment();
    const amount = amountParam(request);
    if (amount === null) return resultOf(NOT_PAYABLE, transactionId);
    const client = this.client(call);
    try {
      const done = withReference((await this.read(client, transactionId))._embedded?.captures, reference);
      if (done !== undefined) return resultOfCapture(done, transactionId);
      const capture = await client.paymentCaptures.create({
        paymentId: transactionId,
        amount,
        metadata: { reference },
        idempotencyKey: call.idempotencyKey,
      });
      const ours =
        isResource<MollieCapture>(capture, 'capture') && referenceOf(capture.metadata) === reference;
      return ours ? resultOfCapture(capture, transactionId) : resultOf(UNKNOWN, transactionId);
    } catch (error) {
      return resultOf(verdictOfMollieError(error), transactionId);
    }
  }

  /** What was reserved is released; what the shopper has not paid yet is taken back. */
  async void({ transactionId }: VoidRequest, call: ProviderCall): Promise<ProviderResult> {
    if (!isPaymentId(transactionId)) return noSuchPayment();
    const client = this.client(call);
    const key = { idempotencyKey: call.idempotencyKey };
    try {
      const before = statusOfPayment(await this.read(client, transactionId));
      if (before === 'cancelled') return withoutMoney('cancelled', { transactionId });
      if (before === 'authorized') {
        // The library passes the key on, though its type leaves it out.
        await client.payments.releaseAuthorization(transactionId, key as object);
      } else {
        await client.payments.cancel(transactionId, key);
      }
    } catch (error) {
      return resultOf(verdictOfMollieError(error), transactionId);
    }
    // It was accepted: whatever happens to this question, it has not failed.
    const after = await this.read(client, transactionId).then(statusOfPayment, () => 'unknown' as const);
    // The bank may take its time to let it go.
    return withoutMoney(after === 'cancelled' || after === 'unknown' ? after : 'processing', {
      transactionId,
    });
  }

  async refund(request: RefundRequest, call: ProviderCall): Promise<ProviderResult> {
    const { transactionId, reference, reason } = request;
    if (!isPaymentId(transactionId)) return noSuchPayment();
    const amount = amountParam(request);
    if (amount === null) return resultOf(NOT_PAYABLE);
    const client = this.client(call);
    try {
      const done = withReference((await this.read(client, transactionId))._embedded?.refunds, reference);
      if (done !== undefined) return resultOfRefund(done);
      const refund = await client.paymentRefunds.create({
        paymentId: transactionId,
        amount,
        metadata: { reference },
        idempotencyKey: call.idempotencyKey,
        ...(reason === null ? {} : { description: reason.slice(0, MAX_DESCRIPTION) }),
      });
      const ours = isResource<MollieRefund>(refund, 'refund') && referenceOf(refund.metadata) === reference;
      return ours ? resultOfRefund(refund) : resultOf(UNKNOWN);
    } catch (error) {
      return resultOf(verdictOfMollieError(error));
    }
  }

  async query(
    request: QueryRequest,
    call: Pick<ProviderCall, 'signal'>,
  ): Promise<ProviderTransaction | null> {
    const client = this.client(call);
    try {
      const id = request.transactionId ?? (await this.findByReference(client, request));
      return id === null || !isPaymentId(id) ? null : transactionOf(await this.read(client, id));
    } catch (error) {
      if (isMissing(error)) return null;
      const verdict = verdictOfMollieError(error);
      // Without what Mollie wrote: it goes into logs.
      throw new Error(
        verdict.status === 'failed' ? verdict.failure.message : 'Mollie gave no answer that can be read.',
      );
    }
  }

  /** Mollie signs nothing. A message moves nothing by itself: the payment is queried. */
  verifyWebhook(): boolean {
    return true;
  }

  /**
   * Mollie's messages have no id, and one payment has many: each delivery is a message of its own. Two deliveries of
   * the same change are two queries, which find the same.
   */
  parseWebhook(body: Buffer): ProviderEvent {
    return mollieEventOf(body, this.options.newEventId ?? (() => `mollie_${randomUUID()}`));
  }

  /** One for each call: its requests end with the call's signal. Costs a fifth of a millisecond. */
  private client({ signal }: Pick<ProviderCall, 'signal'>): MollieClient {
    const { apiKey, apiEndpoint = API_ENDPOINT } = this.options;
    return mollieClient({ apiKey, apiEndpoint: apiEndpoint.replace(/\/*$/, '/') }, signal);
  }

  private paymentParams(request: AuthorizeRequest, amount: MollieAmount): PaymentCreateParams {
    const { method, order } = request;
    return {
      amount,
      description: order.description.slice(0, MAX_DESCRIPTION),
      redirectUrl: request.returnUrl,
      metadata: { reference: request.reference, orderCode: order.code },
      captureMode: request.captureMethod as CaptureMethod,
      // For all others the shopper chooses on Mollie's page, among what the profile has on.
      ...(method.type === 'card' ? { method: 'creditcard' as PaymentMethod } : {}),
      // By Mollie's own fields in the shop's page.
      ...(method.token === null ? {} : { cardToken: method.token }),
      ...(this.options.webhookUrl === undefined ? {} : { webhookUrl: this.options.webhookUrl }),
    };
  }

  /** @throws where Mollie's answer is none */
  private async read(client: MollieClient, id: string): Promise<MolliePayment> {
    const payment: unknown = await client.payments.get(id, EMBED as object);
    if (!isResource<MolliePayment>(payment, 'payment') || payment.id !== id) throw new Error('no payment');
    return payment;
  }

  /** By the list, newest first: Mollie has no search. */
  private async findByReference(
    client: MollieClient,
    { reference, since }: QueryRequest,
  ): Promise<string | null> {
    const from = since.getTime() - CLOCK_SKEW_MS;
    let cursor: string | undefined;
    for (let count = 0; count < MAX_PAGES; count += 1) {
      const page = await client.payments.page({
        limit: PAGE,
        ...(cursor === undefined ? {} : { from: cursor }),
      });
      for (const payment of page) {
        if (referenceOf(payment.metadata) === reference) return payment.id;
        if (Date.parse(payment.createdAt) < from) return null;
      }
      cursor = page.nextPageCursor;
      if (cursor === undefined) return null;
    }
    throw new Error('too many payments');
  }
}

/**
 * What was done under that reference before: Mollie forgets keys after an hour, and a call whose answer was lost may be
 * repeated later.
 */
function withReference<T extends { metadata?: unknown }>(
  done: readonly T[] | undefined,
  reference: string,
): T | undefined {
  return done?.find(({ metadata }) => referenceOf(metadata) === reference);
}

/** @returns null where the currency has no such amount */
function amountParam(money: { amount: number; currency: string }): MollieAmount | null {
  const value = payable(toDecimal, money);
  return value === null ? null : { value, currency: money.currency };
}

const noSuchPayment = (): ProviderResult =>
  resultOf(failedWith('invalid', 'resource_missing', 'Mollie has no such payment.'));
