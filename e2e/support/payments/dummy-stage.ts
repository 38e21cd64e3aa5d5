import { DummyPaymentProvider, type DummyHistory } from '../../../src/plugins/payments';
import type { LedgerEntry } from './backend';
import { call, since, type ProviderStage } from './provider-stage';

interface Books {
  captured: number;
  voided: boolean;
  refunds: { refundId: string; reference: string; amount: number }[];
}

/** The dummy, with books as the shop keeps them: it has none of its own. */
export function dummyStage(): Promise<ProviderStage> {
  const books = new Map<string, Books>();
  const ids = new Map<string, string>();
  let now = new Date();
  const provider = new DummyPaymentProvider({
    now: () => now,
    recall: reference => Promise.resolve<DummyHistory | null>(books.get(reference) ?? null),
  });
  const bookOf = async (transactionId: string): Promise<Books | null> => {
    const payment = await provider.query({ transactionId, reference: '', since: since() });
    if (payment?.reference == null) return null;
    ids.set(payment.reference, transactionId);
    const book = books.get(payment.reference) ?? { captured: 0, voided: false, refunds: [] };
    books.set(payment.reference, book);
    return book;
  };
  const { capture, refund, authorize } = provider;
  const voidPayment = provider.void.bind(provider);
  const kept: ProviderStage['provider'] = Object.assign(Object.create(provider) as DummyPaymentProvider, {
    authorize: async (...[request, made]: Parameters<typeof authorize>) => {
      const result = await authorize.call(provider, request, made);
      if (result.transactionId !== null) ids.set(request.reference, result.transactionId);
      return result;
    },
    capture: async (...[request]: Parameters<typeof capture>) => {
      const result = await capture.call(provider, request);
      if (result.status === 'succeeded') (await bookOf(request.transactionId))!.captured = result.amount;
      return result;
    },
    void: async (request: Parameters<typeof voidPayment>[0]) => {
      const result = await voidPayment(request);
      if (result.status === 'cancelled') (await bookOf(request.transactionId))!.voided = true;
      return result;
    },
    refund: async (...[request, made]: Parameters<typeof refund>) => {
      const result = await refund.call(provider, request, made);
      const refunds = (await bookOf(request.transactionId))?.refunds ?? [];
      const refundId = result.transactionId;
      if (
        result.status === 'succeeded' &&
        refundId !== null &&
        !refunds.some(known => known.refundId === refundId)
      ) {
        refunds.push({ refundId, reference: request.reference, amount: result.amount });
      }
      return result;
    },
  });
  let fails = false;
  return Promise.resolve({
    provider: kept,
    proxy: null,
    token: card => {
      const token = {
        good: 'tok_visa',
        declined: 'tok_declined',
        three_d_secure: fails ? 'tok_3ds_declined' : 'tok_3ds',
      };
      if (card === 'three_d_secure') fails = !fails;
      return Promise.resolve(token[card]);
    },
    // The shopper takes a while; what comes of it, the token has said.
    shopper: () => {
      now = new Date(now.getTime() + 10_000);
      return Promise.resolve();
    },
    ledger: async () => {
      const entries: LedgerEntry[] = [];
      for (const transactionId of ids.values()) {
        const payment = await kept.query({ transactionId, reference: '', since: since() }, call());
        if (payment !== null) entries.push(payment);
      }
      return entries;
    },
    close: () => Promise.resolve(),
  });
}
