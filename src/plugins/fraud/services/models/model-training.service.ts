import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@vendure/core';
import { trainInWorker } from '../../engine/model';
import type { FraudTrainingRun } from '../../entities/fraud-training-run.entity';
import { Clock } from '../clock';
import { NEEDED } from './model-limits';
import { ModelStore } from './model-store';
import { reportOf } from './training-report';
import { SamplesService } from './samples.service';

/** How a training ended. */
export type TrainingEnd = Pick<FraudTrainingRun, 'state'> &
  Partial<Pick<FraudTrainingRun, 'good' | 'frauds' | 'modelId' | 'error'>>;

/** Learns from what became of attempts. No transaction is open while it does: only what comes of it is written in one. */
@Injectable()
export class ModelTraining {
  constructor(
    private readonly samples: SamplesService,
    private readonly store: ModelStore,
    private readonly clock: Clock,
  ) {}

  async train(ctx: RequestContext, { requestedById }: FraudTrainingRun): Promise<TrainingEnd> {
    const { good, frauds } = await this.samples.count(ctx);
    if (good < NEEDED.good || frauds < NEEDED.frauds) return { state: 'too_few_labels', good, frauds };
    const { set, attemptsFrom, attemptsTo } = await this.samples.trainingSet(ctx);
    const learned = {
      rows: set.labels.length,
      frauds: set.labels.reduce((sum, label) => sum + label, 0),
    };
    const version = versionOf(this.clock, 'trained');
    const { json, report } = await trainInWorker(set, { version });
    const model = await this.store.add(ctx, {
      version,
      kind: 'trained',
      file: json,
      note: null,
      ...learned,
      trainedFrom: attemptsFrom,
      trainedTo: attemptsTo,
      report: reportOf(report),
      createdById: requestedById,
    });
    return {
      state: 'done',
      modelId: model.id,
      frauds: learned.frauds,
      good: learned.rows - learned.frauds,
    };
  }
}

/** Unique, and readable beside others: when it was made. */
export function versionOf(clock: Clock, kind: 'trained' | 'imported'): string {
  const at = clock.date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return `${kind}-${at}-${clock.uuid().slice(0, 8)}`;
}
