import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Allow,
  Ctx,
  ErrorResult,
  RequestContext,
  Transaction,
  type ID,
  type ListQueryOptions,
  type Order,
  type PaginatedList,
} from '@vendure/core';
import type { FraudCase } from '../entities/fraud-case.entity';
import type { CaseVerdict } from '../rules/review';
import { CaseDecisions } from '../services/review/case-decisions.service';
import { CaseDetails } from '../services/review/case-details';
import {
  CaseQueueService,
  type AssignInput,
  type CaseCounts,
  type QueuePart,
} from '../services/review/case-queue.service';
import {
  MAX_BULK,
  MAX_EXCEPT,
  MAX_NOTE_LENGTH,
  MAX_REASON_LENGTH,
  reviewPermission,
} from '../services/review/constants';
import { checkedCount, checkedText, optionalText } from './checked-input';

type Changed = Promise<FraudCase | ErrorResult>;

/** What staff see of the review queue, and do about it. A decision calls providers: no transaction is open around it. */
@Resolver()
export class FraudReviewResolver {
  constructor(
    private readonly queue: CaseQueueService,
    private readonly decisions: CaseDecisions,
  ) {}

  @Query()
  @Allow(reviewPermission.Read)
  fraudCases(
    @Ctx() ctx: RequestContext,
    @Args() { queue, options }: { queue?: QueuePart | null; options?: ListQueryOptions<FraudCase> },
  ): Promise<PaginatedList<FraudCase>> {
    return this.queue.list(ctx, queue ?? 'open', options);
  }

  @Query()
  @Allow(reviewPermission.Read)
  fraudCase(@Ctx() ctx: RequestContext, @Args() { id }: { id: ID }): Promise<FraudCase | null> {
    return this.queue.find(ctx, id);
  }

  @Query()
  @Allow(reviewPermission.Read)
  fraudCaseCounts(@Ctx() ctx: RequestContext): Promise<CaseCounts> {
    return this.queue.counts(ctx);
  }

  @Mutation()
  @Transaction()
  @Allow(reviewPermission.Update)
  nextFraudCase(
    @Ctx() ctx: RequestContext,
    @Args() { except }: { except?: ID[] | null },
  ): Promise<FraudCase | null> {
    return this.queue.next(ctx, checkedCount('except', except ?? [], MAX_EXCEPT));
  }

  @Mutation()
  @Transaction()
  @Allow(reviewPermission.Update)
  assignFraudCase(@Ctx() ctx: RequestContext, @Args() { input }: { input: AssignInput }): Changed {
    return this.queue.assign(ctx, input);
  }

  @Mutation()
  @Transaction()
  @Allow(reviewPermission.Update)
  releaseFraudCase(@Ctx() ctx: RequestContext, @Args() { id }: { id: ID }): Changed {
    return this.queue.release(ctx, id);
  }

  @Mutation()
  @Transaction()
  @Allow(reviewPermission.Update)
  addFraudCaseNote(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: { id: ID; text: string } },
  ): Changed {
    return this.queue.addNote(ctx, input.id, checkedText('note', input.text, MAX_NOTE_LENGTH));
  }

  @Mutation()
  @Allow(reviewPermission.Update)
  approveFraudCase(
    @Ctx() ctx: RequestContext,
    @Args() { input: { id, reason } }: { input: { id: ID; reason?: string | null } },
  ): Changed {
    const why = optionalText('reason', reason, MAX_REASON_LENGTH);
    return this.decisions.decide(ctx, { id, verdict: 'approve', reason: why });
  }

  @Mutation()
  @Allow(reviewPermission.Update)
  rejectFraudCase(
    @Ctx() ctx: RequestContext,
    @Args() { input: { id, reason } }: { input: { id: ID; reason: string } },
  ): Changed {
    const why = checkedText('reason', reason, MAX_REASON_LENGTH);
    return this.decisions.decide(ctx, { id, verdict: 'reject', reason: why });
  }

  @Mutation()
  @Allow(reviewPermission.Update)
  decideFraudCases(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: { ids: ID[]; verdict: CaseVerdict; reason: string } },
  ): Promise<{ id: ID; result: FraudCase | ErrorResult }[]> {
    const ids = checkedCount('ids', [...new Set(input.ids.map(String))], MAX_BULK);
    const reason = checkedText('reason', input.reason, MAX_REASON_LENGTH);
    return this.decisions.decideAll(ctx, ids, input.verdict, reason);
  }
}

@Resolver('FraudCase')
export class FraudCaseResolver {
  constructor(private readonly details: CaseDetails) {}

  @ResolveField()
  assignee(@Ctx() ctx: RequestContext, @Parent() one: FraudCase) {
    return this.details.assignee(ctx, one);
  }

  @ResolveField()
  decidedBy(@Ctx() ctx: RequestContext, @Parent() { decidedById }: FraudCase) {
    return this.details.administrator(ctx, decidedById);
  }

  @ResolveField()
  decisions(@Ctx() ctx: RequestContext, @Parent() one: FraudCase) {
    return this.details.decisions(ctx, one);
  }

  @ResolveField()
  places(@Ctx() ctx: RequestContext, @Parent() one: FraudCase) {
    return this.details.places(ctx, one);
  }

  @ResolveField()
  paymentAttempts(@Ctx() ctx: RequestContext, @Parent() { orderId }: FraudCase) {
    return this.details.paymentAttempts(ctx, orderId);
  }

  @ResolveField()
  linkedOrders(@Ctx() ctx: RequestContext, @Parent() { orderId }: FraudCase) {
    return this.details.linkedOrders(ctx, orderId);
  }

  @ResolveField()
  notes(@Ctx() ctx: RequestContext, @Parent() { id }: FraudCase) {
    return this.details.notes(ctx, id);
  }

  @ResolveField()
  history(@Ctx() ctx: RequestContext, @Parent() { id }: FraudCase) {
    return this.details.history(ctx, id);
  }
}

@Resolver('FraudCaseNote')
export class FraudCaseNoteResolver {
  constructor(private readonly details: CaseDetails) {}

  @ResolveField()
  author(@Ctx() ctx: RequestContext, @Parent() { authorId }: { authorId: ID | null }) {
    return this.details.administrator(ctx, authorId);
  }
}

@Resolver('FraudCaseEntry')
export class FraudCaseEntryResolver {
  constructor(private readonly details: CaseDetails) {}

  @ResolveField()
  by(@Ctx() ctx: RequestContext, @Parent() { userId }: { userId: ID | null }) {
    return this.details.administrator(ctx, userId);
  }
}

@Resolver('FraudCaseTakenError')
export class FraudCaseTakenErrorResolver {
  constructor(private readonly details: CaseDetails) {}

  @ResolveField()
  assignee(@Ctx() ctx: RequestContext, @Parent() { assigneeId }: { assigneeId: ID }) {
    return this.details.administrator(ctx, assigneeId);
  }
}

@Resolver('Order')
export class OrderFraudCasesResolver {
  constructor(private readonly details: CaseDetails) {}

  @ResolveField()
  fraudCases(@Ctx() ctx: RequestContext, @Parent() order: Order): Promise<FraudCase[] | null> {
    return this.details.ofOrder(ctx, order.id);
  }
}

@Resolver('ChangeFraudCaseResult')
export class ChangeFraudCaseResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return value instanceof ErrorResult ? value.__typename : 'FraudCase';
  }
}

@Resolver('DecideFraudCaseResult')
export class DecideFraudCaseResultResolver extends ChangeFraudCaseResultResolver {}
