import { Injectable } from '@nestjs/common';
import { Logger, type RequestContext } from '@vendure/core';
import { ChannelContextService } from '../../../domain-events';
import { PatientTransaction } from '../../../payments';
import { loggerCtx } from '../../constants';
import { CaseDecisions } from './case-decisions.service';
import { CaseFollower } from './case-follower';
import { CaseStore } from './case-store';

/** Looks at cases by itself: whatever a crash or a lost event left undone is found here. */
@Injectable()
export class CaseWatch {
  constructor(
    private readonly store: CaseStore,
    private readonly decisions: CaseDecisions,
    private readonly follower: CaseFollower,
    private readonly transactions: PatientTransaction,
    private readonly contexts: ChannelContextService,
  ) {}

  /** @returns how many there were */
  async look(ctx: RequestContext, limit: number): Promise<number> {
    const due = await this.store.takeToLookAt(ctx, limit);
    for (const one of due) {
      try {
        if (one.status === 'deciding') await this.decisions.goOn(one);
        else await this.follow(one);
      } catch (error) {
        Logger.error(`Fraud case ${one.id} could not be looked at: ${(error as Error).message}`, loggerCtx);
      }
    }
    return due.length;
  }

  private async follow({ channelId, orderId }: { channelId: unknown; orderId: unknown }): Promise<void> {
    const ctx = await this.contexts.of(channelId as string);
    await this.transactions.run(ctx, tx => this.follower.follow(tx, orderId as string));
  }
}
