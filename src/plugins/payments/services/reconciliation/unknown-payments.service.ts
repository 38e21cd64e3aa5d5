import { Injectable } from '@nestjs/common';
import { Payment, TransactionalConnection, type RequestContext } from '@vendure/core';
import { LessThanOrEqual } from 'typeorm';
import type { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { PaymentDifference } from '../../entities/payment-difference.entity';
import type { PaymentProvider, ProviderTransaction } from '../../types';
import { AttemptLedgerService } from '../ledger/attempt-ledger.service';
import { Clock } from '../clock';
import { ProviderCallsService } from '../providers/provider-calls.service';
import { ProviderRegistry } from '../providers/provider-registry';
import { ReconciliationService } from './reconciliation.service';

/** How far back a provider looks for a payment that it is asked for by its id (ms). */
const SINCE_MS = 30 * 86_400_000;

/** How long one that waits for staff is left alone, and how many are looked at in a run. */
const LOOK_AGAIN_MS = 3_600_000;
const MOST_AT_ONCE = 20;

/** Payments that a provider tells of and the shop has no record of: money in them is never passed over. */
@Injectable()
export class UnknownPayments {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly ledger: AttemptLedgerService,
    private readonly calls: ProviderCallsService,
    private readonly registry: ProviderRegistry,
    private readonly reconciliation: ReconciliationService,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks the provider what it is.
   *
   * @returns the attempt where it turns out to be one of ours; else whether staff have to look at it
   * @throws where the provider gives no answer: to be looked at again
   */
  async look(
    ctx: RequestContext,
    code: string,
    transactionId: string,
  ): Promise<PaymentAttempt | 'queued' | 'nothing'> {
    const provider = this.registry.find(code);
    if (provider === undefined) return 'nothing';
    const theirs = await this.query(provider, transactionId);
    if (theirs === null) return 'nothing';
    const ours = await this.ours(ctx, code, theirs);
    if (ours !== null) return ours;
    // The payment of another plugin's handler with the same account.
    if (await this.isInCore(ctx, transactionId)) return 'nothing';
    return (await this.reconciliation.unknown(ctx, code, theirs)) > 0 ? 'queued' : 'nothing';
  }

  /** Looks again at those that wait for staff: somebody may have given them back on the provider's pages. */
  async lookAgain(ctx: RequestContext): Promise<void> {
    const waiting = await this.connection.getRepository(ctx, PaymentDifference).find({
      where: {
        status: 'open',
        kind: 'unknown_payment',
        lastSeenAt: LessThanOrEqual(this.clock.date(-LOOK_AGAIN_MS)),
      },
      order: { id: 'DESC' },
      take: MOST_AT_ONCE,
      loadEagerRelations: false,
    });
    for (const { provider, theirs } of waiting) {
      if (theirs?.transactionId == null) continue;
      // One that gives no answer is asked in the next run.
      await this.look(ctx, provider, theirs.transactionId).catch(() => undefined);
    }
  }

  query(provider: PaymentProvider, transactionId: string): Promise<ProviderTransaction | null> {
    const since = this.clock.date(-SINCE_MS);
    return this.calls.ask(call => provider.query({ transactionId, reference: '', since }, call));
  }

  /** The message may have come before the answer to the call that made the payment. */
  private async ours(
    ctx: RequestContext,
    code: string,
    { reference, transactionId }: ProviderTransaction,
  ): Promise<PaymentAttempt | null> {
    const named = reference === null ? null : await this.ledger.byReference(ctx, reference);
    if (named?.provider === code && named.kind === 'authorize') return named;
    return this.ledger.byTransaction(ctx, code, transactionId);
  }

  private async isInCore(ctx: RequestContext, transactionId: string): Promise<boolean> {
    return this.connection.getRepository(ctx, Payment).existsBy({ transactionId });
  }
}
