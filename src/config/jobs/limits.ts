/**
 * The figures by which jobs run, with where each comes from. The promise they serve: the jobs of a worker that
 * was killed run again within 30 s, on both kinds of queue.
 */

/** How long a run counts as alive after its worker's last sign of life (ms). */
export const LEASE_MS = 15_000;

/** How often a worker renews its leases and looks for those of dead workers (ms): three signs per lease. */
export const HEARTBEAT_MS = 5_000;

/** How often a worker looks, in one statement for all its queues, for jobs that are due (ms). */
export const LOOK_MS = 250;

/** How often an idle slot asks in memory whether its queue has a job (ms); core asks for a cancelled job every fifth time. */
export const SLOT_MS = 100;

/** How often a worker looks for running jobs that nobody ever leased (ms). */
export const ADOPT_MS = 60_000;

/** How many jobs of one queue a worker runs at the same time, on the SQL queue. */
export const CONCURRENCY_PER_QUEUE = 2;

/** How many jobs of all queues a worker runs at the same time, on BullMQ, where they share one queue. */
export const CONCURRENCY_OF_BULLMQ = 5;

/**
 * How long running jobs may take to finish after SIGTERM before they are handed back (ms). Below the 30 s after
 * which Kubernetes kills, and below the limit in process-lifecycle.ts.
 */
export const GRACE_MS = 20_000;

/** How long a job that was handed back waits (ms), so that the process that began it has ended (1-2 s). */
export const HAND_BACK_PAUSE_MS = 3_000;

/** A job whose worker died during this many of its runs is held to be what kills them: it ends as FAILED. */
export const MAX_LOST_RUNS = 5;

/** How often and how long to try to save a job's end while the database is away (ms). */
export const SAVE_ATTEMPTS = 10;
export const SAVE_PAUSE_MS = 1_000;

const HOUR_S = 60 * 60;

/** What is kept of jobs that have ended: the younger of both bounds wins. Ages in seconds. */
export const RETENTION = {
  completed: { age: 24 * HOUR_S, count: 5_000 },
  failed: { age: 30 * 24 * HOUR_S, count: 10_000 },
} as const;

/** BullMQ: a run without a renewed lock for `lockDuration` (ms) is stalled; found at the second check. */
export const BULLMQ_LOCK = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 100 } as const;

/** How long a BullMQ worker waits for a queue to be started when it gets one of its jobs early (ms). */
export const PROCESSOR_WAIT_MS = 10_000;

/** How long a job of a queue that this release doesn't know is left to other workers before it fails (ms). */
export const UNKNOWN_QUEUE_MS = 60 * 60 * 1_000;
