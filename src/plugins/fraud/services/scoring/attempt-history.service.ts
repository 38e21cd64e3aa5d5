import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { FraudAttempt } from '../../entities/fraud-attempt.entity';
import type { EntityKind, Outcome } from '../../types';
import { ADD_CARD_SQL, COUNT_OUTCOME_SQL, RECORD_SQL } from './attempt-sql';
import { COUNTED_KINDS } from './history-sql';
import { PreparedStatements } from './prepared-statements';

export interface NewAttempt {
  readonly attemptId: string;
  readonly orderId: ID;
  readonly channelId: ID;
  /** Minor units of the base currency; null where that is not known. */
  readonly amount: number | null;
  readonly keys: Readonly<Partial<Record<EntityKind, string>>>;
  readonly categories: Readonly<Record<string, string>>;
}

export interface RecordedAttempt {
  readonly id: number;
  readonly at: Date;
  /** False for one that was written down before. */
  readonly isNew: boolean;
}

export interface KnownAttempt {
  readonly id: number;
  readonly keys: NewAttempt['keys'];
}

type KnownRow = Record<(typeof COUNTED_KINDS)[number], string | null> & { readonly id: number };

/** Keeps what attempts are counted by, and the totals of their values. The only writer of both tables. */
@Injectable()
export class AttemptHistoryService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly statements: PreparedStatements,
  ) {}

  /**
   * Writes an attempt down before it is judged, and commits: two at the same time are ordered, and the later one finds
   * the earlier. Never inside a transaction.
   */
  async record(attempt: NewAttempt): Promise<RecordedAttempt> {
    const { attemptId, orderId, channelId, amount, keys, categories } = attempt;
    const values = [
      locksOf(keys),
      attemptId,
      orderId,
      channelId,
      amount === null ? null : String(amount),
      JSON.stringify(categories),
      ...COUNTED_KINDS.map(kind => keys[kind] ?? null),
    ];
    // Somebody else may have just written it down: the first look is too early for that.
    for (let look = 0; look < 2; look += 1) {
      const [row] = await this.statements.query<RecordedAttempt>('fraud_record', RECORD_SQL, values);
      if (row !== undefined) return row;
    }
    throw new Error(`The attempt ${attemptId} could not be written down.`);
  }

  /**
   * What is known of the card once the amount is reserved. Never inside a transaction.
   *
   * @returns the attempt as it was; undefined where it is not written down
   */
  async addCard(
    attemptId: string,
    card: string | undefined,
    categories: Readonly<Record<string, string>>,
  ): Promise<KnownAttempt | undefined> {
    const [row] = await this.statements.query<KnownRow>('fraud_add_card', ADD_CARD_SQL, [
      attemptId,
      card ?? null,
      JSON.stringify(categories),
    ]);
    if (row === undefined) return undefined;
    const known = COUNTED_KINDS.flatMap(kind => (row[kind] === null ? [] : [[kind, row[kind]] as const]));
    return { id: row.id, keys: Object.fromEntries(known) };
  }

  /**
   * What became of an attempt's money. Told in any order and more than once: money that was reserved counts, whatever
   * else is heard.
   */
  async setStatus(ctx: RequestContext, attemptId: ID, status: 'failed' | 'ordered'): Promise<void> {
    const before = status === 'failed' ? `status = 'open'` : `status <> 'ordered'`;
    await this.attempts(ctx)
      .createQueryBuilder()
      .update()
      .set({ status })
      .where(`"attemptId" = :attemptId AND ${before}`, { attemptId })
      .execute();
  }

  /**
   * What an attempt turned out to be, by all that was said of it (see `engine/labels.ts`); null where nobody says
   * anything any more.
   *
   * @returns false where nothing has changed: it is known already, or there is no such attempt
   */
  async setOutcome(ctx: RequestContext, attemptId: ID, outcome: Outcome | null): Promise<boolean> {
    return this.connection.withTransaction(ctx, async tx => {
      const attempt = await this.attempts(tx).findOne({
        where: { attemptId },
        lock: { mode: 'pessimistic_write' },
      });
      if (attempt === null) return false;
      const { fraud: before, outcomeSource, outcomeKnownAt } = attempt;
      const fraud = outcome?.fraud ?? null;
      const source = outcome?.source ?? null;
      const knownAt = outcome?.knownAt ?? null;
      if (before === fraud && outcomeSource === source && (outcomeKnownAt?.getTime() ?? null) === knownAt) {
        return false;
      }
      await this.attempts(tx).update(attempt.id, {
        fraud,
        outcomeKnownAt: knownAt === null ? null : new Date(knownAt),
        outcomeSource: source,
      });
      const good = Number(fraud === false) - Number(before === false);
      const bad = Number(fraud === true) - Number(before === true);
      if (good !== 0 || bad !== 0) {
        await this.attempts(tx).query(COUNT_OUTCOME_SQL, [
          JSON.stringify(attempt.categories),
          good,
          bad,
          attempt.id,
        ]);
      }
      return true;
    });
  }

  /** Forgets attempts that are too old to say anything, and values that no attempt has had since. */
  async prune(ctx: RequestContext, before: Date, limit: number): Promise<number> {
    const [rows]: [unknown[], number] = await this.attempts(ctx).query(
      `DELETE FROM fraud_attempt WHERE id IN (SELECT id FROM fraud_attempt WHERE at < $1 ORDER BY at LIMIT $2) RETURNING id`,
      [before, limit],
    );
    return rows.length;
  }

  /** The table is small beside that of the attempts, and this is asked once a night: it is read as a whole. */
  async pruneCategories(ctx: RequestContext, before: Date): Promise<number> {
    const [rows]: [unknown[], number] = await this.attempts(ctx).query(
      `DELETE FROM fraud_category WHERE "lastAt" < $1 RETURNING field`,
      [before],
    );
    return rows.length;
  }

  private attempts(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudAttempt);
  }
}

/** 64 bits of each key, always taken in the same order. */
function locksOf(keys: NewAttempt['keys']): string[] {
  return COUNTED_KINDS.flatMap(kind => {
    const key = keys[kind];
    return key === undefined ? [] : [BigInt.asIntN(64, BigInt(`0x${key.replaceAll('-', '').slice(0, 16)}`))];
  })
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .map(String);
}
