import { BraintreeGateway, type Environment, type Transaction } from 'braintree';
import type {
  CaptureRequest,
  PaymentAccount,
  ProviderResult,
  ProviderTransaction,
  QueryRequest,
  RefundRequest,
  VoidRequest,
} from '../types';
import { fromDecimal, payable, toDecimal } from './amounts';
import {
  isBeforeSettlement,
  refundOf,
  statusOfTransaction,
  transactionOf,
  type BraintreeTransaction,
} from './braintree/braintree-transaction';
import { failedWith, NOT_PAYABLE, resultOf, UNKNOWN, withoutMoney, type Verdict } from './results';

/** The library waits a minute for an answer: until then a sale may still arrive. */
const LIBRARY_TIMEOUT_MS = 60_000;

/** Braintree's clock and ours may differ by as much, and its search runs a little behind. */
const CLOCK_SKEW_MS = 30_000;

export interface BraintreeAccountOptions {
  readonly code: string;
  readonly merchantId: string;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly environment: Environment;
  /** The order that a payment is looked for by, where its id is not known. */
  readonly orderCode: string;
  /** Transactions of that order that belong to other attempts. */
  readonly others: readonly string[];
  readonly now?: () => number;
}

/**
 * Payments that the Braintree handler of `@vendure/payments-plugin` has made: looked at, voided and refunded. See README.md
 * beside this file.
 */
export class BraintreeAccount implements PaymentAccount {
  readonly code: string;
  private readonly gateway: BraintreeGateway;

  constructor(private readonly options: BraintreeAccountOptions) {
    this.code = options.code;
    const { environment, merchantId, publicKey, privateKey } = options;
    this.gateway = new BraintreeGateway({ environment, merchantId, publicKey, privateKey });
  }

  /** The handler has the money taken at once: there is nothing to capture. */
  async capture({ transactionId }: CaptureRequest): Promise<ProviderResult> {
    return this.carriedOut(transactionId, async () => {
      const sale = await this.find(transactionId);
      return statusOfTransaction(sale) === 'succeeded'
        ? { ...withoutMoney('succeeded', { transactionId }), amount: fromDecimal(sale.amount) }
        : resultOf(
            failedWith('invalid', 'not_captured', 'Braintree has not taken the money.'),
            transactionId,
          );
    });
  }

  async void({ transactionId }: VoidRequest): Promise<ProviderResult> {
    return this.carriedOut(transactionId, async () => {
      if (statusOfTransaction(await this.find(transactionId)) === 'cancelled') {
        return withoutMoney('cancelled', { transactionId });
      }
      const { success } = await this.gateway.transaction.void(transactionId);
      return success
        ? withoutMoney('cancelled', { transactionId })
        : resultOf(
            failedWith('invalid', 'not_voidable', 'Braintree has taken the money: refund it.'),
            transactionId,
          );
    });
  }

  /** What has not moved yet cannot be refunded, but voided, and only whole. */
  async refund(request: RefundRequest): Promise<ProviderResult> {
    const { transactionId, reference } = request;
    const amount = payable(toDecimal, request);
    if (amount === null) return resultOf(NOT_PAYABLE);
    return this.carriedOut(null, async () => {
      const sale = await this.find(transactionId);
      // Braintree has no idempotency keys: what was done under this reference before is looked for.
      const done = (await this.refundsOf(sale)).find(({ orderId }) => orderId === reference);
      if (done !== undefined) return resultOfRefund(done);
      const voidable = isBeforeSettlement(sale) || statusOfTransaction(sale) === 'cancelled';
      if (voidable) return this.voidInstead(sale, request);
      // Only to the types it takes no more than an amount.
      const refund = this.gateway.transaction.refund.bind(this.gateway.transaction) as unknown as (
        id: string,
        options: { amount: string; orderId: string },
      ) => ReturnType<BraintreeGateway['transaction']['refund']>;
      const answer = await refund(transactionId, { amount, orderId: reference });
      return answer.success
        ? resultOfRefund(answer.transaction)
        : resultOf(failedWith('declined', 'refund_refused', 'Braintree refused the refund.'));
    });
  }

