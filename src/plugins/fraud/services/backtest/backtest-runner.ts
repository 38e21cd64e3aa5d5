import { Injectable } from '@nestjs/common';
import { Logger, TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { loggerCtx } from '../../constants';
import { replay } from '../../engine/backtest/replay';
import { Tally, type BacktestResult } from '../../engine/backtest/tally';
import { LISTED_SIGNALS } from '../../engine/rules/meaningful-lists';
import { fieldsNamedBy } from '../../engine/rules/validate';
import { FraudBacktest } from '../../entities/fraud-backtest.entity';
import { DEFAULT_SETTINGS, type RuleSet, type ScoringModel } from '../../types';
import { Clock } from '../clock';
import { ListSnapshots } from '../rules/list-snapshots.service';
import { FraudSettingsService } from '../rules/settings.service';
import { BacktestModels } from './backtest-models';
import { PastDecisions, type PastRow } from './past-decisions';

/** Longer than any batch takes: another worker begins anew after it. */
const LEASE_MS = 60_000;

/** Always there while the attempt's personal signals are: an erasure takes it away. */
const ERASED_WITHOUT = 'email.address';

/** Somebody has cancelled it, or another worker has taken it over. */
class LostError extends Error {}

/** Carries out backtests: one is one worker's at a time, and whoever takes it over begins anew. */
@Injectable()
export class BacktestRunner {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly decisions: PastDecisions,
    private readonly lists: ListSnapshots,
    private readonly settings: FraudSettingsService,
    private readonly models: BacktestModels,
    private readonly clock: Clock,
  ) {}

  /** Those that wait, or whose worker is gone. */
  async waiting(ctx: RequestContext): Promise<ID[]> {
    const rows: { id: ID }[] = await this.rows(ctx).query(
      `SELECT id FROM fraud_backtest
       WHERE state = 'queued' OR (state = 'running' AND "leaseUntil" < $1) ORDER BY id LIMIT 10`,
      [this.clock.date()],
    );
    return rows.map(({ id }) => id);
  }

  /** Does nothing for one that has ended, or that another worker has. Carried out twice, it says the same. */
  async run(ctx: RequestContext, id: ID): Promise<FraudBacktest | null> {
    const backtest = await this.take(ctx, id);
    if (backtest === null) return null;
    try {
      const result = await this.carryOut(ctx, backtest);
      await this.end(ctx, backtest, { state: 'done', result });
    } catch (error) {
      if (!(error instanceof LostError)) {
        const message = (error as Error).message;
        Logger.error(`Backtest ${String(id)} failed: ${message}`, loggerCtx);
        await this.end(ctx, backtest, { state: 'failed', error: message.slice(0, 500) });
      }
    }
    return this.rows(ctx).findOneBy({ id });
  }

  private async carryOut(ctx: RequestContext, backtest: FraudBacktest): Promise<BacktestResult> {
    const { from, to, modelVersion } = backtest;
    const ruleSet: RuleSet | null =
      backtest.rules === null ? null : { version: backtest.rulesVersion ?? 0, rules: backtest.rules };
    const model = await this.testedModel(ctx, modelVersion);
    const settings = await this.settings.all(ctx);
    await this.keep(ctx, backtest, { total: await this.decisions.count(ctx, backtest) });
    const lists = await this.lists.since(await this.decisions.firstListsVersion(ctx, backtest));
    const tally = new Tally(ruleSet?.rules ?? []);
    const personal = ruleSet !== null || model !== undefined;
    let checked = 0;
    const query = { from, to, fields: fieldsOf(ruleSet), withFeatures: model !== undefined };
    for await (const rows of this.decisions.read(ctx, query)) {
      for (const row of rows) {
        const { past, listsVersion, settingsVersion } = row;
        const unknown = personal && past.signals[ERASED_WITHOUT] === undefined;
        const now = unknown
          ? { ...past, override: null }
          : replay(past, {
              ruleSet,
              lists: lists.at(listsVersion),
              settings: settings.get(settingsVersion) ?? DEFAULT_SETTINGS,
              ...(model === undefined ? {} : { model }),
            });
        tally.add(judged(row, now, unknown));
      }
      checked += rows.length;
      await this.keep(ctx, backtest, { checked });
    }
    return tally.result();
  }

  private async testedModel(ctx: RequestContext, version: string | null): Promise<ScoringModel | undefined> {
    if (version === null) return undefined;
    const model = await this.models.byVersion(ctx, version);
    if (model === undefined) throw new Error(`There is no model ${version} any more.`);
    return model;
  }

  private async take(ctx: RequestContext, id: ID): Promise<FraudBacktest | null> {
    const worker = this.clock.uuid();
    const now = this.clock.date();
    const [taken]: [unknown[], number] = await this.rows(ctx).query(
      `UPDATE fraud_backtest
       SET state = 'running', worker = $2, "leaseUntil" = $3, "startedAt" = $4, checked = 0, "updatedAt" = now()
       WHERE id = $1 AND (state = 'queued' OR (state = 'running' AND "leaseUntil" < $4)) RETURNING id`,
      [id, worker, this.clock.date(LEASE_MS), now],
    );
    return taken.length === 0 ? null : this.rows(ctx).findOneBy({ id, worker });
  }

  /** Tells of the progress, and keeps the lease. @throws LostError where it is lost */
  private async keep(
    ctx: RequestContext,
    { id, worker }: FraudBacktest,
    progress: { checked?: number; total?: number },
  ): Promise<void> {
    const { affected } = await this.rows(ctx).update(
      { id, worker: worker ?? '', state: 'running' },
      { ...progress, leaseUntil: this.clock.date(LEASE_MS) },
    );
    if (affected !== 1) throw new LostError();
  }

  private async end(
    ctx: RequestContext,
    { id, worker }: FraudBacktest,
    change: { state: 'done'; result: BacktestResult } | { state: 'failed'; error: string },
  ): Promise<void> {
    await this.rows(ctx).update(
      { id, worker: worker ?? '', state: 'running' },
      { ...(change as object), worker: null, leaseUntil: null, endedAt: this.clock.date() },
    );
  }

  private rows(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudBacktest);
  }
}

/** What has to be read of a decision: what the rules and the lists ask for, and the amount. */
function fieldsOf(ruleSet: RuleSet | null): string[] {
  const ofRules = ruleSet?.rules.flatMap(({ when }) => fieldsNamedBy(when)) ?? [];
  return [...new Set(['order.amount', ...LISTED_SIGNALS, ...ofRules])];
}

function judged(
  row: PastRow,
  now: Parameters<Tally['add']>[0]['now'],
  unknown: boolean,
): Parameters<Tally['add']>[0] {
  const { units, recommendation } = row.past;
  return { ...row, then: { units, recommendation }, now, unknown };
}
