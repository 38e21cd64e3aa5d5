import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { OutboxService } from '../../../domain-events';
import { FraudDecision } from '../../entities/fraud-decision.entity';
import { FraudDecisionMade } from '../../events/decision-events';
import type { Signals } from '../../types';
import { KEEP_REFUSED_SQL, KEEP_SQL, LOOKS_SQL } from './decision-sql';
import { PreparedStatements } from './prepared-statements';

export type NewDecision = Omit<FraudDecision, 'id' | 'createdAt' | 'updatedAt' | 'order'>;

/** As much of a look as the next one needs; the signals of the first one only. */
interface Look extends Pick<FraudDecision, 'phase' | 'units' | 'decision' | 'missing' | 'channelId'> {
  readonly signals: Signals | null;
}

/** Keeps what was decided about attempts to pay. The only writer of its table. */
@Injectable()
export class DecisionService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly outbox: OutboxService,
    private readonly statements: PreparedStatements,
  ) {}

  find(ctx: RequestContext, attemptId: ID, phase: FraudDecision['phase']): Promise<FraudDecision | null> {
    return this.decisions(ctx).findOne({ where: { attemptId, phase } });
  }

  /** What the looks that were made have found. Outside any transaction. */
  looks(attemptId: ID): Promise<Look[]> {
    return this.statements.query<Look>('fraud_looks', LOOKS_SQL, [attemptId]);
  }

  /**
   * Keeps a decision with the event that tells it, and with what it means for the attempt. Once for each attempt and
   * phase: of two at the same time the first one counts. Never inside a transaction.
   *
   * @returns the one that counts
   */
  async keep(ctx: RequestContext, decision: NewDecision): Promise<Pick<FraudDecision, 'units' | 'decision'>> {
    const { attemptId, phase, orderId, units, recommendation } = decision;
    const event = FraudDecisionMade.of(orderId, {
      orderId: String(orderId),
      attemptId: String(attemptId),
      // Not known yet: the statement puts it in.
      decisionId: '',
      phase,
      units,
      recommendation,
      decision: decision.decision,
    });
    const [name, sql] =
      decision.decision === 'block' ? ['fraud_keep_refused', KEEP_REFUSED_SQL] : ['fraud_keep', KEEP_SQL];
    const [kept] = await this.outbox.publishBy(ctx, [event], facts =>
      this.statements.query<{ id: number }>(name, sql, [JSON.stringify(decision), facts]),
    );
    return kept === undefined ? ((await this.find(ctx, attemptId, phase)) ?? decision) : decision;
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
