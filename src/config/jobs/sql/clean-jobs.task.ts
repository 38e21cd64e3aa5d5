import { ScheduledTask, TransactionalConnection } from '@vendure/core';
import { cleanJobs } from './clean-jobs';
import { pooled } from './connection';

/** Keeps the jobs' table small. Takes the place of core's task of the same name, which counts all states together. */
export const cleanJobsTask = new ScheduledTask({
  id: 'clean-jobs',
  description: 'Deletes old completed, cancelled and failed jobs',
  schedule: cron => cron.every(10).minutes(),
  preventOverlap: true,
  async execute({ injector }) {
    const run = pooled(injector.get(TransactionalConnection).rawConnection);
    return cleanJobs(run, () => new Date());
  },
});
