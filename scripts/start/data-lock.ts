import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createFile } from '../../src/common/create-file';
import { UserError } from './user-error';

/**
 * Keeps two shops from using one data directory. The lock is a file with the owner's pid; one whose owner is
 * dead (a kill -9, a power cut) is taken over.
 *
 * @returns what gives the lock back
 */
export function lockDataDirectory(dir: string): () => void {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'start.lock');
  for (;;) {
    if (createFile(file, String(process.pid))) return () => rmSync(file, { force: true });
    const owner = Number(readFileSync(file, 'utf8'));
    if (owner > 0 && isRunning(owner)) {
      throw new UserError(
        `A shop already runs on ${dir} (process ${owner}). Stop it first, or set DATA_DIR to another folder.`,
      );
    }
    rmSync(file, { force: true });
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    // The pid may have been given to another program since.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node');
  } catch {
    return true;
  }
}
