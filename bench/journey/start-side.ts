import { join } from 'node:path';
import type { Cleanup } from './cleanup';
import { startServer, type Running } from './managed-process';
import { ENTRIES, LABELS, WORK_DIR, type Side } from './sides';

/** Starts the server or the worker of a side and waits until it is ready. */
export function startSide(
  cleanup: Cleanup,
  side: Side,
  role: 'server' | 'worker',
  env: NodeJS.ProcessEnv,
): Promise<Running> {
  return startServer(cleanup, {
    name: `The ${role} of ${LABELS[side]}`,
    command: process.execPath,
    args: [ENTRIES[side][role]],
    env,
    log: join(WORK_DIR, 'logs', `${side}-${role}.log`),
  });
}
