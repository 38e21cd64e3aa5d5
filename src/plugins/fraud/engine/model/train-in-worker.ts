import { Worker } from 'node:worker_threads';
import { TooFewLabelsError, TrainingCancelledError, TrainingTimeoutError } from './errors';
import type { TrainOptions, TrainedModel } from './train';
import { trainingSetOf, type Sample, type TrainingSet } from './training-set';
import type { WorkerAnswer } from './train-worker';

export interface TrainInWorkerOptions extends TrainOptions {
  /** In ms. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

const DEFAULT_TIMEOUT = 15 * 60_000;

/**
 * `trainModel` in a thread of its own, so that this one goes on answering. The set's numbers are handed over, not copied:
 * the arrays of a `TrainingSet` are empty afterwards.
 *
 * @throws TooFewLabelsError, TrainingTimeoutError, TrainingCancelledError
 */
export async function trainInWorker(
  samples: TrainingSet | readonly Sample[],
  { timeout = DEFAULT_TIMEOUT, signal, ...options }: TrainInWorkerOptions = {},
): Promise<TrainedModel> {
  if (signal?.aborted) throw new TrainingCancelledError('The training was called off.');
  const set = 'names' in samples ? samples : trainingSetOf(samples);
  const worker = startWorker({ set, options }, [
    set.values.buffer as ArrayBuffer,
    set.labels.buffer as ArrayBuffer,
    set.at.buffer as ArrayBuffer,
    ...(set.rules ? [set.rules.buffer as ArrayBuffer] : []),
  ]);
  try {
    return await new Promise<TrainedModel>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new TrainingTimeoutError(`The training took more than ${timeout} ms.`)),
        timeout,
      );
      const cancel = () => reject(new TrainingCancelledError('The training was called off.'));
      signal?.addEventListener('abort', cancel, { once: true });
      worker.once('message', (answer: WorkerAnswer) => {
        if ('trained' in answer) resolve(answer.trained);
        else reject(new TooFewLabelsError(answer.tooFew.known, answer.tooFew.needed));
      });
      worker.once('error', reject);
      worker.once('exit', () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        reject(new Error('The training ended without a result.'));
      });
    });
  } finally {
    await worker.terminate();
  }
}

function startWorker(workerData: unknown, transferList: ArrayBuffer[]): Worker {
  const script = require.resolve('./train-worker');
  if (script.endsWith('.js')) return new Worker(script, { workerData, transferList });
  // From the sources, as in unit tests: threads do not know the compiler of those who start them.
  const bootstrap = `
    const { transformFileSync } = require('@swc/core');
    require.extensions['.ts'] = (module, file) =>
      module._compile(transformFileSync(file, { module: { type: 'commonjs' } }).code, file);
    require(${JSON.stringify(script)});`;
  return new Worker(bootstrap, { eval: true, workerData, transferList });
}
