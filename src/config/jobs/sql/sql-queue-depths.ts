import type { QueueDepth } from '../queue-inspector';
import type { RunStatement } from './connection';

/** Counts the open and the kept jobs of each queue in one statement; retention bounds how many there are. */
export function sqlQueueDepths(run: RunStatement): Promise<QueueDepth[]> {
  return run<QueueDepth>(
    `SELECT "queueName" AS queue,
       (count(*) FILTER (WHERE state IN ('PENDING', 'RETRYING')))::int AS waiting,
       (count(*) FILTER (WHERE state = 'RUNNING'))::int AS running,
       (count(*) FILTER (WHERE state = 'FAILED'))::int AS failed,
       (count(*) FILTER (WHERE state = 'COMPLETED'))::int AS completed,
       (extract(epoch FROM LOCALTIMESTAMP - min("createdAt") FILTER (WHERE state IN ('PENDING', 'RETRYING')))
         * 1000)::float8 AS "oldestWaitingMs"
     FROM job_record GROUP BY "queueName" ORDER BY "queueName"`,
    [],
  );
}
