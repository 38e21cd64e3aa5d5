import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, Ctx, ErrorResult, RequestContext, Transaction } from '@vendure/core';
import { requireDefaultChannel } from '../../payments';
import { FIELDS, type Field } from '../engine/fields';
import { OPERATORS_OF } from '../engine/rules/operators';
import type { FraudAuditEntry } from '../entities/fraud-audit-entry.entity';
import { FraudAuditService, type AuditView } from '../services/rules/audit.service';
import { fraudRulesPermission } from '../services/rules/constants';
import type { PageOptions } from '../services/rules/page';
import type { ProblemView } from '../services/rules/problem-words';
import { RuleSetService, type RuleSetSummary, type RuleSetView } from '../services/rules/rule-set.service';
import { RuleStatisticsService, type RuleStatistics } from '../services/rules/rule-statistics.service';
import type { Operator, Rule } from '../types';
import type { FraudRulesInvalidError, FraudStaleError, FraudVersionNotFoundError } from './rules-errors';

interface PublishInput {
  baseVersion: number;
  note?: string | null;
  rules: unknown[];
}

interface RestoreInput {
  baseVersion: number;
  version: number;
  note?: string | null;
}

type AuditOptions = PageOptions & { subject?: FraudAuditEntry['subject'] | null; target?: string | null };

@Resolver()
export class FraudRulesResolver {
  constructor(
    private readonly rules: RuleSetService,
    private readonly statistics: RuleStatisticsService,
    private readonly audit: FraudAuditService,
  ) {}

  @Query()
  @Allow(fraudRulesPermission.Read)
  fraudRules(@Ctx() ctx: RequestContext): Promise<RuleSetView> {
    requireDefaultChannel(ctx);
    return this.rules.view(ctx);
  }

  @Query()
  @Allow(fraudRulesPermission.Read)
  fraudRuleSetVersion(
    @Ctx() ctx: RequestContext,
    @Args() { version }: { version: number },
  ): Promise<RuleSetView | undefined> {
    requireDefaultChannel(ctx);
    return this.rules.version(ctx, version);
  }

  @Query()
  @Allow(fraudRulesPermission.Read)
  fraudRuleSetVersions(
    @Ctx() ctx: RequestContext,
    @Args() { options }: { options?: PageOptions | null },
  ): Promise<{ items: RuleSetSummary[]; totalItems: number }> {
    requireDefaultChannel(ctx);
    return this.rules.list(ctx, options);
  }

  @Query()
  @Allow(fraudRulesPermission.Read)
  fraudFields(
    @Ctx() ctx: RequestContext,
  ): (Omit<Field, 'personal'> & { operators: readonly Operator[]; personal: boolean })[] {
    requireDefaultChannel(ctx);
    return FIELDS.map(field => ({
      ...field,
      operators: OPERATORS_OF[field.type],
      personal: field.personal === true,
    }));
  }

  @Query()
  @Allow(fraudRulesPermission.Read)
  async checkFraudRules(
    @Ctx() ctx: RequestContext,
    @Args() { rules }: { rules: unknown[] },
  ): Promise<{ valid: boolean; problems: ProblemView[] }> {
    requireDefaultChannel(ctx);
    const problems = await this.rules.problems(ctx, rules);
    return { valid: problems.every(({ severity }) => severity === 'warning'), problems };
  }

  @Query()
  @Allow(fraudRulesPermission.Read)
  fraudRuleStatistics(
    @Ctx() ctx: RequestContext,
    @Args() { from, to }: { from: Date; to: Date },
  ): Promise<RuleStatistics[]> {
    requireDefaultChannel(ctx);
    return this.statistics.of(ctx, from, to);
  }

  @Query()
  @Allow(fraudRulesPermission.Read)
  fraudAuditLog(
    @Ctx() ctx: RequestContext,
    @Args() { options }: { options?: AuditOptions | null },
  ): Promise<{ items: AuditView[]; totalItems: number }> {
    requireDefaultChannel(ctx);
    return this.audit.list(ctx, options ?? {});
  }

  @Transaction()
  @Mutation()
  @Allow(fraudRulesPermission.Update)
  publishFraudRules(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: PublishInput },
  ): Promise<RuleSetView | FraudRulesInvalidError | FraudStaleError> {
    requireDefaultChannel(ctx);
    return this.rules.publish(ctx, input);
  }

  @Transaction()
  @Mutation()
  @Allow(fraudRulesPermission.Update)
  restoreFraudRules(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: RestoreInput },
  ): Promise<RuleSetView | FraudRulesInvalidError | FraudStaleError | FraudVersionNotFoundError> {
    requireDefaultChannel(ctx);
    return this.rules.restore(ctx, input);
  }
}

@Resolver('FraudRule')
export class FraudRuleResolver {
  @ResolveField()
  expiresAt(@Parent() { expiresAt }: Rule): Date | null {
    return expiresAt === null ? null : new Date(expiresAt);
  }
}

@Resolver('PublishFraudRulesResult')
export class PublishFraudRulesResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return value instanceof ErrorResult ? value.__typename : 'FraudRuleSet';
  }
}

@Resolver('RestoreFraudRulesResult')
export class RestoreFraudRulesResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return value instanceof ErrorResult ? value.__typename : 'FraudRuleSet';
  }
}
