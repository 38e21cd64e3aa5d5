export { ModelFileError, TooFewLabelsError, TrainingCancelledError, TrainingTimeoutError } from './errors';
export { importLightGbm } from './lightgbm';
export { loadModel } from './model-file';
export type { TrainingReport } from './report';
export { NEEDED_LABELS, trainModel, type TrainedModel, type TrainOptions } from './train';
export { trainInWorker, type TrainInWorkerOptions } from './train-in-worker';
export { MAX_FEATURES, trainingSetOf, type Sample, type TrainingSet } from './training-set';
