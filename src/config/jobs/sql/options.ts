import {
  ADOPT_MS,
  CONCURRENCY_PER_QUEUE,
  GRACE_MS,
  HAND_BACK_PAUSE_MS,
  HEARTBEAT_MS,
  LEASE_MS,
  LOOK_MS,
  MAX_LOST_RUNS,
  SAVE_ATTEMPTS,
  SAVE_PAUSE_MS,
  SLOT_MS,
} from '../limits';
import type { Backoff } from '../rules/backoff';
import { LOST_RUN_BACKOFF } from '../rules/lost-run';

/** The SQL queue's figures, as `limits.ts` explains them. Times in milliseconds. */
export interface LeasedJobQueueOptions {
  leaseMs: number;
  heartbeatMs: number;
  lookMs: number;
  slotMs: number;
  adoptMs: number;
  maxLostRuns: number;
  /** Between the runs of a job that lost more than one. */
  lostRunBackoff: Backoff;
  /** Jobs of one queue at the same time in one worker. */
  concurrency: number;
  graceMs: number;
  handBackPauseMs: number;
  saveAttempts: number;
  savePauseMs: number;
}

export const DEFAULT_OPTIONS: LeasedJobQueueOptions = {
  leaseMs: LEASE_MS,
  heartbeatMs: HEARTBEAT_MS,
  lookMs: LOOK_MS,
  slotMs: SLOT_MS,
  adoptMs: ADOPT_MS,
  maxLostRuns: MAX_LOST_RUNS,
  lostRunBackoff: LOST_RUN_BACKOFF,
  concurrency: CONCURRENCY_PER_QUEUE,
  graceMs: GRACE_MS,
  handBackPauseMs: HAND_BACK_PAUSE_MS,
  saveAttempts: SAVE_ATTEMPTS,
  savePauseMs: SAVE_PAUSE_MS,
};
