import { MAX_LOST_RUNS } from '../limits';
import { delayBeforeRetry, type Backoff } from './backoff';

/** From the second lost run on: 5 s, 10 s, 20 s ... a minute. */
export const LOST_RUN_BACKOFF: Backoff = { baseMs: 5_000, capMs: 60_000 };

/** What becomes of a job whose worker died while it ran. */
export type AfterLostRun = { again: true; pauseMs: number } | { again: false; error: string };

/**
 * A lost run is the worker's failure, not the job's: it costs the job none of its retries, and the first time
 * the job runs again at once. A job that loses run after run is probably what kills its workers, so it is put
 * off for longer and longer (which parts it from innocent jobs that died beside it) and then given up.
 *
 * @param lostRuns how many runs the job has lost by now, from 1
 * @param random gives a number from 0 to below 1
 */
export function afterLostRun(
  lostRuns: number,
  random: () => number,
  backoff = LOST_RUN_BACKOFF,
  maxLostRuns = MAX_LOST_RUNS,
): AfterLostRun {
  if (lostRuns >= maxLostRuns) {
    return {
      again: false,
      error:
        `Given up: the worker died during each of ${lostRuns} runs of this job. ` +
        "Look for its cause in the worker's log (memory, a native crash), then add the job again.",
    };
  }
  return {
    again: true,
    pauseMs: lostRuns <= 1 ? 0 : delayBeforeRetry(lostRuns - 1, random, backoff),
  };
}
