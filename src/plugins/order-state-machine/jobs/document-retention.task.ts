import { ScheduledTask } from '@vendure/core';
import { OrderDocumentService } from '../services/documents/order-document.service';

/** Every night: deletes labels and packing lists that are past their time. */
export const documentRetentionTask = new ScheduledTask({
  id: 'order-document-retention',
  description: 'Deletes shipping labels and packing lists that are older than the retention time',
  schedule: cron => cron.everyDayAt(3, 50),
  preventOverlap: true,
  execute: ({ injector }) => injector.get(OrderDocumentService).purge(),
});
