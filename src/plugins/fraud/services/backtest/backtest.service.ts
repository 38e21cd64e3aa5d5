import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { In, LessThan } from 'typeorm';
import {
  FraudBacktestBusyError,
  FraudBacktestInputError,
  FraudVersionNotFoundError,
  type FraudRulesInvalidError,
} from '../../api/rules-errors';
import { isVisibleText, problem, type Problem } from '../../engine/rules/problems';
import { FraudBacktest } from '../../entities/fraud-backtest.entity';
import type { Rule } from '../../types';
import { Clock } from '../clock';
import { MAX_NOTE, MAX_PERIOD_DAYS, MAX_WAITING_BACKTESTS } from '../rules/constants';
import { pageOf, type PageOptions } from '../rules/page';
import { inWords } from '../rules/problem-words';
import { RuleSetService } from '../rules/rule-set.service';
import { BacktestModels } from './backtest-models';

const DAY_MS = 86_400_000;

export interface StartInput {
  from: Date;
  to: Date;
  rules?: unknown[] | null;
  rulesVersion?: number | null;
  modelVersion?: string | null;
  note?: string | null;
}

type Started =
  | FraudBacktest
  | FraudRulesInvalidError
  | FraudVersionNotFoundError
  | FraudBacktestInputError
  | FraudBacktestBusyError;

/** Backtests as staff ask for them and see them. */
@Injectable()
export class BacktestService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly rules: RuleSetService,
    private readonly models: BacktestModels,
    private readonly clock: Clock,
  ) {}

  async request(ctx: RequestContext, input: StartInput): Promise<Started> {
    const { from, to, modelVersion, note } = input;
    const problems = await this.problemsOf(ctx, input);
    if (problems.length > 0) return new FraudBacktestInputError(inWords(ctx, problems));
    const rules = await this.testedRules(ctx, input);
    if (rules !== null && !Array.isArray(rules)) return rules as FraudRulesInvalidError;
    const waiting = await this.rows(ctx).countBy({ state: In(['queued', 'running']) });
    if (waiting >= MAX_WAITING_BACKTESTS) return new FraudBacktestBusyError(MAX_WAITING_BACKTESTS);
    const row = new FraudBacktest({
      from,
      to,
      rules,
      rulesVersion: input.rulesVersion ?? null,
      modelVersion: modelVersion ?? null,
      note: note || null,
      userId: ctx.activeUserId ?? null,
    });
    const { id } = await this.rows(ctx).save(row);
    return this.rows(ctx).findOneOrFail({ where: { id }, relations: { user: true } });
  }

  find(ctx: RequestContext, id: ID): Promise<FraudBacktest | null> {
    return this.rows(ctx).findOne({ where: { id }, relations: { user: true } });
  }

  /** The newest first. */
  async list(
    ctx: RequestContext,
    options: PageOptions | null | undefined,
  ): Promise<{ items: FraudBacktest[]; totalItems: number }> {
    const [items, totalItems] = await this.rows(ctx).findAndCount({
      relations: { user: true },
      order: { id: 'DESC' },
      ...pageOf(options),
    });
    return { items, totalItems };
  }

  /** Its worker, if there is one, notices with the next decisions that it counts. */
  async cancel(ctx: RequestContext, id: ID): Promise<FraudBacktest | null> {
    await this.rows(ctx).update(
      { id, state: In(['queued', 'running']) },
      { state: 'cancelled', endedAt: this.clock.date(), worker: null, leaseUntil: null },
    );
    return this.find(ctx, id);
  }

  async prune(ctx: RequestContext, before: Date): Promise<number> {
    const { affected } = await this.rows(ctx).delete({ endedAt: LessThan(before) });
    return affected ?? 0;
  }

  private async testedRules(
    ctx: RequestContext,
    { rules, rulesVersion }: StartInput,
  ): Promise<readonly Rule[] | null | FraudRulesInvalidError | FraudVersionNotFoundError> {
    if (rules != null) return this.rules.draft(ctx, rules);
    if (rulesVersion == null) return null;
    const set = await this.rules.loadVersion(ctx, rulesVersion);
    return set?.rules ?? new FraudVersionNotFoundError(rulesVersion);
  }

  private async problemsOf(
    ctx: RequestContext,
    { from, to, rules, rulesVersion, modelVersion, note }: StartInput,
  ): Promise<Problem[]> {
    const problems: Problem[] = [];
    if (!(from < to)) problems.push(problem('to', 'period-backwards'));
    else if (to.getTime() - from.getTime() > MAX_PERIOD_DAYS * DAY_MS) {
      problems.push(problem('to', 'period-too-long', { max: MAX_PERIOD_DAYS }));
    }
    if (rules != null && rulesVersion != null) problems.push(problem('rulesVersion', 'rules-twice'));
    if (rules == null && rulesVersion == null && modelVersion == null) {
      problems.push(problem('rules', 'nothing-to-test'));
    }
    if (note != null && !isVisibleText(note, MAX_NOTE))
      problems.push(problem('note', 'note', { max: MAX_NOTE }));
    if (modelVersion != null && (await this.models.byVersion(ctx, modelVersion)) === undefined) {
      problems.push(problem('modelVersion', 'unknown-model'));
    }
    return problems;
  }

  private rows(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudBacktest);
  }
}
