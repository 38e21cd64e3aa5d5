import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import type {
  DataClass,
  DataSubject,
  ErasureReport,
  ExportedRecord,
  PersonalDataContributor,
} from '../../../privacy';
import { SIGNAL_FIELDS } from '../../engine/fields';
import { FraudDecision } from '../../entities/fraud-decision.entity';
import { COUNTED_KINDS } from './history-sql';

const DECISION = 'fraud_decision';
const SIGNALS = 'fraud_decision.signals';
const KEYS = 'fraud_attempt (keys)';

const RETENTION = 'As long as the shop keeps what it learns from, 400 days unless it says otherwise.';
const PERSONAL_SIGNALS = SIGNAL_FIELDS.filter(({ personal }) => personal === true).map(({ name }) => name);

/**
 * What was gathered about a customer's payments to tell fraud from them. The decision stays, for it is what became of an
 * order; what says who it was goes, and so do the keys by which attempts are found to be of one person.
 */
@Injectable()
export class ScoringPersonalData implements PersonalDataContributor {
  readonly name = 'fraud-scoring';

  constructor(private readonly connection: TransactionalConnection) {}

  classify(): readonly DataClass[] {
    return [
      {
        field: DECISION,
        category: 'financial',
        purpose: 'How risky your payments were found to be, and why.',
        retention: RETENTION,
        onErasure: 'kept',
      },
      {
        field: SIGNALS,
        category: 'technical',
        purpose:
          'Your addresses, device and card as your payments were made with them, to tell fraud from them.',
        retention: RETENTION,
        onErasure: 'erased',
      },
      {
        field: KEYS,
        category: 'behaviour',
        purpose: 'Hashes by which payments of the same person, device or card are counted.',
        retention: RETENTION,
        onErasure: 'erased',
      },
    ];
  }

  export(ctx: RequestContext, { customerId }: DataSubject): Promise<readonly ExportedRecord[]> {
    return this.decisions(ctx).query(
      `SELECT $2 AS field, d.id::text AS source,
              json_build_object('order', o.code, 'at', d.at, 'amount', d.amount, 'currency', d.currency,
                                'score', d.units / 10000.0, 'recommendation', d.recommendation) AS value
       ${DECISIONS_OF}
       UNION ALL
       SELECT $3, d.id::text, (SELECT json_object_agg(s.key, s.value) FROM jsonb_each(d.signals) s WHERE s.key = ANY($5))
       ${DECISIONS_OF} AND d.signals ?| $5
       UNION ALL
       SELECT $4, a.id::text, json_build_object('at', a.at, 'keys', ${KEY_COUNT}) ${ATTEMPTS_OF} AND ${HAS_KEYS}
       ORDER BY 2, 1`,
      [customerId, DECISION, SIGNALS, KEYS, PERSONAL_SIGNALS],
    );
  }

  async erase(ctx: RequestContext, { customerId }: DataSubject): Promise<ErasureReport> {
    return this.connection.withTransaction(ctx, async tx => {
      const [attempts]: [unknown[], number] = await this.decisions(tx).query(
        `UPDATE fraud_attempt SET ${COUNTED_KINDS.map(kind => `${kind} = NULL`).join(', ')}
         WHERE id IN (SELECT a.id ${ATTEMPTS_OF} AND ${HAS_KEYS}) RETURNING id`,
        [customerId],
      );
      const [decisions]: [unknown[], number] = await this.decisions(tx).query(
        `UPDATE fraud_decision SET signals = signals - $2::text[]
         WHERE id IN (SELECT d.id ${DECISIONS_OF} AND d.signals ?| $2) RETURNING id`,
        [customerId, PERSONAL_SIGNALS],
      );
      return { changed: attempts.length + decisions.length };
    });
  }

  private decisions(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudDecision);
  }
}

const DECISIONS_OF = `FROM "order" o JOIN fraud_decision d ON d."orderId" = o.id WHERE o."customerId" = $1`;
const ATTEMPTS_OF = `FROM "order" o JOIN fraud_attempt a ON a."orderId" = o.id WHERE o."customerId" = $1`;
const HAS_KEYS = `(${COUNTED_KINDS.map(kind => `a.${kind} IS NOT NULL`).join(' OR ')})`;
const KEY_COUNT = `num_nonnulls(${COUNTED_KINDS.map(kind => `a.${kind}`).join(', ')})`;
