import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import { OutboxService } from '../../../domain-events';
import { FraudCaseDue, FraudDueMailRequested } from '../../events/case-events';
import { factsOf } from './case-follower';
import { CaseStore } from './case-store';
import { MAX_RECIPIENTS } from './constants';
import { FraudSettingsService } from '../rules/settings.service';

/** Finds cases that wait for longer than allowed, once each. */
@Injectable()
export class DueCases {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly store: CaseStore,
    private readonly settings: FraudSettingsService,
    private readonly outbox: OutboxService,
  ) {}

  /** @returns how many there were */
  async tell(ctx: RequestContext, limit: number): Promise<number> {
    const { dueMails } = await this.settings.load();
    return this.connection.withTransaction(ctx, async tx => {
      const due = await this.store.takeDue(tx, limit);
      for (const one of due) {
        await this.store.log(tx, one.id, 'due', null);
        const orderId = String(one.orderId);
        const facts = { ...factsOf(one), dueAt: one.dueAt.toISOString() };
        // A mail is sent once or not: each has a delivery of its own, so that a failure repeats no other.
        const mails = dueMails
          .slice(0, MAX_RECIPIENTS)
          .map(mail => FraudDueMailRequested.of(orderId, { ...facts, recipient: recipientKey(mail) }));
        const channelId = String(one.channelId);
        await this.outbox.publishAll(tx, [FraudCaseDue.of(orderId, facts), ...mails], { channelId });
      }
      return due.length;
    });
  }
}

/** Stands for an address in events, which are kept for long. */
export function recipientKey(mail: string): string {
  return createHash('sha256').update(mail.trim().toLowerCase()).digest('hex').slice(0, 32);
}
