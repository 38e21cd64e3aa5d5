import { Injectable } from '@nestjs/common';
import { AdministratorService, type Administrator, type ID, type RequestContext } from '@vendure/core';
import { AttemptLedgerService, type PaymentAttempt } from '../../../payments';
import type { FraudCaseEntry } from '../../entities/fraud-case-entry.entity';
import type { FraudCaseNote } from '../../entities/fraud-case-note.entity';
import type { FraudCase } from '../../entities/fraud-case.entity';
import { assigneeOf } from '../../rules/review';
import { CaseStore } from './case-store';
import { reviewPermission } from './constants';
import { decisionView, placesView } from './decision-views';
import { LinkedOrders, type LinkedOrder } from './linked-orders';
import { PaidOrders } from './paid-orders';
import { Clock } from '../clock';
import { RuleNames } from './rule-names';

/** What belongs to a case. Reads only; whoever asks may see the case. */
@Injectable()
export class CaseDetails {
  constructor(
    private readonly store: CaseStore,
    private readonly shop: PaidOrders,
    private readonly ledger: AttemptLedgerService,
    private readonly linked: LinkedOrders,
    private readonly names: RuleNames,
    private readonly administrators: AdministratorService,
    private readonly clock: Clock,
  ) {}

  async administrator(ctx: RequestContext, userId: ID | null): Promise<Administrator | null> {
    if (userId === null) return null;
    return (await this.administrators.findOneByUserId(ctx, userId)) ?? null;
  }

  assignee(ctx: RequestContext, one: FraudCase): Promise<Administrator | null> {
    return this.administrator(ctx, assigneeOf(one, this.clock.date()));
  }

  /** The last first. */
  async decisions(ctx: RequestContext, { attemptId }: FraudCase) {
    const decisions = await this.shop.decisions(ctx, attemptId);
    return Promise.all(
      decisions.map(async decision => decisionView(decision, await this.names.of(ctx, decision))),
    );
  }

  async places(ctx: RequestContext, { attemptId }: FraudCase) {
    const [last] = await this.shop.decisions(ctx, attemptId);
    return placesView(last?.signals ?? {});
  }

  paymentAttempts(ctx: RequestContext, orderId: ID): Promise<PaymentAttempt[]> {
    return this.ledger.ofOrder(ctx, orderId);
  }

  linkedOrders(ctx: RequestContext, orderId: ID): Promise<LinkedOrder[]> {
    return this.linked.of(ctx, orderId);
  }

  notes(ctx: RequestContext, id: ID): Promise<FraudCaseNote[]> {
    return this.store.notes(ctx, id);
  }

  history(ctx: RequestContext, id: ID): Promise<FraudCaseEntry[]> {
    return this.store.entries(ctx, id);
  }

  /** @returns null for staff who may not see cases: an order is also read by others */
  async ofOrder(ctx: RequestContext, orderId: ID): Promise<FraudCase[] | null> {
    return ctx.userHasPermissions([reviewPermission.Read]) ? this.store.ofOrder(ctx, orderId) : null;
  }
}
