import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMissing } from './files';

export interface BuildLockOptions {
  /** How often the holder shows that it is alive (ms). */
  heartbeatMs: number;
  /** After this time without a sign of life (ms) the holder counts as dead. Much longer than the heartbeat. */
  staleMs: number;
  /** How often a waiting process looks again (ms). */
  pollMs: number;
  now: () => number;
}

const DEFAULTS: BuildLockOptions = { heartbeatMs: 2_000, staleMs: 30_000, pollMs: 500, now: Date.now };

/**
 * Lets one process at a time do some work: the one whose file it is. The holder touches the file, so that a
 * process that was killed does not keep others out, and no process id is trusted (they repeat, and they differ
 * between containers).
 *
 * It saves work but guards no data: when a holder sleeps for longer than `staleMs` and then goes on, two
 * processes may do the work at once. The work must stand that.
 */
export class BuildLock {
  private readonly options: BuildLockOptions;

  constructor(
    private readonly file: string,
    options: Partial<BuildLockOptions> = {},
  ) {
    this.options = { ...DEFAULTS, ...options };
  }

  /** Whether some process holds the lock now. */
  isHeld(): boolean {
    const touched = this.touchedAt();
    return touched !== undefined && this.options.now() - touched < this.options.staleMs;
  }

  /**
   * Waits for the lock, does the work and lets the lock go, also when the work fails.
   *
   * @param onWait called once if another process holds the lock
   * @param signal stops the waiting; the work has to watch it by itself
   */
  async run<T>(work: () => Promise<T>, onWait: () => void = () => {}, signal?: AbortSignal): Promise<T> {
    const token = randomBytes(8).toString('hex');
    let waited = false;
    while (!this.tryTake(token)) {
      if (this.removeStale()) continue;
      if (!waited) onWait();
      waited = true;
      await sleep(this.options.pollMs, undefined, { signal });
    }
    const heartbeat = setInterval(() => this.touch(token), this.options.heartbeatMs);
    try {
      return await work();
    } finally {
      clearInterval(heartbeat);
      if (this.owner() === token) rmSync(this.file, { force: true });
    }
  }

  private tryTake(token: string): boolean {
    try {
      writeFileSync(this.file, token, { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  /** Two processes may see the same dead holder: only the one whose rename succeeds has removed its file. */
  private removeStale(): boolean {
    const dead = this.owner();
    if (dead === undefined || this.isHeld()) return false;
    const aside = `${this.file}.${dead.slice(0, 16)}.stale`;
    try {
      renameSync(this.file, aside);
      rmSync(aside, { force: true });
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    return true;
  }

  private touch(token: string): void {
    if (this.owner() !== token) return;
    const seconds = this.options.now() / 1000;
    try {
      utimesSync(this.file, seconds, seconds);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  private owner(): string | undefined {
    return orMissing(() => readFileSync(this.file, 'utf8'));
  }

  private touchedAt(): number | undefined {
    return orMissing(() => statSync(this.file).mtimeMs);
  }
}

function orMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
