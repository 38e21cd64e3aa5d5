import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { UserError } from '../../scripts/start/user-error';

/** What /proc/<pid>/stat says of a process's CPU time, in clock ticks. */
export interface ProcessStat {
  parent: number;
  /** Its own time, of all its threads, in user and kernel mode. */
  own: number;
  /** That of its children that have ended and been waited for. */
  endedChildren: number;
}

/**
 * Reads a line of /proc/<pid>/stat (see proc(5)). The name in brackets may itself hold brackets and blanks, so the
 * fields are counted from the last bracket.
 */
export function parseStat(line: string): ProcessStat {
  const fields = line
    .slice(line.lastIndexOf(')') + 1)
    .trim()
    .split(/\s+/);
  // fields[0] is field 3 of the manual page.
  const field = (number: number): number => {
    const value = Number(fields[number - 3]);
    if (!Number.isInteger(value)) throw new Error(`not a line of /proc/<pid>/stat: ${line}`);
    return value;
  };
  return { parent: field(4), own: field(14) + field(15), endedChildren: field(16) + field(17) };
}

/** The first number of /proc/<pid>/schedstat: time on the CPU of a process with one thread, in ms. */
export function parseSchedstat(line: string): number {
  const nanoseconds = /^(\d+) \d+ \d+/.exec(line)?.[1];
  if (nanoseconds === undefined) throw new Error(`not a line of /proc/<pid>/schedstat: ${line}`);
  return Number(nanoseconds) / 1e6;
}

/** Resident memory in MB (2^20 bytes) from /proc/<pid>/status. */
export function parseResidentMb(status: string): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kilobytes === undefined) throw new Error('no VmRSS in /proc/<pid>/status');
  return Number(kilobytes) / 1024;
}

/** Length of a clock tick in ms; asked of the system once. */
let tickMs: number | undefined;

function tick(): number {
  tickMs ??= 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return tickMs;
}

/** @throws UserError on a system without Linux's /proc, which all figures of CPU and memory come from */
export function requireProc(): void {
  try {
    parseStat(readFileSync('/proc/self/stat', 'utf8'));
  } catch {
    throw new UserError('The benchmark reads CPU times from /proc and needs Linux.');
  }
}

/** CPU time of a process with all its threads so far, in ms; exact to two ticks (20 ms). */
export function processCpuMs(pid: number): number {
  return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8')).own * tick();
}

/**
 * CPU time of PostgreSQL so far, in ms: of the postmaster, of its processes that run (each has one thread, so that
 * the scheduler's exact figure holds) and of those that have ended. Where a process ends while it is read, all is
 * read again, since its time would be missed or counted twice.
 *
 * Each ended process adds at most two ticks of error, and pooled connections rarely end.
 */
export function postgresCpuMs(postmaster: number): number {
  for (;;) {
    const before = childrenOf(postmaster);
    try {
      const running = [postmaster, ...before].map(pid =>
        parseSchedstat(readFileSync(`/proc/${pid}/schedstat`, 'utf8')),
      );
      const ended = parseStat(readFileSync(`/proc/${postmaster}/stat`, 'utf8')).endedChildren * tick();
      const after = new Set(childrenOf(postmaster));
      if (before.every(pid => after.has(pid))) return running.reduce((sum, ms) => sum + ms, ended);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      const gone = code === 'ENOENT' || code === 'ESRCH';
      if (!gone || !isRunning(postmaster)) throw error;
    }
  }
}

export function residentMb(pid: number): number {
  return parseResidentMb(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

/** How busy the machine was in the last minute: the mean number of processes that ran or wanted to. */
export function loadAverage(): number {
  return Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter(child => child !== '')
    .map(Number);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
