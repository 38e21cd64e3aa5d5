import { Injectable } from '@nestjs/common';
import {
  AdministratorService,
  ListQueryBuilder,
  TransactionalConnection,
  type Administrator,
  type ID,
  type ListQueryOptions,
  type PaginatedList,
  type RequestContext,
  type VendureEntity,
} from '@vendure/core';
import type { EntityTarget } from 'typeorm';
import { requireDefaultChannel } from '../../api/default-channel';
import { PaymentDifference } from '../../entities/payment-difference.entity';
import { PaymentReconciliationRun } from '../../entities/payment-reconciliation-run.entity';

/** What staff see of differences and runs. They concern all channels, so only those of the default channel see them. */
@Injectable()
export class ReconciliationQueries {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly lists: ListQueryBuilder,
    private readonly administrators: AdministratorService,
  ) {}

  /** @throws ForbiddenError outside the default channel */
  differences(
    ctx: RequestContext,
    options: ListQueryOptions<PaymentDifference> = {},
  ): Promise<PaginatedList<PaymentDifference>> {
    return this.list(ctx, PaymentDifference, options, ['order', 'attempt']);
  }

  /** @throws ForbiddenError outside the default channel */
  difference(ctx: RequestContext, id: ID): Promise<PaymentDifference | null> {
    requireDefaultChannel(ctx);
    return this.connection
      .getRepository(ctx, PaymentDifference)
      .findOne({ where: { id }, relations: { order: true, attempt: true } });
  }

  /** @throws ForbiddenError outside the default channel */
  runs(
    ctx: RequestContext,
    options: ListQueryOptions<PaymentReconciliationRun> = {},
  ): Promise<PaginatedList<PaymentReconciliationRun>> {
    return this.list(ctx, PaymentReconciliationRun, options, []);
  }

  async resolvedBy(
    ctx: RequestContext,
    { resolvedById }: PaymentDifference,
  ): Promise<Administrator | undefined> {
    return resolvedById === null ? undefined : this.administrators.findOneByUserId(ctx, resolvedById);
  }

  private async list<T extends VendureEntity>(
    ctx: RequestContext,
    entity: EntityTarget<T> & (new () => T),
    options: ListQueryOptions<T>,
    relations: string[],
  ): Promise<PaginatedList<T>> {
    requireDefaultChannel(ctx);
    // The builder lets its own order win over the caller's, so it must not get one then.
    const sorted = Object.keys(options.sort ?? {}).length > 0;
    const newest = { orderBy: { id: 'DESC' } } as object;
    const [items, totalItems] = await this.lists
      .build(entity, options, { ctx, relations, ...(sorted ? {} : newest) })
      .getManyAndCount();
    return { items, totalItems };
  }
}
