import { Inject, Injectable } from '@nestjs/common';
import { Logger, TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { IsNull, LessThanOrEqual } from 'typeorm';
import { loggerCtx, PAYMENTS_PLUGIN_OPTIONS } from '../../constants';
import type { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { PaymentReconciliationRun } from '../../entities/payment-reconciliation-run.entity';
import { DEFAULT_CALL_TIMEOUT_MS, type PaymentsPluginOptions } from '../../options';
import { Clock } from '../clock';
import { UnknownPayments } from './unknown-payments.service';
import { ReconciliationService, type Comparison } from './reconciliation.service';

/** Providers that are asked about so many payments at once. */
const AT_ONCE = 4;

/** What one run takes on; the next one goes on from there. */
const MOST_OF_A_RUN = 5_000;
const LONGEST_RUN_MS = 8 * 60_000;

/** A provider that has not answered so often in a row is left alone for the rest of the run. */
const SILENT_AFTER = 3;

/** How long a payment waits for a provider that does not answer (ms). */
const SILENT_MS = 5 * 60_000;

/**
 * Runs of the reconciliation. One at a time in all processes: the table lets one row be under way, and its worker has it
 * on lease. What is due is a queue in the ledger, so that whoever takes over a run goes on where it was.
 */
@Injectable()
export class ReconciliationRuns {
  private readonly leaseMs: number;

  constructor(
    private readonly connection: TransactionalConnection,
    private readonly reconciliation: ReconciliationService,
    private readonly unknown: UnknownPayments,
    private readonly clock: Clock,
    @Inject(PAYMENTS_PLUGIN_OPTIONS) options: PaymentsPluginOptions,
  ) {
    // Longer than any step between two renewals: several calls, and the transactions around them.
    this.leaseMs = 6 * (options.callTimeoutMs ?? DEFAULT_CALL_TIMEOUT_MS);
  }

  /** The run that is under way, or a new one that a worker begins with soon. */
  async request(
    ctx: RequestContext,
    trigger: PaymentReconciliationRun['trigger'],
  ): Promise<PaymentReconciliationRun> {
    for (;;) {
      await this.runs(ctx)
        .createQueryBuilder()
        .insert()
        .values({ state: 'queued', trigger, slot: 1 })
        .orIgnore()
        .execute();
      const run = await this.runs(ctx).findOneBy({ slot: 1 });
      // Otherwise it has ended in between.
      if (run !== null) return run;
    }
  }

  /** Begins or goes on with the run that is under way. @returns nothing where there is none, or another worker has it */
  async work(ctx: RequestContext): Promise<PaymentReconciliationRun | undefined> {
    const run = await this.take(ctx);
    if (run === undefined) return undefined;
    try {
      const kept = await this.carryOut(ctx, run);
      if (kept) await this.unknown.lookAgain(ctx);
      if (kept) await this.end(ctx, run, 'done', null);
    } catch (error) {
      Logger.error(`The reconciliation of payments failed: ${(error as Error).message}`, loggerCtx);
      await this.end(ctx, run, 'failed', (error as Error).message.slice(0, 500));
    }
    return (await this.runs(ctx).findOneBy({ id: run.id })) ?? undefined;
  }

  async prune(ctx: RequestContext, before: Date): Promise<number> {
    const { affected } = await this.runs(ctx).delete({ endedAt: LessThanOrEqual(before) });
    return affected ?? 0;
  }

  private async take(ctx: RequestContext): Promise<PaymentReconciliationRun | undefined> {
    const worker = this.clock.uuid();
    const now = this.clock.date();
    const [taken]: [{ id: ID }[], number] = await this.runs(ctx).query(
      `UPDATE payment_reconciliation_run
       SET state = 'running', worker = $1, "leaseUntil" = $2, "startedAt" = COALESCE("startedAt", $3), "updatedAt" = now()
       WHERE slot = 1 AND (worker IS NULL OR "leaseUntil" < $3) RETURNING id`,
      [worker, this.clock.date(this.leaseMs), now],
    );
    const [row] = taken;
    return row === undefined
      ? undefined
      : ((await this.runs(ctx).findOneBy({ id: row.id, worker })) ?? undefined);
  }

  /** @returns false where another worker has taken the run over */
  private async carryOut(ctx: RequestContext, run: PaymentReconciliationRun): Promise<boolean> {
    const until = run.startedAt ?? this.clock.date();
    const begun = this.clock.date().getTime();
    const silence = new Map<string, number>();
    let looked = 0;
    while (looked < MOST_OF_A_RUN && this.clock.date().getTime() - begun < LONGEST_RUN_MS) {
      const due = await this.reconciliation.due(ctx, until, AT_ONCE);
      if (due.length === 0) return true;
      looked += due.length;
      // One of a payment: its attempts are compared together.
      const payments = new Map(due.map(attempt => [paymentOf(attempt), attempt]));
      const ends = await Promise.all([...payments.values()].map(attempt => this.look(ctx, attempt, silence)));
      if (!(await this.count(ctx, run, ends))) return false;
    }
    return true;
  }

  private async look(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    silence: Map<string, number>,
  ): Promise<Comparison> {
    const { id, provider } = attempt;
    const silent = { repaired: false, differences: 0, unreachable: true, postponed: false };
    if ((silence.get(provider) ?? 0) >= SILENT_AFTER) {
      await this.reconciliation.postpone(ctx, [id], SILENT_MS);
      return silent;
    }
    try {
      const end = await this.reconciliation.check(attempt);
      if (!end.postponed) silence.set(provider, end.unreachable ? (silence.get(provider) ?? 0) + 1 : 0);
      // Those of the same payment that were not reached by it must not come up again in this run.
      if (end.unreachable || end.postponed) await this.reconciliation.postpone(ctx, [id], SILENT_MS);
      return end;
    } catch (error) {
      Logger.error(
        `The payment ${attempt.reference} could not be compared: ${(error as Error).message}`,
        loggerCtx,
      );
      await this.reconciliation.postpone(ctx, [id], SILENT_MS);
      return { ...silent, unreachable: false, postponed: true };
    }
  }

  /** Counts, and keeps the lease. @returns false where it is lost */
  private async count(
    ctx: RequestContext,
    { id, worker }: PaymentReconciliationRun,
    ends: readonly Comparison[],
  ): Promise<boolean> {
    const number = (is: (end: Comparison) => boolean) => ends.filter(is).length;
    const [kept]: [unknown[], number] = await this.runs(ctx).query(
      `UPDATE payment_reconciliation_run
       SET checked = checked + $3, repaired = repaired + $4, differences = differences + $5,
           unreachable = unreachable + $6, "leaseUntil" = $7, "updatedAt" = now()
       WHERE id = $1 AND worker = $2 RETURNING id`,
      [
        id,
        worker,
        number(end => !end.unreachable && !end.postponed),
        number(end => end.repaired),
        ends.reduce((total, { differences }) => total + differences, 0),
        number(end => end.unreachable),
        this.clock.date(this.leaseMs),
      ],
    );
    return kept.length === 1;
  }

  private async end(
    ctx: RequestContext,
    { id, worker }: PaymentReconciliationRun,
    state: 'done' | 'failed',
    error: string | null,
  ): Promise<void> {
    await this.runs(ctx).update(
      { id, worker: worker ?? IsNull() },
      { state, error, slot: null, worker: null, leaseUntil: null, endedAt: this.clock.date() },
    );
  }

  private runs(ctx: RequestContext) {
    return this.connection.getRepository(ctx, PaymentReconciliationRun);
  }
}

function paymentOf({ id, kind, paymentId, undoesId }: PaymentAttempt): string {
  if (paymentId !== null) return `payment:${paymentId}`;
  return `attempt:${kind === 'authorize' ? id : (undoesId ?? id)}`;
}
