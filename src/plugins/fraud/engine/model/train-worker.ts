import { parentPort, workerData } from 'node:worker_threads';
import { TooFewLabelsError } from './errors';
import { trainModel, type TrainedModel, type TrainOptions } from './train';
import type { TrainingSet } from './training-set';

/** The other end of `trainInWorker`. Errors lose their class on the way: the expected one is told as data. */
export type WorkerAnswer =
  { readonly trained: TrainedModel } | { readonly tooFew: Pick<TooFewLabelsError, 'known' | 'needed'> };

const { set, options } = workerData as { set: TrainingSet; options: TrainOptions };

function answer(): WorkerAnswer {
  try {
    return { trained: trainModel(set, options) };
  } catch (error) {
    if (error instanceof TooFewLabelsError) return { tooFew: { known: error.known, needed: error.needed } };
    throw error;
  }
}

parentPort?.postMessage(answer());
