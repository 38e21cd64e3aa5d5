import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@vendure/core';
// Not exported; the only way to bind several contexts to one transaction without a savepoint for each.
import { TRANSACTION_MANAGER_KEY } from '@vendure/core/dist/common/constants';
import type { EntityManager } from 'typeorm';
import type { DomainEventMessage } from '../types';
import { ChannelContextService } from './channel-context.service';

/** Makes the context that a handler gets: of the event's channel. */
@Injectable()
export class HandlerContextService {
  constructor(private readonly contexts: ChannelContextService) {}

  /** @param manager the transaction that the context is bound to, if any */
  async create(event: DomainEventMessage, manager?: EntityManager): Promise<RequestContext> {
    const ctx = await this.contexts.of(event.channelId);
    if (manager !== undefined) Object.assign(ctx, { [TRANSACTION_MANAGER_KEY]: manager });
    return ctx;
  }
}
