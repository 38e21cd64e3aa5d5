import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, Ctx, ErrorResult, RequestContext } from '@vendure/core';
import { requireDefaultChannel } from '../../payments';
import type { Rate, SettingsChange } from '../engine/rules/settings';
import { fraudRulesPermission } from '../services/rules/constants';
import { FraudSettingsService, type SettingsView } from '../services/rules/settings.service';
import type { FraudSettingsInvalidError, FraudStaleError } from './rules-errors';

@Resolver()
export class FraudSettingsAdminResolver {
  constructor(private readonly settings: FraudSettingsService) {}

  @Query()
  @Allow(fraudRulesPermission.Read)
  fraudSettings(@Ctx() ctx: RequestContext): Promise<SettingsView> {
    requireDefaultChannel(ctx);
    return this.settings.view(ctx);
  }

  @Mutation()
  @Allow(fraudRulesPermission.Update)
  saveFraudSettings(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: SettingsChange & { baseVersion: number; note?: string | null } },
  ): Promise<SettingsView | FraudSettingsInvalidError | FraudStaleError> {
    requireDefaultChannel(ctx);
    return this.settings.save(ctx, input);
  }
}

@Resolver('FraudSettings')
export class FraudSettingsResolver {
  @ResolveField()
  exchangeRates(@Parent() { exchangeRates }: SettingsView): Rate[] {
    return Object.entries(exchangeRates).map(([currency, rate]) => ({ currency, rate }));
  }
}

@Resolver('SaveFraudSettingsResult')
export class SaveFraudSettingsResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return value instanceof ErrorResult ? value.__typename : 'FraudSettings';
  }
}
