import { ScheduledTask } from '@vendure/core';
import { ExpiringAuthorizations } from '../services/gate/expiring-authorizations';

const BATCH = 200;

/** Tells staff of reserved money that will soon be free again: capture it or void it. */
export const warnOfExpiryTask = new ScheduledTask({
  id: 'payments-warn-of-expiry',
  description: 'Tells staff of payments whose authorization is about to expire',
  schedule: cron => cron.every(1).hours(),
  async execute({ injector, scheduledContext: ctx }) {
    return { warned: await injector.get(ExpiringAuthorizations).warn(ctx, BATCH) };
  },
});
