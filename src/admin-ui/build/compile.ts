import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AdminUiBuildError } from './errors';
import { failureReason } from './failure-reason';
import type { AdminUiPaths } from './paths';

/** Of the surroundings, what a compiler needs; the shop's own settings and secrets are none of its business. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'NODE_OPTIONS'];

/** Ten times what two slow cores need. */
const LIMIT_MS = 30 * 60_000;

/**
 * Compiles the Admin UI with all plugins' pages, in a process of low priority.
 *
 * @param log file that gets all that the compiler writes
 * @returns the folder with the app's files, inside the work folder
 * @throws AdminUiBuildError with the compiler's first complaints
 */
export async function compile(
  paths: AdminUiPaths,
  workDir: string,
  log: string,
  signal?: AbortSignal,
): Promise<string> {
  signal?.throwIfAborted();
  const output = openSync(log, 'w');
  try {
    const code = await runChild([paths.root, workDir], output, signal);
    if (code !== 0) throw new AdminUiBuildError(failureReason(readFileSync(log, 'utf8')));
  } finally {
    closeSync(output);
  }
  const app = join(workDir, 'dist/browser');
  if (!existsSync(join(app, 'index.html'))) {
    throw new AdminUiBuildError(`The compiler ended without an error but also without an app (see ${log}).`);
  }
  return app;
}

function runChild(args: string[], output: number, signal?: AbortSignal): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(__dirname, 'compile-child.js'), ...args], {
      stdio: ['ignore', output, output, 'ipc'],
      // A process group of its own, so that its end is also the end of the compiler that it starts.
      detached: true,
      env: compilerEnv(),
    });
    const kill = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        child.kill('SIGKILL');
      }
    };
    const limit = setTimeout(kill, LIMIT_MS);
    signal?.addEventListener('abort', kill, { once: true });
    const end = () => {
      clearTimeout(limit);
      signal?.removeEventListener('abort', kill);
    };
    child.once('error', error => {
      end();
      reject(error);
    });
    child.once('close', code => {
      end();
      if (signal?.aborted === true) reject(signal.reason as Error);
      else resolve(code);
    });
  });
}

function compilerEnv(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { NG_CLI_ANALYTICS: 'false', NO_COLOR: '1' };
  for (const name of PASSED_ON) env[name] = process.env[name];
  return env;
}
