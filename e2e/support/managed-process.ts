import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ProcessMessage } from '../../src/config/process-lifecycle';

const START_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 20_000;
const TAIL_LINES = 30;

export interface ManagedProcessOptions {
  name: string;
  /** The compiled file to run. */
  script: string;
  env: Record<string, string>;
  /** What the process prints is appended to this file. */
  logFile: string;
}

/**
 * A server or worker process of the shop. It ends by itself when the process that started it is gone
 * (`src/config/process-lifecycle.ts`), so that nothing stays behind whatever happens to the tests.
 */
export class ManagedProcess {
  private child: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();

  constructor(readonly options: ManagedProcessOptions) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get running(): boolean {
    return this.child !== undefined;
  }

  /** Starts the process and waits until it says that it is ready. */
  async start(): Promise<void> {
    const { name, script, env, logFile } = this.options;
    if (this.child !== undefined) throw new Error(`The ${name} runs already.`);
    mkdirSync(dirname(logFile), { recursive: true });
    const log = openSync(logFile, 'a');
    const child = fork(script, [], {
      env,
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.child = child;
    this.ended = new Promise(resolve => {
      child.once('exit', () => {
        if (this.child === child) this.child = undefined;
        resolve();
      });
    });
    try {
      await this.readiness(child);
    } catch (error) {
      await this.kill('SIGKILL');
      throw new ProcessStartError(name, (error as Error).message, tail(logFile));
    }
  }

  /** Sends the signal and waits for the end. A process that outlives SIGTERM for too long is killed. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    this.child?.kill(signal);
    const timer = setTimeout(() => this.child?.kill('SIGKILL'), STOP_LIMIT_MS);
    await this.ended;
    clearTimeout(timer);
  }

  private readiness(child: ChildProcess): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`not ready after ${START_LIMIT_MS} ms`)),
        START_LIMIT_MS,
      );
      const settle = (error?: Error) => {
        clearTimeout(timer);
        child.removeAllListeners('message');
        if (error === undefined) resolve();
        else reject(error);
      };
      child.on('message', (message: ProcessMessage) => {
        settle(message.type === 'failed' ? new Error(message.message) : undefined);
      });
      child.once('error', settle);
      child.once('exit', (code, signal) => settle(new Error(`ended by ${signal ?? `code ${code}`}`)));
    });
  }
}

/** A process that did not become ready, with the end of its log. */
export class ProcessStartError extends Error {
  constructor(
    name: string,
    readonly reason: string,
    log: string,
  ) {
    super(`The ${name} did not start: ${reason}\n${log}`);
    this.name = 'ProcessStartError';
  }
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}
