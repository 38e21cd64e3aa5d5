import { execFile, type ExecFileException } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT, built } from './paths';

/** Far beyond what any of them needs: a script that hangs must not take the whole run along. */
const LIMIT_MS = 5 * 60_000;

const execute = promisify(execFile);

export interface ScriptResult {
  code: number;
  output: string;
}

/** Runs a compiled script with nothing in its environment but what is given, and waits for its end. */
export async function runScript(
  script: string,
  env: Record<string, string>,
  args: string[] = [],
): Promise<ScriptResult> {
  try {
    const { stdout, stderr } = await execute(process.execPath, [built(script), ...args], {
      cwd: ROOT,
      env: { ...systemEnv(), ...env },
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, killed, stdout, stderr } = error as ExecFileException & { stdout: string; stderr: string };
    const output = `${stdout}${stderr}`;
    if (killed) throw new Error(`${script} did not end within ${LIMIT_MS / 1000} s:\n${output}`);
    if (typeof code !== 'number') throw error;
    return { code, output };
  }
}

/** What any process needs of its surroundings: never the developer's own DATABASE_URL and the like. */
export function systemEnv(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'TEMP'];
  const found = names.flatMap(name => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...(Object.fromEntries(found) as Record<string, string>), VENDURE_DISABLE_TELEMETRY: 'true' };
}
