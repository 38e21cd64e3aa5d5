import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, Ctx, ErrorResult, Transaction, UserInputError, type ID, RequestContext } from '@vendure/core';
import type { Verdict } from '../engine/labels';
import type { FraudLabel } from '../entities/fraud-label.entity';
import { modelsPermission } from '../services/models/permission';
import { reviewPermission } from '../services/review/constants';
import { LabelService, type AttemptOutcome } from '../services/labels/label.service';
import type { LabelSource } from '../types';
import { optionalText } from './checked-input';
import { FraudAttemptNotFoundError } from './models-errors';

const MAX_NOTE = 1_000;

interface LabelInput {
  attemptId?: ID | null;
  orderId?: ID | null;
  verdict: Verdict;
  note?: string | null;
}

interface OutcomeView {
  attemptId: ID;
  orderId: ID;
  at: Date;
  fraud: boolean | null;
  source: LabelSource | null;
  knownAt: Date | null;
  labels: readonly FraudLabel[];
}

/** What became of payments, as staff see and say it. */
@Resolver()
export class FraudLabelsResolver {
  constructor(private readonly labels: LabelService) {}

  @Query()
  @Allow(modelsPermission.Read, reviewPermission.Read)
  async fraudOutcomes(
    @Ctx() ctx: RequestContext,
    @Args() { orderId }: { orderId: ID },
  ): Promise<OutcomeView[]> {
    return (await this.labels.ofOrder(ctx, orderId)).map(viewOf);
  }

  @Transaction()
  @Mutation()
  @Allow(modelsPermission.Update, reviewPermission.Update)
  async labelFraudAttempt(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: LabelInput },
  ): Promise<OutcomeView | FraudAttemptNotFoundError> {
    if ((input.attemptId == null) === (input.orderId == null)) {
      throw new UserInputError('error.fraud-label-target');
    }
    const note = optionalText('note', input.note, MAX_NOTE);
    const attempt = await this.labels.find(ctx, input);
    if (attempt === null) return new FraudAttemptNotFoundError();
    return viewOf(await this.labels.byStaff(ctx, attempt, input.verdict, note));
  }
}

@Resolver('FraudLabel')
export class FraudLabelResolver {
  @ResolveField()
  by(@Parent() { user }: FraudLabel): string | null {
    return user?.identifier ?? null;
  }
}

@Resolver('LabelFraudAttemptResult')
export class LabelFraudAttemptResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return value instanceof ErrorResult ? value.__typename : 'FraudOutcome';
  }
}

function viewOf({ attempt, labels }: AttemptOutcome): OutcomeView {
  const { attemptId, orderId, at, fraud, outcomeSource, outcomeKnownAt } = attempt;
  return { attemptId, orderId, at, fraud, source: outcomeSource, knownAt: outcomeKnownAt, labels };
}
