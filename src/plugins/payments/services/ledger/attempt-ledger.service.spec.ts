import type { RequestContext, TransactionalConnection } from '@vendure/core';
import type { NewDomainEvent, OutboxService } from '../../../domain-events';
import { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { AttemptLedgerService } from './attempt-ledger.service';
import { Clock } from '../clock';

const ctx = {} as RequestContext;
const NOT_THERE = {
  status: 'failed',
  failure: { kind: 'unavailable', code: 'never_arrived', message: 'Nothing there.' },
} as const;

/** The ledger over a table in memory: each read is a copy, as the database gives one. */
function ledgerOf(...attempts: Partial<PaymentAttempt>[]) {
  const copyOf = (row: Partial<PaymentAttempt>) => Object.assign(new PaymentAttempt(), row);
  const rows = attempts.map((row, index) =>
    copyOf({
      id: index + 1,
      kind: 'authorize',
      orderId: 1,
      status: 'open',
      disposition: 'none',
      blocking: true,
      looks: 0,
      toCapture: false,
      refundPending: false,
      request: null,
      answer: null,
      ...row,
    }),
  );
  const published: string[] = [];
  const repository = {
    findOneOrFail: ({ where }: { where: { id: number } }) =>
      Promise.resolve(copyOf({ ...rows[where.id - 1] })),
    findOne: ({ where }: { where: Partial<PaymentAttempt> }) =>
      Promise.resolve(
        rows.find(row => Object.entries(where).every(([name, value]) => row[name as 'id'] === value)) ?? null,
      ),
    save: (row: PaymentAttempt) => Promise.resolve((rows[Number(row.id) - 1] = copyOf({ ...row }))),
    insert: () => Promise.resolve(),
  };
  const connection = {
    getRepository: () => repository,
    withTransaction: <T>(tx: RequestContext, work: (inner: RequestContext) => Promise<T>) => work(tx),
  };
  const outbox = {
    publish: (_: unknown, { eventType }: NewDomainEvent) => Promise.resolve(published.push(eventType)),
  };
  const ledger = new AttemptLedgerService(
    connection as unknown as TransactionalConnection,
    outbox as unknown as OutboxService,
    new Clock(),
    { providers: [] },
  );
  const read = (id = 1) => repository.findOneOrFail({ where: { id } });
  return { ledger, read, published };
}

describe('the ledger', () => {
  it('keeps an answer that came while somebody looked', async () => {
    const { ledger, read } = ledgerOf({ status: 'unknown' });
    const found = await read();
    await ledger.report(ctx, await read(), 'answered', { status: 'succeeded', answer: { state: 'Settled' } });
    await ledger.looked(ctx, found, found.status, true);
    expect(await read()).toMatchObject({ status: 'succeeded', answer: { state: 'Settled' }, looks: 0 });
  });

  it('asks three times more for what has not arrived, and counts only what it is told', async () => {
    const { ledger, read } = ledgerOf({ status: 'unknown', looks: 7 });
    const look = async (heard: boolean) => {
      const found = await read();
      if (heard) await ledger.report(ctx, found, 'asked', NOT_THERE);
      await ledger.looked(ctx, found, found.status, heard);
      return (await read()).lookAt !== null;
    };
    expect(await look(true)).toBe(true);
    for (const heard of [false, true, false, false, true, false]) expect(await look(heard)).toBe(true);
    expect(await look(true)).toBe(false);
  });

  it('gives money back that is found while another payment of the order is under way', async () => {
    const late = { status: 'failed', failureCode: 'never_arrived', blocking: false } as const;
    const { ledger, read, published } = ledgerOf(late, { status: 'pending' });
    await ledger.report(ctx, await read(), 'asked', { status: 'succeeded', answer: { state: 'Settled' } });
    expect(await read()).toMatchObject({ status: 'succeeded', disposition: 'stranded', blocking: false });
    expect((await read()).lookAt).not.toBeNull();
    expect(published).toEqual(['PaymentStranded']);
  });

  it('leaves what was just begun to who began it', async () => {
    const { ledger } = ledgerOf(
      { status: 'succeeded', disposition: 'stranded', blocking: false },
      { kind: 'refund', undoesId: 1, createdAt: new Date() },
    );
    expect(await ledger.undo(ctx, 1, 'refund')).toEqual({ opened: null, again: true });
  });

  it('takes nothing back that an order has', async () => {
    const { ledger } = ledgerOf({ status: 'authorized', disposition: 'applied', blocking: false });
    expect(await ledger.undo(ctx, 1, 'void')).toEqual({ opened: null, again: false });
  });
});
