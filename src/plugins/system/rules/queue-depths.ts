import type { QueueDepth } from '../types';

/**
 * All queues, by name: those that hold jobs, and the others with none.
 *
 * @param counted of the queues that hold jobs; more may be known of each than is told here
 * @param names of the queues that exist in this release; a counted one may be missing (of an older release)
 */
export function withIdleQueues(counted: readonly QueueDepth[], names: readonly string[]): QueueDepth[] {
  const idle = names.filter(name => counted.every(({ queue }) => queue !== name));
  return [
    ...counted.map(({ queue, waiting, running, failed }) => ({ queue, waiting, running, failed })),
    ...idle.map(queue => ({ queue, waiting: 0, running: 0, failed: 0 })),
  ].sort((a, b) => a.queue.localeCompare(b.queue));
}
