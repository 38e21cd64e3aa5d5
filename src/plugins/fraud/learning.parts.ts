import type { RuntimeVendureConfig } from '@vendure/core';
import {
  FraudDriftReportResolver,
  FraudDriftReportsResultResolver,
  FraudDriftResolver,
} from './api/drift.resolver';
import {
  FraudLabelResolver,
  FraudLabelsResolver,
  LabelFraudAttemptResultResolver,
} from './api/labels.resolver';
import {
  FraudModelResolver,
  FraudModelsResolver,
  FraudTrainingRunResolver,
  ImportFraudModelResultResolver,
  PromoteFraudModelResultResolver,
  RetireFraudModelResultResolver,
  RollBackFraudModelResultResolver,
  TrainFraudModelResultResolver,
} from './api/models.resolver';
import { FraudDriftReport } from './entities/fraud-drift-report.entity';
import { FraudLabel } from './entities/fraud-label.entity';
import { FraudModel } from './entities/fraud-model.entity';
import { FraudTrainingRun } from './entities/fraud-training-run.entity';
import { matureLabelsTask } from './jobs/mature-labels.task';
import { trainModelTask } from './jobs/train-model.task';
import { watchModelsTask } from './jobs/watch-models.task';
import { DriftQueries } from './services/drift/drift-queries';
import { DriftService } from './services/drift/drift.service';
import { LabelPersonalData } from './services/labels/label-personal-data';
import { LabelService } from './services/labels/label.service';
import { LearningSetup } from './services/learning-setup';
import { ModelComparisonService } from './services/models/model-comparison.service';
import { ModelPromotion } from './services/models/model-promotion.service';
import { ModelRegistry } from './services/models/model-registry';
import { ModelStore } from './services/models/model-store';
import { ModelTraining } from './services/models/model-training.service';
import { ModelValidation } from './services/models/model-validation.service';
import { ModelsService } from './services/models/models.service';
import { modelsPermission } from './services/models/permission';
import { SamplesService } from './services/models/samples.service';
import { TrainingQueue } from './services/models/training-queue';
import { TrainingRuns } from './services/models/training-runs';

/** What labels, models and drift are made of. */
export const LEARNING_ENTITIES = [FraudDriftReport, FraudLabel, FraudModel, FraudTrainingRun];

export const LEARNING_PROVIDERS = [
  DriftQueries,
  DriftService,
  LabelPersonalData,
  LabelService,
  LearningSetup,
  ModelComparisonService,
  ModelPromotion,
  ModelRegistry,
  ModelStore,
  ModelTraining,
  ModelValidation,
  ModelsService,
  SamplesService,
  TrainingQueue,
  TrainingRuns,
];

export const LEARNING_RESOLVERS = [
  FraudDriftReportResolver,
  FraudDriftReportsResultResolver,
  FraudDriftResolver,
  FraudLabelResolver,
  FraudLabelsResolver,
  FraudModelResolver,
  FraudModelsResolver,
  FraudTrainingRunResolver,
  ImportFraudModelResultResolver,
  LabelFraudAttemptResultResolver,
  PromoteFraudModelResultResolver,
  RetireFraudModelResultResolver,
  RollBackFraudModelResultResolver,
  TrainFraudModelResultResolver,
];

/** Where they join the platform. */
export function configureLearning(config: RuntimeVendureConfig): RuntimeVendureConfig {
  config.schedulerOptions.tasks.push(matureLabelsTask, trainModelTask, watchModelsTask);
  config.authOptions.customPermissions.push(modelsPermission);
  return config;
}
