import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Cleanup } from '../journey/cleanup';

/** Workers of the shop with the benchmark's handler, in processes of their own. */
export class WorkerPool {
  private constructor(
    private readonly workers: readonly ChildProcess[],
    readonly stop: () => Promise<void>,
  ) {}

  static async start(
    cleanup: Cleanup,
    environment: NodeJS.ProcessEnv,
    count: number,
    batch: number,
  ): Promise<WorkerPool> {
    const { started, remove } = cleanup.put(
      () =>
        Array.from({ length: count }, () =>
          fork(join(__dirname, 'worker.js'), [String(batch)], {
            env: environment,
            stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
          }),
        ),
      workers => Promise.all(workers.map(ended)).then(() => undefined),
    );
    await Promise.all(started.map(ready));
    return new WorkerPool(started, remove);
  }

  get size(): number {
    return this.workers.length;
  }
}

function ready(worker: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('exit', code => reject(new Error(`A worker ended with code ${code}.`)));
  });
}

function ended(worker: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    if (worker.exitCode !== null || worker.signalCode !== null) return resolve();
    worker.once('exit', () => resolve());
    worker.kill('SIGTERM');
  });
}
