import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { OTHER_JOBS, type QueueDepth } from '../queue-inspector';

/** How many jobs of each state are looked at to tell which queue they belong to. */
const SAMPLE = 500;

type Column = 'waiting' | 'running' | 'failed' | 'completed';

/** BullMQ's states, and where the jobs that come first are in each. */
const STATES = [
  // A list whose next job is at its end.
  { state: 'wait', column: 'waiting', list: true, range: [-SAMPLE, -1] },
  { state: 'paused', column: 'waiting', list: true, range: [-SAMPLE, -1] },
  { state: 'active', column: 'running', list: true, range: [0, SAMPLE - 1] },
  { state: 'delayed', column: 'waiting', list: false, range: [0, SAMPLE - 1] },
  { state: 'prioritized', column: 'waiting', list: false, range: [0, SAMPLE - 1] },
  { state: 'failed', column: 'failed', list: false, range: [-SAMPLE, -1] },
  { state: 'completed', column: 'completed', list: false, range: [-SAMPLE, -1] },
] as const satisfies ReadonlyArray<{
  state: string;
  column: Column;
  list: boolean;
  range: readonly number[];
}>;

type PipelineResult = Array<[Error | null, unknown]>;

/**
 * One BullMQ queue carries the jobs of all of Vendure's queues, and only the job itself says which: the first
 * 500 of each state are looked at, in two round trips, and what is beyond them is counted as others. The
 * plugin's own index by queue is no help, for only workers keep it: with none alive, a backlog would not show.
 */
export async function bullMqQueueDepths(
  redis: Redis,
  queue: Queue,
  now: () => number,
): Promise<QueueDepth[]> {
  const pipeline = redis.pipeline();
  for (const { state, list, range } of STATES) {
    const key = queue.toKey(state);
    if (list) pipeline.llen(key).lrange(key, range[0], range[1]);
    else pipeline.zcard(key).zrange(key, range[0], range[1]);
  }
  const found = values((await pipeline.exec()) as PipelineResult);
  const states = STATES.map(({ column }, i) => ({
    column,
    count: found[2 * i] as number,
    ids: found[2 * i + 1] as string[],
  }));

  const details = redis.pipeline();
  for (const id of states.flatMap(state => state.ids)) details.hmget(queue.toKey(id), 'name', 'timestamp');
  const jobs = values((await details.exec()) as PipelineResult) as Array<[string | null, string | null]>;

  const depths = new Map<string, QueueDepth>();
  let next = 0;
  for (const { column, count, ids } of states) {
    for (const [name, timestamp] of jobs.slice(next, next + ids.length)) {
      // A job that has left since then.
      if (name === null) continue;
      const depth = depthOf(depths, name);
      depth[column] += 1;
      if (column === 'waiting') {
        depth.oldestWaitingMs = Math.max(depth.oldestWaitingMs ?? 0, now() - Number(timestamp));
      }
    }
    next += ids.length;
    if (count > ids.length) depthOf(depths, OTHER_JOBS)[column] += count - ids.length;
  }
  return [...depths.values()].sort((a, b) => a.queue.localeCompare(b.queue));
}

function depthOf(depths: Map<string, QueueDepth>, queue: string): QueueDepth {
  let depth = depths.get(queue);
  if (depth === undefined) {
    depth = { queue, waiting: 0, running: 0, failed: 0, completed: 0, oldestWaitingMs: null };
    depths.set(queue, depth);
  }
  return depth;
}

function values(results: PipelineResult): unknown[] {
  return results.map(([error, value]) => {
    if (error !== null) throw error;
    return value;
  });
}
