import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { OutboxService } from '../../../domain-events';
import { FraudDecision } from '../../entities/fraud-decision.entity';
import { FraudDecisionMade } from '../../events/decision-events';
import { AttemptHistoryService } from './attempt-history.service';

export type NewDecision = Omit<FraudDecision, 'id' | 'createdAt' | 'updatedAt' | 'order'>;

/** Keeps what was decided about attempts to pay. The only writer of its table. */
@Injectable()
export class DecisionService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly outbox: OutboxService,
    private readonly attempts: AttemptHistoryService,
  ) {}

  find(ctx: RequestContext, attemptId: ID, phase: FraudDecision['phase']): Promise<FraudDecision | null> {
    return this.decisions(ctx).findOne({ where: { attemptId, phase } });
  }

  /** Of both looks, as far as they were made. */
  findAll(ctx: RequestContext, attemptId: ID): Promise<FraudDecision[]> {
    return this.decisions(ctx).find({ where: { attemptId } });
  }

  /**
   * Keeps a decision with the event that tells it, and with what it means for the attempt. Once for each attempt and
   * phase: of two at the same time the first one counts.
   *
   * @returns the one that counts
   */
  async keep(ctx: RequestContext, decision: NewDecision): Promise<Pick<FraudDecision, 'units' | 'decision'>> {
    return this.connection.withTransaction(ctx, async tx => {
      const inserted = await this.decisions(tx)
        .createQueryBuilder()
        .insert()
        .values(decision)
        .orIgnore()
        .returning('id')
        .execute();
      const [row] = inserted.raw as { id: ID }[];
      const { attemptId, phase, orderId, units, recommendation } = decision;
      if (row === undefined) {
        const first = await this.find(tx, attemptId, phase);
        return first ?? decision;
      }
      if (decision.decision === 'block') await this.attempts.setStatus(tx, attemptId, 'failed');
      await this.outbox.publish(
        tx,
        FraudDecisionMade.of(orderId, {
          orderId: String(orderId),
          attemptId: String(attemptId),
          decisionId: String(row.id),
          phase,
          units,
          recommendation,
          decision: decision.decision,
        }),
      );
      return decision;
    });
  }

  /** Forgets old decisions, the oldest first. */
  async prune(ctx: RequestContext, before: Date, limit: number): Promise<number> {
    const [rows]: [unknown[], number] = await this.decisions(ctx).query(
      `DELETE FROM fraud_decision WHERE id IN (SELECT id FROM fraud_decision WHERE at < $1 ORDER BY at, id LIMIT $2) RETURNING id`,
      [before, limit],
    );
    return rows.length;
  }

  private decisions(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudDecision);
  }
}
