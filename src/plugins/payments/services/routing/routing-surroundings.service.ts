import { Injectable } from '@nestjs/common';
import { CurrencyCode } from '@vendure/common/lib/generated-types';
import {
  Channel,
  CustomerGroup,
  TransactionalConnection,
  type ID,
  type RequestContext,
  type Type,
  type VendureEntity,
} from '@vendure/core';
import { In } from 'typeorm';
import type { RoutableProvider, RoutingRule } from '../../rules/routing';
import type { RoutingSurroundings } from '../../rules/routing-problems';
import { ProviderRegistry } from '../providers/provider-registry';

const CURRENCIES: ReadonlySet<string> = new Set(Object.values(CurrencyCode));

/** What there is in the shop for routing rules to name. Reads only. */
@Injectable()
export class RoutingSurroundingsService {
  private countries: ReadonlySet<string> | undefined;

  constructor(
    private readonly connection: TransactionalConnection,
    private readonly registry: ProviderRegistry,
  ) {}

  /** In the order of the configuration. */
  providers(): RoutableProvider[] {
    return this.registry.codes().flatMap(code => {
      const provider = this.registry.find(code);
      return provider === undefined ? [] : [{ code, methodTypes: provider.capabilities.methodTypes }];
    });
  }

  async of(ctx: RequestContext, rules: readonly RoutingRule[]): Promise<RoutingSurroundings> {
    return {
      providers: this.providers(),
      currencies: CURRENCIES,
      countries: await this.knownCountries(),
      channelIds: await this.existing(
        ctx,
        Channel,
        rules.flatMap(({ when }) => when.channelIds ?? []),
      ),
      customerGroupIds: await this.existing(
        ctx,
        CustomerGroup,
        rules.flatMap(({ when }) => when.customerGroupIds ?? []),
      ),
    };
  }

  private async existing(
    ctx: RequestContext,
    entity: Type<VendureEntity>,
    named: readonly string[],
  ): Promise<ReadonlySet<string>> {
    // What is no id at all is not known either, and the database must not be asked for it.
    const ids = [...new Set(named)].filter(id => /^[1-9]\d{0,8}$/.test(id));
    if (ids.length === 0) return new Set();
    const found = await this.connection
      .getRepository(ctx, entity)
      .find({ select: { id: true }, where: { id: In(ids as ID[]) } });
    return new Set(found.map(({ id }) => String(id)));
  }

  /** Large, and seldom needed. */
  private async knownCountries(): Promise<ReadonlySet<string>> {
    if (this.countries === undefined) {
      const { default: countries } = await import('world-countries');
      this.countries = new Set(countries.map(({ cca2 }) => cca2));
    }
    return this.countries;
  }
}
