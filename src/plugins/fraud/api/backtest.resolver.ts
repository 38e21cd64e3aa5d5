import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Allow,
  Ctx,
  ErrorResult,
  Order,
  RequestContext,
  TransactionalConnection,
  type ID,
} from '@vendure/core';
import { requireDefaultChannel } from '../../payments';
import type { Example } from '../engine/backtest/tally';
import type { FraudBacktest } from '../entities/fraud-backtest.entity';
import { BacktestQueue } from '../services/backtest/backtest-queue';
import { BacktestService, type StartInput } from '../services/backtest/backtest.service';
import { fraudRulesPermission } from '../services/rules/constants';
import type { PageOptions } from '../services/rules/page';

@Resolver()
export class FraudBacktestsResolver {
  constructor(
    private readonly backtests: BacktestService,
    private readonly queue: BacktestQueue,
  ) {}

  @Query()
  @Allow(fraudRulesPermission.Read)
  fraudBacktest(@Ctx() ctx: RequestContext, @Args() { id }: { id: ID }): Promise<FraudBacktest | null> {
    requireDefaultChannel(ctx);
    return this.backtests.find(ctx, id);
  }

  @Query()
  @Allow(fraudRulesPermission.Read)
  fraudBacktests(
    @Ctx() ctx: RequestContext,
    @Args() { options }: { options?: PageOptions | null },
  ): Promise<{ items: FraudBacktest[]; totalItems: number }> {
    requireDefaultChannel(ctx);
    return this.backtests.list(ctx, options);
  }

  /** Without a transaction: a worker must find its row when the job begins. */
  @Mutation()
  @Allow(fraudRulesPermission.Read)
  async startFraudBacktest(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: StartInput },
  ): Promise<FraudBacktest | ErrorResult> {
    requireDefaultChannel(ctx);
    const backtest = await this.backtests.request(ctx, input);
    if (!(backtest instanceof ErrorResult)) await this.queue.add(backtest.id);
    return backtest;
  }

  @Mutation()
  @Allow(fraudRulesPermission.Read)
  cancelFraudBacktest(@Ctx() ctx: RequestContext, @Args() { id }: { id: ID }): Promise<FraudBacktest | null> {
    requireDefaultChannel(ctx);
    return this.backtests.cancel(ctx, id);
  }
}

@Resolver('FraudBacktest')
export class FraudBacktestResolver {
  @ResolveField()
  startedBy(@Parent() { user }: FraudBacktest): string | null {
    return user?.identifier ?? null;
  }

  @ResolveField()
  progress(@Parent() { state, checked, total }: FraudBacktest): number {
    if (state === 'done') return 1;
    return total === null || total === 0 ? 0 : Math.min(1, checked / total);
  }
}

@Resolver('FraudBacktestExample')
export class FraudBacktestExampleResolver {
  constructor(private readonly connection: TransactionalConnection) {}

  /** At most 50 of them, and only where they are asked for. */
  @ResolveField()
  async orderCode(@Ctx() ctx: RequestContext, @Parent() { orderId }: Example): Promise<string | null> {
    const order = await this.connection
      .getRepository(ctx, Order)
      .findOne({ where: { id: orderId }, select: { id: true, code: true } });
    return order?.code ?? null;
  }
}

@Resolver('StartFraudBacktestResult')
export class StartFraudBacktestResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return value instanceof ErrorResult ? value.__typename : 'FraudBacktest';
  }
}
