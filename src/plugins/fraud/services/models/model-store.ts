import { Injectable } from '@nestjs/common';
import {
  ListQueryBuilder,
  TransactionalConnection,
  type ID,
  type ListQueryOptions,
  type PaginatedList,
  type RequestContext,
} from '@vendure/core';
import { IsNull, LessThanOrEqual, Not } from 'typeorm';
import { FraudModel } from '../../entities/fraud-model.entity';
import { Clock } from '../clock';
import { FraudVersionsService } from '../rules/fraud-versions.service';
import { MOST_CHALLENGERS } from './model-limits';

export type NewModel = Pick<
  FraudModel,
  | 'version'
  | 'kind'
  | 'file'
  | 'note'
  | 'rows'
  | 'frauds'
  | 'trainedFrom'
  | 'trainedTo'
  | 'report'
  | 'createdById'
>;

const RELATIONS = { createdBy: true, promotedBy: true } as const;

/**
 * The only writer of `fraud_model`. Every change of what scores is told to all processes by the version `models`, in the
 * same transaction. Changes of places are made one after another: each locks all models that have one.
 */
@Injectable()
export class ModelStore {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly versions: FraudVersionsService,
    private readonly lists: ListQueryBuilder,
    private readonly clock: Clock,
  ) {}

  /** Keeps a new model as a challenger. */
  async add(ctx: RequestContext, model: NewModel): Promise<FraudModel> {
    return this.connection.withTransaction(ctx, async tx => {
      const placed = await this.placed(tx);
      const challengers = placed.filter(({ status }) => status === 'challenger');
      for (const { id } of challengers.slice(0, Math.max(0, challengers.length + 1 - MOST_CHALLENGERS))) {
        await this.models(tx).update({ id }, { status: 'retired', retiredAt: this.clock.date() });
      }
      const size = Buffer.byteLength(model.file);
      const { id } = await this.models(tx).save(
        new FraudModel({ ...model, size, status: 'challenger', problem: null }),
      );
      await this.versions.bump(tx, 'models');
      return this.one(tx, id);
    });
  }

  /** @param byId who wants it; null where the rule does */
  async promote(ctx: RequestContext, id: ID, because: string, byId: ID | null): Promise<FraudModel> {
    return this.connection.withTransaction(ctx, async tx => {
      const now = this.clock.date();
      const placed = await this.placed(tx);
      const champion = placed.find(({ status }) => status === 'champion');
      if (champion !== undefined && String(champion.id) === String(id)) return this.one(tx, id);
      if (champion !== undefined) {
        await this.models(tx).update({ id: champion.id }, { status: 'retired', retiredAt: now });
      }
      await this.models(tx).update(
        { id },
        {
          status: 'champion',
          promotedAt: now,
          promotedById: byId,
          promotedBecause: because,
          retiredAt: null,
        },
      );
      await this.versions.bump(tx, 'models');
      return this.one(tx, id);
    });
  }

  async retire(ctx: RequestContext, id: ID): Promise<FraudModel> {
    return this.connection.withTransaction(ctx, async tx => {
      await this.placed(tx);
      const { affected } = await this.models(tx).update(
        { id, status: 'challenger' },
        { status: 'retired', retiredAt: this.clock.date() },
      );
      if (affected === 1) await this.versions.bump(tx, 'models');
      return this.one(tx, id);
    });
  }

  /** What was found on the shop's own attempts, for a model that was made without them. */
  async report(ctx: RequestContext, id: ID, report: FraudModel['report']): Promise<void> {
    await this.models(ctx).update({ id }, { report });
  }

  /** Whether a model loads. Nobody has to be told: whoever loads it finds out. */
  async problem(ctx: RequestContext, id: ID, problem: string | null): Promise<void> {
    await this.models(ctx).update(
      { id, problem: problem === null ? Not(IsNull()) : IsNull() },
      { problem: problem?.slice(0, 500) ?? null },
    );
  }

  /** Whoever decided before the champion, the newest first. */
  earlierChampion(ctx: RequestContext): Promise<FraudModel | null> {
    return this.models(ctx).findOne({
      where: { status: 'retired', promotedAt: Not(IsNull()) },
      order: { retiredAt: 'DESC', id: 'DESC' },
    });
  }

  champion(ctx: RequestContext): Promise<FraudModel | null> {
    return this.models(ctx).findOne({ where: { status: 'champion' }, relations: RELATIONS });
  }

  /** The newest first. */
  challengers(ctx: RequestContext): Promise<FraudModel[]> {
    return this.models(ctx).find({
      where: { status: 'challenger' },
      relations: RELATIONS,
      order: { id: 'DESC' },
      take: MOST_CHALLENGERS,
    });
  }

  find(ctx: RequestContext, id: ID): Promise<FraudModel | null> {
    return this.models(ctx).findOne({ where: { id }, relations: RELATIONS });
  }

  /** The model as JSON. */
  async file(ctx: RequestContext, id: ID): Promise<string> {
    const { file } = await this.models(ctx).findOneOrFail({
      where: { id },
      select: { id: true, file: true },
    });
    return file;
  }

  async list(
    ctx: RequestContext,
    options: ListQueryOptions<FraudModel> = {},
  ): Promise<PaginatedList<FraudModel>> {
    // The builder lets its own order win over the caller's, so it must not get one then.
    const sorted = Object.keys(options.sort ?? {}).length > 0;
    const [items, totalItems] = await this.lists
      .build(FraudModel, options, {
        ctx,
        relations: ['createdBy', 'promotedBy'],
        // The API tells of their logins.
        customPropertyMap: { createdBy: 'createdBy.identifier', promotedBy: 'promotedBy.identifier' },
        ...(sorted ? {} : { orderBy: { id: 'DESC' } }),
      })
      .getManyAndCount();
    return { items, totalItems };
  }

  /** Those that never decided; champions of earlier are kept, for decisions name them and they can be gone back to. */
  async prune(ctx: RequestContext, before: Date): Promise<number> {
    const { affected } = await this.models(ctx).delete({
      status: 'retired',
      promotedAt: IsNull(),
      retiredAt: LessThanOrEqual(before),
    });
    return affected ?? 0;
  }

  private async one(ctx: RequestContext, id: ID): Promise<FraudModel> {
    return this.models(ctx).findOneOrFail({ where: { id }, relations: RELATIONS });
  }

  /** Champion and challengers, the oldest first, locked; also where there are none yet. */
  private async placed(ctx: RequestContext): Promise<FraudModel[]> {
    await this.models(ctx).query(`SELECT pg_advisory_xact_lock(hashtext('fraud_model.places'))`);
    return this.models(ctx).find({
      where: [{ status: 'champion' }, { status: 'challenger' }],
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  private models(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudModel);
  }
}
