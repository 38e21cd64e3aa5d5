import {
  DummyPaymentProvider,
  type CaptureRequest,
  type AuthorizeRequest,
  type ProviderCall,
  type ProviderResult,
  type RefundRequest,
  type VoidRequest,
} from '../../../src/plugins/payments';
import type { LedgerEntry } from './backend';
import { since, type ProviderStage } from './provider-stage';

interface Book {
  transactionId: string;
  captured: number;
  voided: boolean;
  refunds: { refundId: string; reference: string; amount: number }[];
}

/** The dummy, with books as the shop keeps them: it has none of its own. */
class BookedDummy extends DummyPaymentProvider {
  readonly books: Map<string, Book>;

  constructor(now: () => Date, books = new Map<string, Book>()) {
    super({ now, recall: reference => Promise.resolve(books.get(reference) ?? null) });
    this.books = books;
  }

  override async authorize(request: AuthorizeRequest, call: ProviderCall): Promise<ProviderResult> {
    const result = await super.authorize(request, call);
    const { transactionId } = result;
    if (transactionId !== null && !this.books.has(request.reference)) {
      this.books.set(request.reference, { transactionId, captured: 0, voided: false, refunds: [] });
    }
    return result;
  }

  override async capture(request: CaptureRequest): Promise<ProviderResult> {
    const result = await super.capture(request);
    if (result.status === 'succeeded') (await this.book(request)).captured = result.amount;
    return result;
  }

  override async void(request: VoidRequest): Promise<ProviderResult> {
    const result = await super.void(request);
    if (result.status === 'cancelled') (await this.book(request)).voided = true;
    return result;
  }

  override async refund(request: RefundRequest, call: ProviderCall): Promise<ProviderResult> {
    const result = await super.refund(request, call);
    const { status, amount, transactionId: refundId } = result;
    if (status !== 'succeeded' || refundId === null) return result;
    const { refunds } = await this.book(request);
    if (!refunds.some(known => known.refundId === refundId)) {
      refunds.push({ refundId, reference: request.reference, amount });
    }
    return result;
  }

  private async book({ transactionId }: { transactionId: string }): Promise<Book> {
    const payment = await this.query({ transactionId, reference: '', since: since() });
    return this.books.get(payment!.reference!)!;
  }
}

export function dummyStage(): Promise<ProviderStage> {
  let now = new Date();
  const provider = new BookedDummy(() => now);
  let confirmations = 0;
  return Promise.resolve({
    provider,
    proxy: null,
    token: card => {
      if (card === 'good') return Promise.resolve('tok_visa');
      if (card === 'declined') return Promise.resolve('tok_declined');
      // Whether the shopper will pass is in the token: first one who does, then one who does not.
      confirmations += 1;
      return Promise.resolve(confirmations % 2 === 1 ? 'tok_3ds' : 'tok_3ds_declined');
    },
    shopper: () => {
      now = new Date(now.getTime() + 10_000);
      return Promise.resolve();
    },
    ledger: async () => {
      const entries: LedgerEntry[] = [];
      for (const { transactionId } of provider.books.values()) {
        const payment = await provider.query({ transactionId, reference: '', since: since() });
        if (payment !== null) entries.push(payment);
      }
      return entries;
    },
    close: () => Promise.resolve(),
  });
}
