import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Allow,
  Ctx,
  ErrorResult,
  Transaction,
  type ID,
  type ListQueryOptions,
  type PaginatedList,
  RequestContext,
} from '@vendure/core';
import { requireDefaultChannel } from '../../payments';
import type { FraudModel } from '../entities/fraud-model.entity';
import type { FraudTrainingRun } from '../entities/fraud-training-run.entity';
import { ModelComparisonService, type ModelComparison } from '../services/models/model-comparison.service';
import { MOST_FILE_BYTES, NEEDED } from '../services/models/model-limits';
import { ModelStore } from '../services/models/model-store';
import { ModelsService, type Readiness } from '../services/models/models.service';
import { modelsPermission } from '../services/models/permission';
import { TrainingRuns } from '../services/models/training-runs';
import { checkedText, optionalText } from './checked-input';
import {
  FraudModelFileError,
  type FraudModelInUseError,
  type FraudModelNoEarlierError,
  type FraudModelNotFoundError,
  type FraudModelUnusableError,
  type FraudTooFewLabelsError,
} from './models-errors';
import { readUpload, type Upload } from './read-upload';

const MAX_TEXT = 1_000;

/** Models, for staff. They concern all channels. */
@Resolver()
export class FraudModelsResolver {
  constructor(
    private readonly store: ModelStore,
    private readonly models: ModelsService,
    private readonly comparison: ModelComparisonService,
    private readonly runs: TrainingRuns,
  ) {}

  @Query()
  @Allow(modelsPermission.Read)
  fraudModels(
    @Ctx() ctx: RequestContext,
    @Args() { options }: { options?: ListQueryOptions<FraudModel> },
  ): Promise<PaginatedList<FraudModel>> {
    requireDefaultChannel(ctx);
    return this.store.list(ctx, options);
  }

  @Query()
  @Allow(modelsPermission.Read)
  fraudModel(@Ctx() ctx: RequestContext, @Args() { id }: { id: ID }): Promise<FraudModel | null> {
    requireDefaultChannel(ctx);
    return this.store.find(ctx, id);
  }

  @Query()
  @Allow(modelsPermission.Read)
  async fraudModelReadiness(@Ctx() ctx: RequestContext): Promise<Readiness & { message: string }> {
    requireDefaultChannel(ctx);
    const readiness = await this.models.readiness(ctx);
    const key = readiness.ready ? 'message.fraud-model-ready' : 'message.fraud-model-too-few';
    const { good, frauds, neededGood, neededFrauds } = readiness;
    return { ...readiness, message: ctx.translate(key, { good, frauds, neededGood, neededFrauds }) };
  }

  @Query()
  @Allow(modelsPermission.Read)
  async fraudModelComparison(
    @Ctx() ctx: RequestContext,
    @Args() { challengerId }: { challengerId: ID },
  ): Promise<ModelComparison | null> {
    requireDefaultChannel(ctx);
    const challenger = await this.store.find(ctx, challengerId);
    return challenger === null ? null : this.comparison.compare(ctx, challenger);
  }

  @Query()
  @Allow(modelsPermission.Read)
  fraudTrainingRuns(
    @Ctx() ctx: RequestContext,
    @Args() { options }: { options?: ListQueryOptions<FraudTrainingRun> },
  ): Promise<PaginatedList<FraudTrainingRun>> {
    requireDefaultChannel(ctx);
    return this.runs.list(ctx, options);
  }

  @Mutation()
  @Allow(modelsPermission.Create)
  trainFraudModel(@Ctx() ctx: RequestContext): Promise<FraudTrainingRun | FraudTooFewLabelsError> {
    requireDefaultChannel(ctx);
    return this.models.train(ctx);
  }

  /** Without a transaction: the model is tried on many attempts first. */
  @Mutation()
  @Allow(modelsPermission.Create)
  async importFraudModel(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: { file: Upload; note?: string | null } },
  ): Promise<FraudModel | FraudModelFileError> {
    requireDefaultChannel(ctx);
    const note = optionalText('note', input.note, MAX_TEXT);
    const content = await readUpload(input.file, MOST_FILE_BYTES);
    if (content === null) return new FraudModelFileError(`It has more than ${MOST_FILE_BYTES} bytes.`, []);
    return this.models.import(ctx, content, note);
  }

  @Mutation()
  @Allow(modelsPermission.Update)
  promoteFraudModel(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: { id: ID; reason: string } },
  ): Promise<FraudModel | FraudModelNotFoundError | FraudModelUnusableError | FraudTooFewLabelsError> {
    requireDefaultChannel(ctx);
    return this.models.promote(ctx, input.id, checkedText('reason', input.reason, MAX_TEXT));
  }

  @Transaction()
  @Mutation()
  @Allow(modelsPermission.Update)
  rollBackFraudModel(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: { reason: string } },
  ): Promise<FraudModel | FraudModelNoEarlierError | FraudModelUnusableError> {
    requireDefaultChannel(ctx);
    return this.models.rollBack(ctx, checkedText('reason', input.reason, MAX_TEXT));
  }

  @Transaction()
  @Mutation()
  @Allow(modelsPermission.Update)
  retireFraudModel(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: { id: ID } },
  ): Promise<FraudModel | FraudModelNotFoundError | FraudModelInUseError> {
    requireDefaultChannel(ctx);
    return this.models.retire(ctx, input.id);
  }
}

@Resolver('FraudModel')
export class FraudModelResolver {
  @ResolveField()
  createdBy(@Parent() { createdBy }: FraudModel): string | null {
    return createdBy?.identifier ?? null;
  }

  @ResolveField()
  promotedBy(@Parent() { promotedBy }: FraudModel): string | null {
    return promotedBy?.identifier ?? null;
  }
}

@Resolver('FraudTrainingRun')
export class FraudTrainingRunResolver {
  @ResolveField()
  requestedBy(@Parent() { requestedBy }: FraudTrainingRun): string | null {
    return requestedBy?.identifier ?? null;
  }

  @ResolveField()
  neededGood(@Parent() { good }: FraudTrainingRun): number | null {
    return good === null ? null : NEEDED.good;
  }

  @ResolveField()
  neededFrauds(@Parent() { frauds }: FraudTrainingRun): number | null {
    return frauds === null ? null : NEEDED.frauds;
  }
}

/** A union of the thing itself and errors. */
function resultOf(typename: string) {
  return (value: object): string => (value instanceof ErrorResult ? value.__typename : typename);
}

const modelOrError = resultOf('FraudModel');

@Resolver('ImportFraudModelResult')
export class ImportFraudModelResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return modelOrError(value);
  }
}

@Resolver('PromoteFraudModelResult')
export class PromoteFraudModelResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return modelOrError(value);
  }
}

@Resolver('RollBackFraudModelResult')
export class RollBackFraudModelResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return modelOrError(value);
  }
}

@Resolver('RetireFraudModelResult')
export class RetireFraudModelResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return modelOrError(value);
  }
}

@Resolver('TrainFraudModelResult')
export class TrainFraudModelResultResolver {
  private readonly typeOf = resultOf('FraudTrainingRun');

  @ResolveField()
  __resolveType(value: object): string {
    return this.typeOf(value);
  }
}
