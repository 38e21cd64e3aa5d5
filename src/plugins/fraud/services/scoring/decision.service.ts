import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { OutboxService } from '../../../domain-events';
import { FraudDecision } from '../../entities/fraud-decision.entity';
import { FraudDecisionMade } from '../../events/decision-events';
import type { EntityKind, Signals } from '../../types';
import { KEEP_SQL, LOOKS_SQL } from './decision-sql';
import { COUNTED_KINDS } from './history-sql';
import { PreparedStatements } from './prepared-statements';

export type NewDecision = Omit<FraudDecision, 'id' | 'createdAt' | 'updatedAt' | 'order'>;

/** As much of a look as the next one needs; the signals of the first one only. */
interface Look extends Pick<FraudDecision, 'units' | 'decision' | 'missing' | 'channelId'> {
  readonly signals: Signals | null;
}

/** What was found about an attempt so far. */
export interface Looks {
  readonly attempt: {
    readonly id: number;
    readonly keys: Readonly<Partial<Record<EntityKind, string>>>;
  } | null;
  readonly before: Look | null;
  readonly after: Look | null;
}

type LooksRow = Record<(typeof COUNTED_KINDS)[number], string | null> & {
  id: number | null;
  looks: Partial<Record<FraudDecision['phase'], Look>> | null;
};

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

  /** What the looks that were made have found, and the attempt's row, by one round trip. Outside any transaction. */
  async looks(attemptId: ID): Promise<Looks> {
    const [row] = await this.statements.query<LooksRow>('fraud_looks', LOOKS_SQL, [attemptId]);
    const { id = null, looks, ...found } = row ?? ({} as Partial<LooksRow>);
    const keys: Partial<Record<EntityKind, string>> = {};
    for (const kind of COUNTED_KINDS) {
      const key = found[kind];
      if (key != null) keys[kind] = key;
    }
    return {
      attempt: id === null ? null : { id, keys },
      before: looks?.before ?? null,
      after: looks?.after ?? null,
    };
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
    const [kept] = await this.outbox.publishBy(ctx, [event], facts =>
      this.statements.query<{ id: number }>('fraud_keep', KEEP_SQL, [JSON.stringify(decision), facts]),
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
