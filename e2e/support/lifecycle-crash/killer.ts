import type { LaunchedShop, Part } from '../launch';
import { below } from '../random';
import { sleep, waitFor } from '../wait-for';

/** The most ms from the moment to the kill: work of some ten ms is hit before, in and after. */
const LONGEST_DELAY_MS = 300;

const VICTIMS: readonly (readonly Part[])[] = [
  ['server'],
  ['worker'],
  ['server'],
  ['worker'],
  ['server', 'worker'],
];

export interface Killing {
  shop: LaunchedShop;
  kills: number;
  /** The steps that the work has. */
  steps: number;
  /** How many of them are done. */
  done: () => number;
  /** The work has failed: there is nothing to kill any more. */
  failed: () => boolean;
  random: () => number;
}

/** Kills the server, the worker or both at random moments of a work, and starts them again. Gives how often each fell. */
export async function killAtRandom(killing: Killing): Promise<Record<Part, number>> {
  const { shop, kills, steps, done, failed, random } = killing;
  const fallen = { server: 0, worker: 0 };
  // The last ones leave some work to be hit.
  const moments = Array.from({ length: kills }, () => below(Math.floor(steps * 0.95), random));
  for (const moment of moments.sort((a, b) => a - b)) {
    await waitFor(() => (failed() || done() >= moment ? true : undefined), {
      what: `step ${moment} to be done`,
      timeoutMs: 600_000,
      intervalMs: 20,
    });
    await sleep(below(LONGEST_DELAY_MS, random));
    if (failed()) return fallen;
    const victims = VICTIMS[below(VICTIMS.length, random)] ?? [];
    await Promise.all(victims.map(part => shop.kill(part, 'SIGKILL')));
    for (const part of victims) fallen[part] += 1;
    await shop.restart();
  }
  return fallen;
}
