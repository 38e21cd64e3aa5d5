import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { QueueDepth } from '../../../src/config/jobs';
import type { ProcessMessage } from '../../../src/config/process-lifecycle';
import { built, ROOT } from '../paths';
import {
  type JobReport,
  type ProbeCommand,
  type ProbeJob,
  type ProbeQueue,
  type ProbeReply,
  QUEUES,
} from './protocol';

const START_LIMIT_MS = 60_000;

/** Compiles the probe's process beside the build, which it imports. */
export function buildProbe(): void {
  execFileSync(join(ROOT, 'node_modules/.bin/swc'), ['e2e/support/job-probe', '-d', 'dist', '--quiet'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
}

export interface ProbeOptions {
  role: 'worker' | 'client';
  env: Record<string, string>;
  tuning?: object;
  /** Those that the process knows; all unless given. */
  queues?: readonly ProbeQueue[];
  logFile: string;
}

/** A process of the probe, seen from the test. */
export class JobProbe {
  readonly ended: Promise<void>;
  private readonly pending = new Map<number, (reply: ProbeReply) => void>();
  private requests = 0;

  private constructor(private readonly child: ChildProcess) {
    this.ended = new Promise(resolve => child.once('exit', () => resolve()));
    child.on('message', (message: ProbeReply) => this.pending.get(message.reply)?.(message));
  }

  static async start({ role, env, tuning, queues = QUEUES, logFile }: ProbeOptions): Promise<JobProbe> {
    mkdirSync(dirname(logFile), { recursive: true });
    const log = openSync(logFile, 'a');
    const child = fork(built('e2e/support/job-probe/process.js'), [], {
      env: {
        ...inherited(),
        VENDURE_DISABLE_TELEMETRY: 'true',
        ...env,
        PROBE_ROLE: role,
        PROBE_QUEUES: queues.join(','),
        PROBE_TUNING: JSON.stringify(tuning ?? {}),
      },
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    const probe = new JobProbe(child);
    await probe.readiness(logFile);
    return probe;
  }

  get pid(): number {
    return this.child.pid!;
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get exitCode(): number | null {
    return this.child.exitCode;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Adds jobs and gives their ids. */
  add(queue: ProbeQueue, jobs: ProbeJob[], retries = 0): Promise<string[]> {
    return this.ask({ name: 'add', queue, jobs, retries });
  }

  job(id: string): Promise<JobReport> {
    return this.ask({ name: 'job', id });
  }

  failedJobs(queue: ProbeQueue): Promise<JobReport[]> {
    return this.ask({ name: 'failed', queue });
  }

  cancel(id: string): Promise<void> {
    return this.ask({ name: 'cancel', id });
  }

  depths(): Promise<QueueDepth[]> {
    return this.ask({ name: 'depths' });
  }

  private ask<T>(command: ProbeCommand): Promise<T> {
    const request = ++this.requests;
    return new Promise((resolve, reject) => {
      this.pending.set(request, ({ result, error }) => {
        this.pending.delete(request);
        if (error === undefined) resolve(result as T);
        else reject(new Error(error));
      });
      this.child.send({ request, command });
    });
  }

  private readiness(logFile: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        this.child.kill('SIGKILL');
        reject(new Error(`The probe did not start: ${why} (${logFile})`));
      };
      const timer = setTimeout(() => fail(`not ready after ${START_LIMIT_MS} ms`), START_LIMIT_MS);
      this.child.once('exit', () => {
        clearTimeout(timer);
        fail('it ended');
      });
      this.child.on('message', (message: ProcessMessage | ProbeReply) => {
        if (!('type' in message)) return;
        clearTimeout(timer);
        if (message.type === 'ready') resolve();
        else fail(message.message);
      });
    });
  }
}

function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TZ'];
  return Object.fromEntries(
    names.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
