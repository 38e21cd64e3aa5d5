import { Injectable } from '@nestjs/common';
import { Logger, TransactionalConnection, type RequestContext } from '@vendure/core';
import { Between, LessThan } from 'typeorm';
import { OutboxService } from '../../../domain-events';
import { FraudDriftRangeError } from '../../api/models-errors';
import { loggerCtx } from '../../constants';
import { psiOf, worstOf, type DriftMeasure } from '../../engine/drift';
import { FraudDriftReport } from '../../entities/fraud-drift-report.entity';
import { FraudDriftDetected } from '../../events/drift-events';
import { Clock } from '../clock';
import { ModelStore } from '../models/model-store';
import { DriftQueries } from './drift-queries';

const DAY_MS = 86_400_000;
const CURRENT_DAYS = 7;
const REFERENCE_DAYS = 28;
const WEEKS = 13;
const FEATURES = 20;
const MOST_DAYS = 366;

/** How long reports are kept. */
export const DRIFT_KEPT_DAYS = 730;

/** Whether what comes in, and what is made of it, is still like before. The only writer of `fraud_drift_report`. */
@Injectable()
export class DriftService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly queries: DriftQueries,
    private readonly models: ModelStore,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** Makes today's report, or makes it anew. Reads first, without a transaction. */
  async make(ctx: RequestContext): Promise<FraudDriftReport> {
    const to = this.clock.date();
    const from = new Date(to.getTime() - CURRENT_DAYS * DAY_MS);
    const referenceFrom = new Date(from.getTime() - REFERENCE_DAYS * DAY_MS);
    const now = { from, to };
    const before = { from: referenceFrom, to: from };
    const champion = await this.models.champion(ctx);
    const { total, ...rates } = await this.queries.rates(ctx, now);
    const { total: referenceTotal, ...referenceRates } = await this.queries.rates(ctx, before);
    const names =
      champion !== null && champion.report.features.length > 0
        ? champion.report.features.slice(0, FEATURES).map(({ name }) => name)
        : await this.queries.commonFeatures(ctx, before, FEATURES);
    const current = await this.queries.sample(ctx, now, total, names);
    const reference = await this.queries.sample(ctx, before, referenceTotal, names);
    const none = new Float64Array();
    const score = psiOf('score', reference.score, current.score);
    const features = names
      .map(name => psiOf(name, reference.features.get(name) ?? none, current.features.get(name) ?? none))
      .sort((a, b) => (b.psi ?? 0) - (a.psi ?? 0));
    return this.keep(ctx, {
      day: to.toISOString().slice(0, 10),
      ...now,
      referenceFrom,
      referenceTo: from,
      rows: current.rows,
      referenceRows: reference.rows,
      rates,
      referenceRates,
      modelVersion: champion?.version ?? null,
      level: worstOf([score, ...features].map(({ level }) => level)),
      score,
      features,
      weeks: await this.queries.weeks(ctx, to, WEEKS),
    });
  }

  /** One report for each day that has one, the oldest first. */
  async range(
    ctx: RequestContext,
    { from, to }: { from: string; to: string },
  ): Promise<{ items: FraudDriftReport[] } | FraudDriftRangeError> {
    const problem = problemOf(from, to);
    if (problem !== undefined) return new FraudDriftRangeError(problem);
    const items = await this.reports(ctx).find({ where: { day: Between(from, to) }, order: { day: 'ASC' } });
    return { items };
  }

  newest(ctx: RequestContext): Promise<FraudDriftReport | null> {
    return this.reports(ctx).findOne({ where: {}, order: { day: 'DESC' } });
  }

  async prune(ctx: RequestContext): Promise<number> {
    const day = this.clock
      .date(-DRIFT_KEPT_DAYS * DAY_MS)
      .toISOString()
      .slice(0, 10);
    const { affected } = await this.reports(ctx).delete({ day: LessThan(day) });
    return affected ?? 0;
  }

  private async keep(
    ctx: RequestContext,
    report: Omit<FraudDriftReport, 'id' | 'createdAt' | 'updatedAt'>,
  ): Promise<FraudDriftReport> {
    return this.connection.withTransaction(ctx, async tx => {
      const { day, modelVersion } = report;
      // Of two that make it at once the second waits for the first.
      await this.reports(tx).query(`SELECT pg_advisory_xact_lock(hashtext('fraud_drift_report'))`);
      const known = await this.reports(tx).findOneBy({ day });
      const kept = await this.reports(tx).save(Object.assign(known ?? new FraudDriftReport(), report));
      const drifted = [report.score, ...report.features].filter(isDrifted);
      const told = known !== null && [known.score, ...known.features].some(isDrifted);
      if (drifted.length > 0 && !told) {
        const measures = drifted.map(({ name, psi }) => ({ name, psi: psi ?? 0 }));
        Logger.warn(
          `Payments are not like before: ${measures.map(({ name, psi }) => `${name} (PSI ${psi.toFixed(2)})`).join(', ')}`,
          loggerCtx,
        );
        await this.outbox.publish(tx, FraudDriftDetected.of(day, { day, modelVersion, measures }));
      }
      return kept;
    });
  }

  private reports(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudDriftReport);
  }
}

function isDrifted({ level }: DriftMeasure): boolean {
  return level === 'drifted';
}

function problemOf(from: string, to: string): string | undefined {
  for (const day of [from, to]) {
    const at = new Date(`${day}T00:00:00Z`);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(at.getTime()) || !at.toISOString().startsWith(day)) {
      return `"${day.slice(0, 20)}" is no day of the form YYYY-MM-DD.`;
    }
  }
  if (from > to) return 'The first day is after the last.';
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  return days > MOST_DAYS ? `It has ${days} days; at most ${MOST_DAYS} are given.` : undefined;
}
