import { spawn, type ChildProcess } from 'node:child_process';
import { NODE_OPTIONS } from './node-options';
import { setPriority } from 'node:os';

const STOP_LIMIT_MS = 10_000;

export interface FiniteProcessOptions {
  script: string;
  args?: readonly string[];
  environment: NodeJS.ProcessEnv;
  /** From 0 to 19: how far it gives way to others that want the processor. */
  niceness?: number;
}

/** One process that does its work and ends, or is stopped before that. It says itself what it does. */
export class FiniteProcess {
  private child: ChildProcess | undefined;

  constructor(private readonly options: FiniteProcessOptions) {}

  /** Whether it ended well. */
  async run(): Promise<boolean> {
    const { script, args = [], environment, niceness = 0 } = this.options;
    // A session of its own: Ctrl-C is for the supervisor, which stops this process in its turn.
    const child = spawn(process.execPath, [...NODE_OPTIONS, script, ...args], {
      env: environment,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    });
    this.child = child;
    if (child.pid !== undefined && niceness > 0) setPriority(child.pid, niceness);
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', code => {
        this.child = undefined;
        resolve(code === 0);
      });
    });
  }

  async stop(): Promise<void> {
    const child = this.child;
    if (child === undefined) return;
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(timer);
  }

  kill(): void {
    this.child?.kill('SIGKILL');
  }
}
