import { Injectable } from '@nestjs/common';
import { Logger, TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import {
  PaymentRoutingInvalidError,
  PaymentRoutingStaleError,
  type RoutingProblemView,
} from '../../api/routing-error-results';
import { loggerCtx } from '../../constants';
import { PaymentRoutingVersion } from '../../entities/payment-routing-version.entity';
import {
  planRoute,
  type PaymentFacts,
  type RoutableProviders,
  type RoutePlan,
  type RoutingRule,
  type RoutingTable,
} from '../../rules/routing';
import { parseNote, parseRules, problemsOf, type RoutingProblem } from '../../rules/routing-problems';
import { ProviderRegistry } from '../providers/provider-registry';
import { RoutingSurroundingsService } from './routing-surroundings.service';

/** How many versions are kept to go back to. */
export const KEPT_VERSIONS = 500;

/** The table in use, or that of a shop that has saved none, with what staff have to know about it. */
export interface RoutingView {
  version: number;
  savedAt: Date | null;
  savedBy: string | null;
  note: string | null;
  rules: readonly RoutingRule[];
  /** In this shop as it is now: a provider may have gone since the rules were saved. */
  problems: RoutingProblemView[];
}

export interface RoutingVersionSummary {
  version: number;
  savedAt: Date;
  savedBy: string | null;
  note: string | null;
  ruleCount: number;
}

/** Checked here: it may be anything. */
export interface SaveRoutingInput {
  baseVersion: number;
  rules: unknown;
  note?: unknown;
}

/** Which provider takes a payment, and the table that says so. The only writer of `payment_routing_version`. */
@Injectable()
export class RoutingService {
  /** Versions never change, so one that was read once counts for ever. Known by its id: a number can be rolled back. */
  private active: { id: ID; table: RoutingTable } | undefined;

  constructor(
    private readonly connection: TransactionalConnection,
    private readonly registry: ProviderRegistry,
    private readonly surroundings: RoutingSurroundingsService,
  ) {}

  /**
   * Costs one statement; see `activeTable`.
   *
   * @param groups reads the ids of the customer's groups; asked only where a rule does
   */
  async plan(
    ctx: RequestContext,
    facts: PaymentFacts,
    groups?: () => Promise<readonly string[]>,
  ): Promise<RoutePlan> {
    const table = await this.activeTable(ctx);
    const customerGroupIds =
      groups !== undefined && asksForGroups(table) ? await groups() : facts.customerGroupIds;
    return planRoute(table, { ...facts, customerGroupIds }, this.providers());
  }

  /**
   * The table in use. Each call asks the database for the newest version's number, by its index: what staff have saved
   * counts from the next payment on, on every server, and none has to be told. The rules are read when it is a new one.
   */
  async activeTable(ctx: RequestContext): Promise<RoutingTable> {
    const [newest] = await this.versionsOf(ctx).find({
      select: { id: true, number: true },
      order: { number: 'DESC' },
      take: 1,
    });
    if (newest === undefined) return { version: 0, rules: [] };
    if (this.active?.id !== newest.id) {
      const { rules } = await this.versionsOf(ctx).findOneByOrFail({ id: newest.id });
      this.active = {
        id: newest.id,
        table: { version: newest.number, rules: readable(rules, newest.number) },
      };
    }
    return this.active.table;
  }

  async view(ctx: RequestContext): Promise<RoutingView> {
    const { version, rules } = await this.activeTable(ctx);
    const found = version === 0 ? null : await this.versionWithUser(ctx, version);
    const problems = problemsOf(rules, await this.surroundings.of(ctx, rules));
    return { ...detailsOf(found), version, rules, problems: inWords(ctx, problems) };
  }

  /** An earlier version as it was; nothing when it is not kept. */
  async version(ctx: RequestContext, number: number): Promise<RoutingView | undefined> {
    const found = await this.versionWithUser(ctx, number);
    if (found === null) return undefined;
    const rules = readable(found.rules, number);
    const problems = problemsOf(rules, await this.surroundings.of(ctx, rules));
    return { ...detailsOf(found), version: number, rules, problems: inWords(ctx, problems) };
  }

  /** The newest first. */
  async versions(
    ctx: RequestContext,
    { skip, take }: { skip: number; take: number },
  ): Promise<{ items: RoutingVersionSummary[]; totalItems: number }> {
    const [rows, totalItems] = await this.versionsOf(ctx).findAndCount({
      relations: { user: true },
      order: { number: 'DESC' },
      skip,
      take,
    });
    const items = rows.map(row => ({
      version: row.number,
      savedAt: row.createdAt,
      savedBy: row.user?.identifier ?? null,
      note: row.note,
      ruleCount: Array.isArray(row.rules) ? row.rules.length : 0,
    }));
    return { items, totalItems };
  }

  /**
   * Puts new rules in use, in the caller's transaction. Of two that were made from the same version one is saved, the
   * other refused, whichever comes first.
   */
  async saveTable(
    ctx: RequestContext,
    { baseVersion, ...input }: SaveRoutingInput,
  ): Promise<RoutingView | PaymentRoutingInvalidError | PaymentRoutingStaleError> {
    const note = parseNote(input.note);
    const rules = await this.checked(ctx, input.rules);
    const problems = [
      ...('problems' in note ? note.problems : []),
      ...('problems' in rules ? rules.problems : []),
    ];
    if ('problems' in note || 'problems' in rules) {
      return new PaymentRoutingInvalidError(inWords(ctx, problems));
    }
    const number = baseVersion + 1;
    const current = await this.newestNumber(ctx);
    if (current !== baseVersion) return new PaymentRoutingStaleError(current);
    // Waits for another save of the same number: when that one is there, nothing is written.
    const inserted = await this.versionsOf(ctx)
      .createQueryBuilder()
      .insert()
      .values({
        number,
        rules: rules.value as object,
        note: note.value ?? null,
        userId: ctx.activeUserId ?? null,
      })
      .orIgnore()
      .returning('id')
      .execute();
    if ((inserted.raw as unknown[]).length === 0)
      return new PaymentRoutingStaleError(await this.newestNumber(ctx));
    await this.versionsOf(ctx)
      .createQueryBuilder()
      .delete()
      .where('number <= :last', { last: number - KEPT_VERSIONS })
      .execute();
    return this.view(ctx);
  }

  /**
   * What `plan` would give, with the rules in use or with others that are only tried.
   *
   * @param draft rules that are not saved
   */
  async explain(
    ctx: RequestContext,
    facts: PaymentFacts,
    draft?: unknown,
  ): Promise<RoutePlan | PaymentRoutingInvalidError> {
    if (draft === undefined || draft === null) return this.plan(ctx, facts);
    const rules = await this.checked(ctx, draft);
    if ('problems' in rules) return new PaymentRoutingInvalidError(inWords(ctx, rules.problems));
    const { version } = await this.activeTable(ctx);
    return planRoute({ version, rules: rules.value }, facts, this.providers());
  }

  /** The rules, or all that is wrong with them: warnings only beside errors. */
  private async checked(
    ctx: RequestContext,
    input: unknown,
  ): Promise<{ value: RoutingRule[] } | { problems: readonly RoutingProblem[] }> {
    const form = parseRules(input);
    if ('problems' in form) return form;
    const problems = problemsOf(form.value, await this.surroundings.of(ctx, form.value));
    return problems.some(({ severity }) => severity === 'error') ? { problems } : { value: form.value };
  }

  private providers(): RoutableProviders {
    return { all: this.surroundings.providers(), first: this.registry.default()?.code };
  }

  private async newestNumber(ctx: RequestContext): Promise<number> {
    return (await this.versionsOf(ctx).maximum('number')) ?? 0;
  }

  private versionWithUser(ctx: RequestContext, number: number): Promise<PaymentRoutingVersion | null> {
    return this.versionsOf(ctx).findOne({ where: { number }, relations: { user: true } });
  }

  private versionsOf(ctx: RequestContext) {
    return this.connection.getRepository(ctx, PaymentRoutingVersion);
  }
}

function asksForGroups({ rules }: RoutingTable): boolean {
  return rules.some(({ enabled, when }) => enabled && when.customerGroupIds !== undefined);
}

function detailsOf(found: PaymentRoutingVersion | null): Pick<RoutingView, 'savedAt' | 'savedBy' | 'note'> {
  return {
    savedAt: found?.createdAt ?? null,
    savedBy: found?.user?.identifier ?? null,
    note: found?.note ?? null,
  };
}

/** Rules that another release has left in a form that this one cannot read stop no payment: the default takes them. */
function readable(rules: unknown, version: number): readonly RoutingRule[] {
  const form = parseRules(rules);
  if ('value' in form) return form.value;
  const places = form.problems.map(({ path, code }) => `${path} (${code})`).join(', ');
  Logger.error(
    `Version ${version} of the payment routing cannot be read, so no rule holds: ${places}. Save the rules anew.`,
    loggerCtx,
  );
  return [];
}

function inWords(ctx: RequestContext, problems: readonly RoutingProblem[]): RoutingProblemView[] {
  return problems.map(({ path, code, severity, variables }) => ({
    path,
    code,
    severity,
    message: ctx.translate(`message.payment-routing-${code}`, { ...variables }),
  }));
}
