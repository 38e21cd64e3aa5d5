import { Injectable } from '@nestjs/common';
import { type ID, type RequestContext } from '@vendure/core';
import {
  FraudModelFileError,
  FraudModelInUseError,
  FraudModelNoEarlierError,
  FraudModelNotFoundError,
  FraudModelUnusableError,
  FraudTooFewLabelsError,
} from '../../api/models-errors';
import { loadModel } from '../../engine/model';
import type { FraudModel } from '../../entities/fraud-model.entity';
import type { FraudTrainingRun } from '../../entities/fraud-training-run.entity';
import type { ScoringModel } from '../../types';
import { Clock } from '../clock';
import { MOST_FILE_BYTES, NEEDED, TRAIN_EVERY_DAYS } from './model-limits';
import { ModelStore } from './model-store';
import { versionOf } from './model-training.service';
import { ModelValidation } from './model-validation.service';
import { readModelFile } from './read-model-file';
import { SamplesService } from './samples.service';
import { TrainingQueue } from './training-queue';
import { TrainingRuns } from './training-runs';

const DAY_MS = 86_400_000;

export interface Readiness {
  readonly champion: FraudModel | null;
  readonly challengers: readonly FraudModel[];
  readonly good: number;
  readonly frauds: number;
  readonly neededGood: number;
  readonly neededFrauds: number;
  readonly ready: boolean;
  readonly lastTraining: FraudTrainingRun | null;
  readonly training: FraudTrainingRun | null;
  readonly nextTraining: Date | null;
}

/** What staff do with models. */
@Injectable()
export class ModelsService {
  constructor(
    private readonly store: ModelStore,
    private readonly samples: SamplesService,
    private readonly validation: ModelValidation,
    private readonly runs: TrainingRuns,
    private readonly queue: TrainingQueue,
    private readonly clock: Clock,
  ) {}

  async readiness(ctx: RequestContext): Promise<Readiness> {
    const { good, frauds } = await this.samples.count(ctx);
    const lastDone = await this.runs.lastEnded(ctx, ['done']);
    return {
      champion: await this.store.champion(ctx),
      challengers: await this.store.challengers(ctx),
      good,
      frauds,
      neededGood: NEEDED.good,
      neededFrauds: NEEDED.frauds,
      ready: good >= NEEDED.good && frauds >= NEEDED.frauds,
      lastTraining: await this.runs.lastEnded(ctx),
      training: await this.runs.underWay(ctx),
      nextTraining: dueAfter(lastDone),
    };
  }

  /** Whether it is time for the schedule: also when nothing was trained for want of outcomes. */
  async isDue(ctx: RequestContext): Promise<boolean> {
    const due = dueAfter(await this.runs.lastEnded(ctx, ['done']));
    return due === null || due <= this.clock.date();
  }

  async train(ctx: RequestContext): Promise<FraudTrainingRun | FraudTooFewLabelsError> {
    return (await this.tooFew(ctx)) ?? this.queue.start(ctx);
  }

  /** Keeps a file as a challenger, and tries it on the shop's own attempts where there are enough. */
  async import(
    ctx: RequestContext,
    content: Buffer,
    note: string | null,
  ): Promise<FraudModel | FraudModelFileError> {
    if (content.length > MOST_FILE_BYTES) {
      return new FraudModelFileError(`It has more than ${MOST_FILE_BYTES} bytes.`, []);
    }
    const version = versionOf(this.clock, 'imported');
    const read = readModelFile(content.toString('utf8'), version);
    if ('problem' in read) return new FraudModelFileError(read.problem, read.unknownFeatures);
    const { file, features, details } = read;
    const rest = { features, details };
    const report = await this.validation.report(ctx, loadModel(file), rest);
    return this.store.add(ctx, {
      version,
      kind: 'imported',
      file,
      note,
      rows: null,
      frauds: null,
      trainedFrom: null,
      trainedTo: null,
      report: report ?? { from: null, to: null, figures: null, calibration: [], ...rest },
      createdById: ctx.activeUserId ?? null,
    });
  }

  /** One that does not load, or that was never tried on the shop's attempts, never decides. */
  async promote(
    ctx: RequestContext,
    id: ID,
    reason: string,
    byId: ID | null = ctx.activeUserId ?? null,
  ): Promise<FraudModel | FraudModelNotFoundError | FraudModelUnusableError | FraudTooFewLabelsError> {
    const model = await this.store.find(ctx, id);
    if (model === null) return new FraudModelNotFoundError();
    const loaded = await this.loaded(ctx, model);
    if (loaded instanceof FraudModelUnusableError) return loaded;
    if (model.report.figures === null) {
      const report = await this.validation.report(ctx, loaded, model.report);
      if (report === null) return (await this.tooFew(ctx)) ?? new FraudTooFewLabelsError(NEEDED, NEEDED);
      await this.store.report(ctx, id, report);
    }
    return this.store.promote(ctx, id, reason, byId);
  }

  async rollBack(
    ctx: RequestContext,
    reason: string,
  ): Promise<FraudModel | FraudModelNoEarlierError | FraudModelUnusableError> {
    const earlier = await this.store.earlierChampion(ctx);
    if (earlier === null) return new FraudModelNoEarlierError();
    const loaded = await this.loaded(ctx, earlier);
    if (loaded instanceof FraudModelUnusableError) return loaded;
    return this.store.promote(ctx, earlier.id, reason, ctx.activeUserId ?? null);
  }

  async retire(
    ctx: RequestContext,
    id: ID,
  ): Promise<FraudModel | FraudModelNotFoundError | FraudModelInUseError> {
    if ((await this.store.find(ctx, id)) === null) return new FraudModelNotFoundError();
    const model = await this.store.retire(ctx, id);
    return model.status === 'champion' ? new FraudModelInUseError() : model;
  }

  private async tooFew(ctx: RequestContext): Promise<FraudTooFewLabelsError | undefined> {
    const known = await this.samples.count(ctx);
    const enough = known.good >= NEEDED.good && known.frauds >= NEEDED.frauds;
    return enough ? undefined : new FraudTooFewLabelsError(known, NEEDED);
  }

  private async loaded(
    ctx: RequestContext,
    { id }: FraudModel,
  ): Promise<ScoringModel | FraudModelUnusableError> {
    try {
      const loaded = loadModel(await this.store.file(ctx, id));
      await this.store.problem(ctx, id, null);
      return loaded;
    } catch (error) {
      const { message } = error as Error;
      await this.store.problem(ctx, id, message);
      return new FraudModelUnusableError(message);
    }
  }
}

function dueAfter(done: FraudTrainingRun | null): Date | null {
  // A night's run must not miss its week by the minutes that the one before took.
  return done === null ? null : new Date(done.createdAt.getTime() + (TRAIN_EVERY_DAYS - 0.5) * DAY_MS);
}
