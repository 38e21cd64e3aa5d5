import {
  json,
  newId,
  type BackendMessage,
  type BackendReply,
  type BackendRequest,
  type LedgerEntry,
  type PaymentBackend,
} from './backend';

interface Transaction {
  id: string;
  type: 'sale' | 'credit';
  status: string;
  amount: string;
  currencyIsoCode: string;
  orderId: string | null;
  createdAt: string;
  refundIds: string[];
  refundedTransactionId: string | null;
}

/** By Braintree's own nonces for its sandbox. */
const DECLINED = 'fake-processor-declined-visa-nonce';

/** What the answers say no with. */
const refusal = (message: string, transaction?: Transaction): BackendReply =>
  json(422, { apiErrorResponse: { errors: {}, params: {}, message, ...(transaction && { transaction }) } });

/**
 * Braintree's gateway as its library speaks to it, as far as the shop does: in JSON, which the library reads as well as XML.
 * It settles when it is told to.
 */
export class BraintreeBackend implements PaymentBackend {
  onMessage: (message: BackendMessage) => void = () => undefined;
  private readonly transactions: Transaction[] = [];

  constructor(readonly account: { merchantId: string; publicKey: string; privateKey: string }) {}

  handle(request: BackendRequest): Promise<BackendReply> {
    return Promise.resolve(this.answer(request));
  }

  conflict(): BackendReply {
    throw new Error('Braintree has no idempotency keys.');
  }

  failure(status: number): BackendReply {
    return json(status, {});
  }

  ledger(): Promise<LedgerEntry[]> {
    return Promise.resolve(
      this.transactions
        .filter(({ type }) => type === 'sale')
        .map(sale => ({
          transactionId: sale.id,
          reference: sale.orderId,
          status: sale.status,
          currency: sale.currencyIsoCode,
          amount: centsOf(sale),
          captured: ['submitted_for_settlement', 'settled'].includes(sale.status) ? centsOf(sale) : 0,
          refunded: this.refundedOf(sale),
        })),
    );
  }

  /** The night has passed. */
  settle(): void {
    for (const transaction of this.transactions) {
      if (transaction.status === 'submitted_for_settlement') transaction.status = 'settled';
    }
  }

  private answer({ method, path, headers, body }: BackendRequest): BackendReply {
    const { merchantId, publicKey, privateKey } = this.account;
    const key = `Basic ${Buffer.from(`${publicKey}:${privateKey}`).toString('base64')}`;
    if (headers.authorization !== key || !path.startsWith(`/merchants/${merchantId}/`)) return json(401, {});
    const [, , , resource, id, action] = path.split('/');
    const sent = (body === '' ? {} : JSON.parse(body)) as Record<string, Record<string, unknown>>;
    if (resource === 'client_token') return json(201, { clientToken: { value: newId('token') } });
    if (resource !== 'transactions') return json(404, {});
    if (method === 'POST' && id === undefined) return this.sale(sent.transaction ?? {});
    if (id?.startsWith('advanced_search')) return this.search(id, sent.search ?? {});
    const transaction = this.transactions.find(known => known.id === id);
    if (transaction === undefined) return json(404, {});
    if (method === 'GET') return json(200, { transaction });
    return action === 'void' ? this.void(transaction) : this.refund(transaction, sent.transaction ?? {});
  }

  private sale(sent: Record<string, unknown>): BackendReply {
    if (typeof sent.amount !== 'string' || !/^\d+(\.\d{1,2})?$/.test(sent.amount))
      return refusal('Amount is an invalid format.');
    if (typeof sent.payment_method_nonce !== 'string') return refusal('A nonce is needed.');
    const declined = sent.payment_method_nonce === DECLINED;
    const sale = this.book({
      type: 'sale',
      status: declined ? 'processor_declined' : 'submitted_for_settlement',
      amount: Number(sent.amount).toFixed(2),
      orderId: typeof sent.order_id === 'string' ? sent.order_id : null,
      refundedTransactionId: null,
    });
    return declined ? refusal('Do Not Honor', sale) : json(201, { transaction: sale });
  }

  private refund(sale: Transaction, sent: Record<string, unknown>): BackendReply {
    if (sale.status !== 'settled') return refusal('Cannot refund a transaction unless it is settled.');
    const amount = Number(sent.amount ?? sale.amount).toFixed(2);
    if (Math.round(Number(amount) * 100) > centsOf(sale) - this.refundedOf(sale)) {
      return refusal('Refund amount is too large.');
    }
    const refund = this.book({
      type: 'credit',
      status: 'submitted_for_settlement',
      amount,
      orderId: typeof sent.order_id === 'string' ? sent.order_id : null,
      refundedTransactionId: sale.id,
    });
    sale.refundIds.push(refund.id);
    return json(201, { transaction: refund });
  }

  private void(sale: Transaction): BackendReply {
    if (!['authorized', 'submitted_for_settlement'].includes(sale.status)) {
      return refusal('Transaction can only be voided if status is authorized or submitted_for_settlement.');
    }
    sale.status = 'voided';
    return json(200, { transaction: sale });
  }

  private search(step: string, search: Record<string, unknown>): BackendReply {
    const { is } = (search.order_id ?? {}) as { is?: string };
    const found = this.transactions.filter(({ orderId }) => orderId === is);
    return step === 'advanced_search_ids'
      ? json(200, { searchResults: { pageSize: '50', ids: found.map(({ id }) => id) } })
      : json(200, { creditCardTransactions: { transaction: found } });
  }

  private book(made: Omit<Transaction, 'id' | 'createdAt' | 'refundIds' | 'currencyIsoCode'>): Transaction {
    const transaction: Transaction = {
      id: newId('bt').slice(3, 11),
      createdAt: new Date().toISOString(),
      currencyIsoCode: 'USD',
      refundIds: [],
      ...made,
    };
    this.transactions.unshift(transaction);
    return transaction;
  }

  private refundedOf({ id }: Transaction): number {
    return this.transactions
      .filter(({ refundedTransactionId }) => refundedTransactionId === id)
      .reduce((total, refund) => total + centsOf(refund), 0);
  }
}

const centsOf = ({ amount }: Transaction): number => Math.round(Number(amount) * 100);
