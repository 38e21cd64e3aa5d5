import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import { MAX_FEATURES, type TrainingSet } from '../../engine/model';
import { FraudAttempt } from '../../entities/fraud-attempt.entity';
import { Clock } from '../clock';
import { FraudSettingsService } from './learning-ports';
import { MOST_SAMPLES, MOST_VALUES, SAMPLE_DAYS } from './model-limits';

/** Small, so that reading a batch holds up nothing else of the process. */
const BATCH = 500;
/** So many are asked which features there are. */
const NAMING_SAMPLES = 5_000;
const DAY_MS = 86_400_000;

export interface LabelCounts {
  readonly good: number;
  readonly frauds: number;
}

/** An attempt with a known outcome. */
interface Known {
  readonly id: string;
  readonly at: Date;
  readonly fraud: boolean;
  readonly known: Date;
}

/** A decision with a known outcome. */
export interface LabelledDecision {
  readonly features: Readonly<Record<string, number>>;
  readonly at: Date;
  readonly fraud: boolean;
}

/**
 * What there is to learn from: the features that were stored with the last decision about each attempt, and the outcome
 * as it is known by now. Nothing is computed anew, so a model sees what it would have seen.
 *
 * Samples are in the order in which their outcomes became known (of a matured one, when it was due). By the order of the
 * attempts the newest part would be fraud only: disputes come within weeks, and good orders are good after the days of
 * maturity.
 */
@Injectable()
export class SamplesService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly settings: FraudSettingsService,
    private readonly clock: Clock,
  ) {}

  /** Known outcomes that a training would take. */
  async count(ctx: RequestContext): Promise<LabelCounts> {
    const [row]: [LabelCounts] = await this.attempts(ctx).query(
      `SELECT count(*) FILTER (WHERE NOT fraud)::int AS good, count(*) FILTER (WHERE fraud)::int AS frauds
       FROM (SELECT fraud FROM fraud_attempt
             WHERE fraud IS NOT NULL AND at > $1 AND "outcomeKnownAt" <= $2 ORDER BY at DESC LIMIT $3) AS newest`,
      [this.clock.date(-SAMPLE_DAYS * DAY_MS), this.clock.date(), MOST_SAMPLES],
    );
    return row;
  }

  /** All that a training takes, in batches and without a transaction. */
  async trainingSet(
    ctx: RequestContext,
  ): Promise<{ set: TrainingSet; attemptsFrom: Date | null; attemptsTo: Date | null }> {
    const newest = await this.known(ctx, MOST_SAMPLES);
    const names = await this.names(ctx, newest);
    const known = newest.slice(-Math.floor(MOST_VALUES / Math.max(1, names.length)));
    const column = new Map(names.map((name, index) => [name, index]));
    const values = new Float64Array(known.length * names.length).fill(NaN);
    const rules = new Float64Array(known.length).fill(NaN);
    const rowOf = new Map(known.map(({ id }, row) => [id, row]));
    for await (const { id, features, ruleScore } of this.features(ctx, known)) {
      const row = rowOf.get(id) ?? 0;
      rules[row] = ruleScore ?? NaN;
      const offset = row * names.length;
      for (const name in features) {
        const at = column.get(name);
        if (at !== undefined) values[offset + at] = features[name] ?? NaN;
      }
    }
    const [first] = known;
    const earliest = (a: Date, { at }: Known) => (at < a ? at : a);
    const latest = (a: Date, { at }: Known) => (at > a ? at : a);
    return {
      set: {
        names,
        values,
        labels: Uint8Array.from(known, ({ fraud }) => Number(fraud)),
        at: Float64Array.from(known, one => one.known.getTime()),
        rules,
      },
      attemptsFrom: first === undefined ? null : known.reduce(earliest, first.at),
      attemptsTo: first === undefined ? null : known.reduce(latest, first.at),
    };
  }

  /** The newest decisions with a known outcome, in batches, in the order in which the outcomes became known. */
  async *labelled(ctx: RequestContext, limit: number): AsyncGenerator<LabelledDecision> {
    const known = await this.known(ctx, limit);
    const byId = new Map(known.map(one => [one.id, one]));
    for await (const { id, features } of this.features(ctx, known)) {
      const one = byId.get(id);
      if (one !== undefined) yield { features, at: one.at, fraud: one.fraud };
    }
  }

  /** The oldest first. */
  private async known(ctx: RequestContext, limit: number): Promise<Known[]> {
    const { maturityDays } = await this.settings.load();
    const rows: Known[] = await this.attempts(ctx).query(
      `SELECT id::text AS id, at, fraud,
              CASE WHEN "outcomeSource" = 'matured' THEN at + make_interval(days => $4) ELSE "outcomeKnownAt" END AS known
       FROM fraud_attempt WHERE fraud IS NOT NULL AND at > $1 AND "outcomeKnownAt" <= $2
       ORDER BY known DESC, at DESC, fraud_attempt.id DESC LIMIT $3`,
      [this.clock.date(-SAMPLE_DAYS * DAY_MS), this.clock.date(), limit, maturityDays],
    );
    return rows.reverse();
  }

  private async names(ctx: RequestContext, known: readonly Known[]): Promise<string[]> {
    const uses = new Map<string, number>();
    for await (const { features } of this.features(ctx, known.slice(-NAMING_SAMPLES))) {
      for (const name in features) uses.set(name, (uses.get(name) ?? 0) + 1);
    }
    return [...uses]
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .slice(0, MAX_FEATURES)
      .map(([name]) => name)
      .sort();
  }

  /** Of the last phase of each attempt. */
  private async *features(
    ctx: RequestContext,
    known: readonly Known[],
  ): AsyncGenerator<{ id: string; features: Readonly<Record<string, number>>; ruleScore: number | null }> {
    for (let start = 0; start < known.length; start += BATCH) {
      const ids = known.slice(start, start + BATCH).map(({ id }) => id);
      const rows: { id: string; features: Record<string, number>; ruleScore: number | null }[] =
        await this.attempts(ctx).query(
          // 'after' comes before 'before'.
          `SELECT a.id::text AS id, d.features,
                (SELECT (p->>'score')::float8 FROM jsonb_array_elements(d.parts) p WHERE p->>'part' = 'rules') AS "ruleScore"
         FROM unnest($1::int[]) WITH ORDINALITY AS wanted (id, place)
         JOIN fraud_attempt a ON a.id = wanted.id
         JOIN LATERAL (SELECT features, parts FROM fraud_decision WHERE "attemptId" = a."attemptId" ORDER BY phase LIMIT 1) d ON true
         ORDER BY wanted.place`,
          [ids],
        );
      yield* rows;
    }
  }

  private attempts(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudAttempt);
  }
}
