import { Injectable } from '@nestjs/common';
import {
  ListQueryBuilder,
  Logger,
  TransactionalConnection,
  type ID,
  type ListQueryOptions,
  type PaginatedList,
  type RequestContext,
} from '@vendure/core';
import { In, IsNull, LessThanOrEqual } from 'typeorm';
import { loggerCtx } from '../../constants';
import { FraudTrainingRun } from '../../entities/fraud-training-run.entity';
import { Clock } from '../clock';
import { ModelTraining, type TrainingEnd } from './model-training.service';

/** Renewed while the training goes on, in a thread of its own; a worker that died is found out after it. */
const LEASE_MS = 60_000;
const RENEW_MS = 15_000;
/** A training that takes its workers down with it is given up. */
const MOST_BEGINNINGS = 3;

const RELATIONS = { requestedBy: true, model: { createdBy: true, promotedBy: true } } as const;

/**
 * Trainings. One at a time in all processes: the table lets one row be under way, and its worker has it on lease. (The
 * scheduler lets go of its own lock at the time limit, though the task still runs.)
 */
@Injectable()
export class TrainingRuns {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly lists: ListQueryBuilder,
    private readonly training: ModelTraining,
    private readonly clock: Clock,
  ) {}

  /** The run that is under way, or a new one that a worker begins with soon. */
  async request(
    ctx: RequestContext,
    trigger: FraudTrainingRun['trigger'],
    requestedById: ID | null,
  ): Promise<FraudTrainingRun> {
    for (;;) {
      await this.runs(ctx)
        .createQueryBuilder()
        .insert()
        .values({ state: 'queued', trigger, requestedById, slot: 1 })
        .orIgnore()
        .execute();
      const run = await this.underWay(ctx);
      // Otherwise it has ended in between.
      if (run !== null) return run;
    }
  }

  /** Begins the run that is under way. @returns nothing where there is none, or another worker has it */
  async work(ctx: RequestContext): Promise<FraudTrainingRun | undefined> {
    const run = await this.take(ctx);
    if (run === undefined) return undefined;
    const lease = setInterval(() => void this.renew(ctx, run), RENEW_MS);
    try {
      if (run.begun > MOST_BEGINNINGS) throw new Error('Its worker died each time it was begun.');
      await this.end(ctx, run, await this.training.train(ctx, run));
    } catch (error) {
      Logger.error(`The training of a fraud model failed: ${(error as Error).message}`, loggerCtx);
      await this.end(ctx, run, { state: 'failed', error: (error as Error).message.slice(0, 500) });
    } finally {
      clearInterval(lease);
    }
    return (await this.runs(ctx).findOneBy({ id: run.id })) ?? undefined;
  }

  underWay(ctx: RequestContext): Promise<FraudTrainingRun | null> {
    return this.runs(ctx).findOne({ where: { slot: 1 }, relations: RELATIONS });
  }

  /** The newest that has ended, with or without a model. */
  lastEnded(
    ctx: RequestContext,
    states: FraudTrainingRun['state'][] = ['done', 'too_few_labels', 'failed'],
  ): Promise<FraudTrainingRun | null> {
    return this.runs(ctx).findOne({
      where: { state: In(states) },
      relations: RELATIONS,
      order: { id: 'DESC' },
    });
  }

  async list(
    ctx: RequestContext,
    options: ListQueryOptions<FraudTrainingRun> = {},
  ): Promise<PaginatedList<FraudTrainingRun>> {
    const sorted = Object.keys(options.sort ?? {}).length > 0;
    const [items, totalItems] = await this.lists
      .build(FraudTrainingRun, options, {
        ctx,
        relations: ['requestedBy', 'model', 'model.createdBy', 'model.promotedBy'],
        // The API tells of the login.
        customPropertyMap: { requestedBy: 'requestedBy.identifier' },
        ...(sorted ? {} : { orderBy: { id: 'DESC' } }),
      })
      .getManyAndCount();
    return { items, totalItems };
  }

  async prune(ctx: RequestContext, before: Date): Promise<number> {
    const { affected } = await this.runs(ctx).delete({ endedAt: LessThanOrEqual(before) });
    return affected ?? 0;
  }

  private async take(ctx: RequestContext): Promise<FraudTrainingRun | undefined> {
    const worker = this.clock.uuid();
    const now = this.clock.date();
    const [taken]: [{ id: ID }[], number] = await this.runs(ctx).query(
      `UPDATE fraud_training_run
       SET state = 'running', worker = $1, "leaseUntil" = $2, "startedAt" = COALESCE("startedAt", $3), begun = begun + 1,
           "updatedAt" = now()
       WHERE slot = 1 AND (worker IS NULL OR "leaseUntil" < $3) RETURNING id`,
      [worker, this.clock.date(LEASE_MS), now],
    );
    const [row] = taken;
    return row === undefined
      ? undefined
      : ((await this.runs(ctx).findOneBy({ id: row.id, worker })) ?? undefined);
  }

  private async renew(ctx: RequestContext, { id, worker }: FraudTrainingRun): Promise<void> {
    try {
      await this.runs(ctx).update(
        { id, worker: worker ?? IsNull() },
        { leaseUntil: this.clock.date(LEASE_MS) },
      );
    } catch (error) {
      // There are more before the lease ends.
      Logger.warn(`The lease of a training was not renewed: ${(error as Error).message}`, loggerCtx);
    }
  }

  private async end(ctx: RequestContext, { id, worker }: FraudTrainingRun, end: TrainingEnd): Promise<void> {
    await this.runs(ctx).update(
      { id, worker: worker ?? IsNull() },
      { ...end, slot: null, worker: null, leaseUntil: null, endedAt: this.clock.date() },
    );
  }

  private runs(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudTrainingRun);
  }
}
