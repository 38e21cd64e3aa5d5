import { ScheduledTask } from '@vendure/core';
import { RetentionService } from '../services/retention.service';

/** Every night: deletes processed events that are past their time. */
export const retentionTask = new ScheduledTask({
  id: 'domain-events-retention',
  description: 'Deletes processed domain events that are older than the retention time',
  schedule: cron => cron.everyDayAt(3, 40),
  preventOverlap: true,
  execute: ({ injector }) => injector.get(RetentionService).purge(),
});
