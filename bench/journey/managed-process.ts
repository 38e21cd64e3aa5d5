import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync, closeSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../../scripts/start/user-error';
import type { ProcessMessage } from '../../src/config/process-lifecycle';
import type { Cleanup } from './cleanup';

const STOP_LIMIT_MS = 20_000;
const READY_LIMIT_MS = 120_000;

export interface Launch {
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Takes what the process prints. */
  log: string;
}

/** A process that the benchmark has started: a session of its own, so that Ctrl-C reaches the benchmark only. */
export interface Running {
  pid: number;
  /** @throws UserError when it has ended by itself */
  assertRuns(): void;
  stop(): Promise<void>;
}

/** Starts a server or worker and waits until it says that it is ready. */
export async function startServer(cleanup: Cleanup, launch: Launch): Promise<Running> {
  const { started: child, remove } = cleanup.put(() => spawnLogged(launch, true), stopChild);
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(failure(launch, `was not ready after ${READY_LIMIT_MS / 1000} s`)),
      READY_LIMIT_MS,
    );
    const settle = (act: () => void) => {
      clearTimeout(timer);
      act();
    };
    child.on('message', (message: ProcessMessage) =>
      settle(() =>
        message.type === 'ready' ? resolve() : reject(failure(launch, `did not start: ${message.message}`)),
      ),
    );
    child.once('error', error => settle(() => reject(failure(launch, error.message))));
    child.once('exit', (code, signal) => settle(() => reject(failure(launch, `ended (${signal ?? code})`))));
  });
  const assertRuns = () => {
    const how = child.signalCode ?? child.exitCode;
    if (how !== null) throw failure(launch, `ended in the middle of the run (${how})`);
  };
  return { pid: child.pid as number, assertRuns, stop: remove };
}

/**
 * Runs a command to its end.
 *
 * @throws UserError when it ends with anything but 0, or not within the limit
 */
export async function runToEnd(cleanup: Cleanup, launch: Launch, limitMs: number): Promise<void> {
  const { started: child, remove } = cleanup.put(() => spawnLogged(launch, false), stopChild);
  let timer: NodeJS.Timeout | undefined;
  try {
    const how = await new Promise<string | number | null>((resolve, reject) => {
      timer = setTimeout(
        () => reject(failure(launch, `did not end within ${Math.round(limitMs / 1000)} s`)),
        limitMs,
      );
      child.once('error', error => reject(failure(launch, error.message)));
      child.once('exit', (code, signal) => resolve(signal ?? code));
    });
    if (how !== 0) throw failure(launch, `failed (${how})`);
  } finally {
    clearTimeout(timer);
    await remove();
  }
}

function spawnLogged(launch: Launch, ipc: boolean): ChildProcess {
  mkdirSync(dirname(launch.log), { recursive: true });
  const log = openSync(launch.log, 'a');
  try {
    return spawn(launch.command, launch.args, {
      env: launch.env,
      stdio: ['ignore', log, log, ...(ipc ? ['ipc' as const] : [])],
      detached: true,
    });
  } finally {
    closeSync(log);
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(timer);
}

function failure(launch: Launch, what: string): UserError {
  return new UserError(`${launch.name} ${what}. Its log: ${launch.log}`);
}
