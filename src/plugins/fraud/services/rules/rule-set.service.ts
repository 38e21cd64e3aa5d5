import { Injectable } from '@nestjs/common';
import { Logger, TransactionalConnection, type RequestContext } from '@vendure/core';
import { FraudRulesInvalidError, FraudStaleError, FraudVersionNotFoundError } from '../../api/rules-errors';
import { loggerCtx } from '../../constants';
import { DEFAULT_RULES } from '../../engine/rules/default-rules';
import { hasErrors, isVisibleText, problem, type Problem } from '../../engine/rules/problems';
import { parseRules } from '../../engine/rules/validate';
import { FraudList } from '../../entities/fraud-list.entity';
import { FraudRuleSetVersion } from '../../entities/fraud-rule-set-version.entity';
import type { Rule, RuleSet } from '../../types';
import { Clock } from '../clock';
import { FraudAuditService } from './audit.service';
import { MAX_NOTE } from './constants';
import { FraudVersionsService } from './fraud-versions.service';
import { pageOf, type PageOptions } from './page';
import { inWords, type ProblemView } from './problem-words';

export interface RuleSetView {
  version: number;
  publishedAt: Date | null;
  publishedBy: string | null;
  note: string | null;
  restoredFrom: number | null;
  rules: readonly Rule[];
  problems: ProblemView[];
}

export interface RuleSetSummary extends Omit<RuleSetView, 'rules' | 'problems'> {
  ruleCount: number;
}

/** Checked here: they may be anything. */
export interface PublishInput {
  baseVersion: number;
  rules: unknown;
  note?: unknown;
}

type Published = RuleSetView | FraudRulesInvalidError | FraudStaleError;

/** The rules that judge payments. The only writer of `fraud_rule_set_version`. */
@Injectable()
export class RuleSetService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly versions: FraudVersionsService,
    private readonly audit: FraudAuditService,
    private readonly clock: Clock,
  ) {}

  /** The rules in use, for live scoring. */
  async load(): Promise<RuleSet> {
    const [newest] = await this.connection.rawConnection
      .getRepository(FraudRuleSetVersion)
      .find({ order: { number: 'DESC' }, take: 1 });
    return setOf(newest ?? null);
  }

  /** The rules of a version; undefined when there is none. */
  async loadVersion(ctx: RequestContext, version: number): Promise<RuleSet | undefined> {
    if (version === 0) return setOf(null);
    const found = await this.rows(ctx).findOneBy({ number: version });
    return found === null ? undefined : setOf(found);
  }

  /** The same in a transaction. */
  async inUse(ctx: RequestContext): Promise<RuleSet> {
    return setOf(await this.newest(ctx));
  }

  async view(ctx: RequestContext): Promise<RuleSetView> {
    return this.viewOf(ctx, await this.newest(ctx));
  }

  async version(ctx: RequestContext, number: number): Promise<RuleSetView | undefined> {
    if (number === 0) return this.viewOf(ctx, null);
    const found = await this.rows(ctx).findOne({ where: { number }, relations: { user: true } });
    return found === null ? undefined : this.viewOf(ctx, found);
  }

  /** The newest first. */
  async list(
    ctx: RequestContext,
    options: PageOptions | null | undefined,
  ): Promise<{ items: RuleSetSummary[]; totalItems: number }> {
    const [rows, totalItems] = await this.rows(ctx).findAndCount({
      relations: { user: true },
      order: { number: 'DESC' },
      ...pageOf(options),
    });
    const items = rows.map(row => ({
      ...detailsOf(row),
      ruleCount: Array.isArray(row.rules) ? row.rules.length : 0,
    }));
    return { items, totalItems };
  }

  /** All that is wrong with rules that are not published. */
  async problems(ctx: RequestContext, input: unknown): Promise<ProblemView[]> {
    const { problems } = await this.parsed(ctx, input);
    return inWords(ctx, problems);
  }

  /** Rules that are only tried. */
  async draft(ctx: RequestContext, input: unknown): Promise<readonly Rule[] | FraudRulesInvalidError> {
    const parsed = await this.parsed(ctx, input);
    return 'value' in parsed ? parsed.value : new FraudRulesInvalidError(inWords(ctx, parsed.problems));
  }

  /** Puts rules in use, in the caller's transaction. Of two that were made from the same version one is taken. */
  async publish(ctx: RequestContext, { baseVersion, rules, note }: PublishInput): Promise<Published> {
    return this.save(ctx, { baseVersion, rules, note, restoredFrom: null });
  }

  /** Publishes the rules of an earlier version anew: a list that they name may have gone since. */
  async restore(
    ctx: RequestContext,
    { baseVersion, version, note }: { baseVersion: number; version: number; note?: unknown },
  ): Promise<Published | FraudVersionNotFoundError> {
    const earlier = await this.loadVersion(ctx, version);
    if (earlier === undefined) return new FraudVersionNotFoundError(version);
    return this.save(ctx, { baseVersion, rules: earlier.rules, note, restoredFrom: version });
  }

  private async save(
    ctx: RequestContext,
    { baseVersion, rules, note, restoredFrom }: PublishInput & { restoredFrom: number | null },
  ): Promise<Published> {
    const parsed = await this.parsed(ctx, rules, true);
    const noteProblems = note == null || isVisibleText(note, MAX_NOTE) ? [] : [NOTE_PROBLEM];
    const problems = [...noteProblems, ...parsed.problems];
    if (!('value' in parsed) || hasErrors(problems)) {
      return new FraudRulesInvalidError(inWords(ctx, problems));
    }
    await this.versions.bump(ctx, 'rules');
    const before = await this.newest(ctx);
    const current = before?.number ?? 0;
    if (current !== baseVersion) return new FraudStaleError(current);
    const row = await this.rows(ctx).save(
      new FraudRuleSetVersion({
        number: current + 1,
        rules: parsed.value,
        note: typeof note === 'string' && note !== '' ? note : null,
        restoredFrom,
        userId: ctx.activeUserId ?? null,
      }),
    );
    await this.audit.record(ctx, {
      subject: 'rules',
      action: restoredFrom === null ? 'published' : 'restored',
      target: String(row.number),
      note: row.note,
      ...changed(setOf(before).rules, parsed.value),
    });
    return this.view(ctx);
  }

  /** @param hold whether the lists that rules may name must stay until the transaction ends */
  private async parsed(ctx: RequestContext, input: unknown, hold = false) {
    const lists: { name: string }[] = await this.connection
      .getRepository(ctx, FraudList)
      .query(`SELECT name FROM fraud_list WHERE "removedIn" IS NULL ORDER BY id ${hold ? 'FOR SHARE' : ''}`);
    return parseRules(input, {
      lists: new Set(lists.map(({ name }) => name)),
      now: this.clock.date().getTime(),
    });
  }

  private async viewOf(ctx: RequestContext, row: FraudRuleSetVersion | null): Promise<RuleSetView> {
    const { rules } = setOf(row);
    return { ...detailsOf(row), rules, problems: await this.problems(ctx, rules) };
  }

  private async newest(ctx: RequestContext): Promise<FraudRuleSetVersion | null> {
    const [row] = await this.rows(ctx).find({
      relations: { user: true },
      order: { number: 'DESC' },
      take: 1,
    });
    return row ?? null;
  }

  private rows(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudRuleSetVersion);
  }
}

