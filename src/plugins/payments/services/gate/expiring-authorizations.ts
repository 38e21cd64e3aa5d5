import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import { OutboxService } from '../../../domain-events';
import { AUTHORIZATION_DAYS, WARN_DAYS_BEFORE } from '../../constants';
import { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { factsOf } from '../../events/facts';
import { PaymentAuthorizationExpiring } from '../../events/payment-events';
import { Clock } from '../clock';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Finds money that is reserved and will soon be free again, unless it is captured. */
@Injectable()
export class ExpiringAuthorizations {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /**
   * Tells of each once.
   *
   * @returns how many there were
   */
  async warn(ctx: RequestContext, limit: number): Promise<number> {
    return this.connection.withTransaction(ctx, async tx => {
      const made = this.clock.date(-(AUTHORIZATION_DAYS - WARN_DAYS_BEFORE) * DAY_MS);
      const attempts = await this.connection
        .getRepository(tx, PaymentAttempt)
        .createQueryBuilder('attempt')
        .innerJoin('payment', 'payment', `payment.id = attempt."paymentId" AND payment.state = 'Authorized'`)
        .where(`attempt.kind = 'authorize' AND attempt.status = 'authorized'`)
        .andWhere('attempt."expiryWarnedAt" IS NULL AND attempt."createdAt" < :made', { made })
        .orderBy('attempt.id')
        .limit(limit)
        .setLock('pessimistic_write', undefined, ['attempt'])
        .setOnLocked('skip_locked')
        .getMany();
      for (const attempt of attempts) {
        const expiresAt = new Date(attempt.createdAt.getTime() + AUTHORIZATION_DAYS * DAY_MS).toISOString();
        await this.outbox.publish(
          tx,
          PaymentAuthorizationExpiring.of(attempt.orderId, { ...factsOf(attempt), expiresAt }),
          { channelId: String(attempt.channelId) },
        );
        attempt.expiryWarnedAt = this.clock.date();
        // The next comparison puts it among the differences, for staff to capture or let go.
        attempt.compareAt = this.clock.date();
      }
      await this.connection.getRepository(tx, PaymentAttempt).save(attempts, { reload: false });
      return attempts.length;
    });
  }
}
