import { InvalidEnvError } from './env';
import type { ProcessRole } from './process-role';

/** What a process tells the one that started it, over Node's IPC channel. */
export type ProcessMessage = { type: 'ready' } | { type: 'failed'; message: string };

/** Longer than the job queue's own limit for jobs that are running at SIGTERM. */
const CLOSE_LIMIT_MS = 40_000;

/**
 * Runs a server or worker process from start to end: starts it, tells the parent that it is ready, and closes
 * it on SIGTERM or SIGINT, or when the parent is gone (a killed `npm start` must not leave a shop behind).
 * A failed start ends with one line and exit code 1.
 *
 * @param start starts the process and gives back what closes it
 */
export async function runProcess(
  role: ProcessRole,
  start: () => Promise<() => Promise<void>>,
): Promise<void> {
  // TypeORM writes timestamps without a zone: on every machine they are UTC.
  process.env.TZ = 'UTC';
  let close: (() => Promise<void>) | undefined;
  let closing = false;
  const stop = () => {
    if (closing) return;
    closing = true;
    setTimeout(() => process.exit(1), CLOSE_LIMIT_MS).unref();
    void (close?.() ?? Promise.resolve())
      .then(() => process.exit(0))
      .catch((error: unknown) => {
        process.stderr.write(`The ${role} did not close cleanly: ${describe(error)}\n`);
        process.exit(1);
      });
  };
  takeSignals(stop);
  process.once('disconnect', stop);
  try {
    close = await start();
    // Vendure has let Nest listen too. Two shutdowns at once do not wait for each other: one would close the
    // database while the other waits for jobs that still use it.
    takeSignals(stop);
    tellParent({ type: 'ready' });
  } catch (error) {
    const message = describe(error);
    tellParent({ type: 'failed', message });
    process.stderr.write(`The ${role} did not start: ${message}\n`);
    process.exit(1);
  }
}

/** A repeated signal (npm passes on what the terminal has sent already) must not end the process halfway. */
function takeSignals(stop: () => void): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, stop);
  }
}

function tellParent(message: ProcessMessage): void {
  if (process.connected) process.send?.(message);
}

function describe(error: unknown): string {
  if (error instanceof InvalidEnvError) return `the settings are wrong.\n${error.message}`;
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') return 'its port is taken. Stop what runs there, or set PORT to another one.';
  return error.message === '' ? (code ?? error.name) : error.message;
}