const NOTE_PROBLEM: Problem = problem('note', 'note', { max: MAX_NOTE });

function detailsOf(row: FraudRuleSetVersion | null): Omit<RuleSetSummary, 'ruleCount'> {
  return {
    version: row?.number ?? 0,
    publishedAt: row?.createdAt ?? null,
    publishedBy: row?.user?.identifier ?? null,
    note: row?.note ?? null,
    restoredFrom: row?.restoredFrom ?? null,
  };
}

/** Rules that another release has left in a form that this one cannot read are left out, each for itself, and told of. */
function setOf(row: FraudRuleSetVersion | null): RuleSet {
  if (row === null) return { version: 0, rules: DEFAULT_RULES };
  const all = parseRules(row.rules);
  if ('value' in all) return { version: row.number, rules: all.value };
  const places = all.problems.map(({ path, code }) => `${path} (${code})`).join(', ');
  Logger.error(
    `Version ${row.number} of the fraud rules cannot be read as a whole: ${places}. Publish the rules anew.`,
    loggerCtx,
  );
  const each = Array.isArray(row.rules) ? row.rules : [];
  const rules = each.flatMap((one: unknown) => {
    const parsed = parseRules([one]);
    return 'value' in parsed ? parsed.value : [];
  });
  return { version: row.number, rules };
}

/** The rules that differ, as they were and as they are. */
function changed(before: readonly Rule[], after: readonly Rule[]): { before: Rule[]; after: Rule[] } {
  const texts = (rules: readonly Rule[]) => new Set(rules.map(rule => JSON.stringify(rule)));
  const [old, now] = [texts(before), texts(after)];
  return {
    before: before.filter(rule => !now.has(JSON.stringify(rule))),
    after: after.filter(rule => !old.has(JSON.stringify(rule))),
  };
}