  async query({ transactionId, since }: QueryRequest): Promise<ProviderTransaction | null> {
    try {
      const sale = transactionId === null ? await this.search(since) : await this.find(transactionId);
      return sale === null ? null : transactionOf(sale, await this.refundsOf(sale));
    } catch (error) {
      if (nameOf(error) === 'notFoundError') return null;
      // Without what Braintree wrote: it goes into logs.
      throw new Error(
        error instanceof TooEarlyError ? error.message : 'Braintree gave no answer that can be read.',
      );
    }
  }

  private async voidInstead(
    sale: BraintreeTransaction,
    { transactionId, reference, amount }: RefundRequest,
  ): Promise<ProviderResult> {
    if (fromDecimal(sale.amount) !== amount) {
      return resultOf(
        failedWith(
          'invalid',
          'not_settled',
          'Braintree has not settled the payment yet: until tomorrow it can only be given back whole.',
        ),
      );
    }
    const voided = await this.void({ transactionId, reference });
    return voided.status === 'cancelled'
      ? { ...withoutMoney('succeeded', { transactionId }), amount }
      : voided;
  }

  /** By the order's code, which the handler sends along. */
  private async search(since: Date): Promise<BraintreeTransaction | null> {
    const { orderCode, others, now = Date.now } = this.options;
    const from = since.getTime() - CLOCK_SKEW_MS;
    const found: BraintreeTransaction[] = [];
    const stream = this.gateway.transaction.search(search => {
      search.orderId().is(orderCode);
    });
    for await (const transaction of stream) {
      const { id, type, createdAt } = transaction as Transaction & { type: string };
      if (type !== 'sale' || others.includes(id) || Date.parse(createdAt) < from) continue;
      found.push(transaction as BraintreeTransaction);
    }
    const taken = found.find(sale => ['succeeded', 'authorized'].includes(statusOfTransaction(sale)));
    if (taken !== undefined) return taken;
    if (found[0] === undefined && now() - since.getTime() < LIBRARY_TIMEOUT_MS + CLOCK_SKEW_MS) {
      throw new TooEarlyError();
    }
    return found[0] ?? null;
  }

  private async find(id: string): Promise<BraintreeTransaction> {
    return await this.gateway.transaction.find(id);
  }

  private refundsOf({ refundIds }: BraintreeTransaction): Promise<BraintreeTransaction[]> {
    return Promise.all((refundIds ?? []).map(id => this.find(id)));
  }

  private async carriedOut(
    transactionId: string | null,
    work: () => Promise<ProviderResult>,
  ): Promise<ProviderResult> {
    try {
      return await work();
    } catch (error) {
      return resultOf(verdictOf(error), transactionId);
    }
  }
}

class TooEarlyError extends Error {
  constructor() {
    super('The payment may still be on its way to Braintree.');
  }
}

function resultOfRefund(refund: BraintreeTransaction): ProviderResult {
  const { refundId, amount, status } = refundOf(refund);
  if (status === 'failed') {
    return resultOf(failedWith('declined', 'refund_refused', 'Braintree refused the refund.'), refundId);
  }
  return {
    ...withoutMoney(status === 'succeeded' ? 'succeeded' : 'processing', { transactionId: refundId }),
    amount: status === 'succeeded' ? amount : 0,
  };
}

/** Braintree's own refusals prove that it did nothing; whatever else goes wrong proves nothing. */
function verdictOf(error: unknown): Verdict {
  switch (nameOf(error)) {
    case 'authenticationError':
    case 'authorizationError':
      return failedWith('unavailable', 'authentication_failed', 'Braintree refused the key of the shop.');
    case 'tooManyRequestsError':
      return failedWith('unavailable', 'rate_limited', 'Braintree takes no more requests at the moment.');
    case 'notFoundError':
      return failedWith('invalid', 'resource_missing', 'Braintree has no such payment.');
    default:
      return UNKNOWN;
  }
}

/** The library tells its errors apart by names only. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
