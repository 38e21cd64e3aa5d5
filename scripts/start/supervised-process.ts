import { spawn, type ChildProcess } from 'node:child_process';
import type { ProcessMessage } from '../../src/config/process-lifecycle';
import { NODE_OPTIONS } from './node-options';
import type { Terminal } from './terminal';
import { UserError } from './user-error';

/** Time that a process gets to finish its requests and jobs before it is killed; over its own limit. */
const STOP_LIMIT_MS = 45_000;
const FIRST_RESTART_MS = 500;
const LONGEST_RESTART_MS = 30_000;
/** A process that ran for this long has recovered: its next crash starts at the shortest wait again. */
const STABLE_AFTER_MS = 60_000;

/**
 * One process of the shop: started, watched, started again after a crash (at once, then with doubling waits),
 * and stopped. It is a session leader of its own, so that Ctrl-C reaches the supervisor only, which stops the
 * processes in order.
 */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private stopping = false;
  private restartDelay = FIRST_RESTART_MS;
  private restartTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly name: string,
    private readonly script: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly terminal: Terminal,
  ) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Resolves when the process says that it is ready; rejects with its reason when it ends before that. */
  start(): Promise<void> {
    return this.launch().catch((error: unknown) => {
      this.stopping = true;
      throw error;
    });
  }

  private launch(): Promise<void> {
    const startedAt = Date.now();
    const child = spawn(process.execPath, [...NODE_OPTIONS, this.script], {
      env: this.environment,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: true,
    });
    this.child = child;
    return new Promise((resolve, reject) => {
      let ready = false;
      let failure: string | undefined;
      child.on('message', (message: ProcessMessage) => {
        if (message.type === 'failed') failure = message.message;
        else {
          ready = true;
          resolve();
        }
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        this.child = undefined;
        const how = signal ?? `exit code ${code}`;
        if (!ready) reject(new UserError(`The ${this.name} did not start: ${failure ?? how}`));
        if (this.stopping || (!ready && failure === undefined && signal === null)) return;
        if (Date.now() - startedAt > STABLE_AFTER_MS) this.restartDelay = FIRST_RESTART_MS;
        if (ready) this.restartLater(how);
      });
    });
  }

  private restartLater(how: string): void {
    const wait = this.restartDelay;
    this.restartDelay = Math.min(wait * 2, LONGEST_RESTART_MS);
    this.terminal.step(`The ${this.name} ended (${how}); it starts again in ${wait / 1000} s.`);
    this.restartTimer = setTimeout(() => {
      this.launch().then(
        () => this.terminal.step(`The ${this.name} runs again.`),
        (error: unknown) => {
          if (!this.stopping) this.restartLater((error as Error).message);
        },
      );
    }, wait);
  }

  /** Asks the process to end and waits for it; kills it when it takes too long. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.restartTimer);
    const child = this.child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(timer);
  }

  /** Ends the process at once: for the second Ctrl-C. */
  kill(): void {
    this.stopping = true;
    clearTimeout(this.restartTimer);
    this.child?.kill('SIGKILL');
  }
}
