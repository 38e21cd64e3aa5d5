import { Injectable } from '@nestjs/common';
import { TransactionalConnection } from '@vendure/core';
import { Equal, Or } from 'typeorm';
import type { DummyHistory } from '../../adapters/dummy-payment-provider.adapter';
import { PaymentAttempt } from '../../entities/payment-attempt.entity';

/** What the ledger says of a payment, for a provider that remembers nothing of its own: the dummy of development. */
@Injectable()
export class ProviderRecall {
  constructor(private readonly connection: TransactionalConnection) {}

  /** @param reference of the authorization */
  async of(reference: string): Promise<DummyHistory | null> {
    const ledger = this.connection.rawConnection.getRepository(PaymentAttempt);
    const authorization = await ledger.findOneBy({ reference, kind: 'authorize' });
    if (authorization === null) return null;
    const { id, paymentId } = authorization;
    const since = await ledger.find({
      where: [{ undoesId: id }, ...(paymentId === null ? [] : [{ paymentId }])].map(of => ({
        ...of,
        status: Or(Equal('succeeded' as const), Equal('processing' as const)),
      })),
      order: { id: 'ASC' },
      take: 500,
    });
    const captures = since.filter(({ kind }) => kind === 'capture');
    return {
      captured: captures.reduce((total, { amount }) => total + amount, 0),
      voided: since.some(({ kind, status }) => kind === 'void' && status === 'succeeded'),
      refunds: since.flatMap(({ kind, transactionId, reference: of, amount }) =>
        kind === 'refund' && transactionId !== null
          ? [{ refundId: transactionId, reference: of, amount }]
          : [],
      ),
    };
  }
}
