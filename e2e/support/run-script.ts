import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT, built } from './paths';

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
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const failure = error as { code?: number | string; stdout?: string; stderr?: string };
    if (typeof failure.code !== 'number') throw error;
    return { code: failure.code, output: `${failure.stdout}${failure.stderr}` };
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
