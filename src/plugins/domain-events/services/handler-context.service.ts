import { Injectable } from '@nestjs/common';
import { Channel, RequestContext, RequestContextService, TransactionalConnection } from '@vendure/core';
// Not exported; the only way to bind several contexts to one transaction without a savepoint for each.
import { TRANSACTION_MANAGER_KEY } from '@vendure/core/dist/common/constants';
import type { EntityManager } from 'typeorm';
import type { DomainEventMessage } from '../types';
import { Clock } from './clock';

const CHANNEL_TTL_MS = 30_000;

/** Makes the context that a handler gets: the event's channel, no user, all permissions of the system. */
@Injectable()
export class HandlerContextService {
  private channels = new Map<string, { until: number; channel: Channel | undefined }>();

  constructor(
    private readonly connection: TransactionalConnection,
    private readonly requestContexts: RequestContextService,
    private readonly clock: Clock,
  ) {}

  /** @param manager the transaction that the context is bound to, if any */
  async create(event: DomainEventMessage, manager?: EntityManager): Promise<RequestContext> {
    const channel = event.channelId === null ? undefined : await this.channel(event.channelId);
    const ctx = await this.requestContexts.create({
      apiType: 'admin',
      ...(channel === undefined ? {} : { channelOrToken: channel }),
    });
    if (manager !== undefined) Object.assign(ctx, { [TRANSACTION_MANAGER_KEY]: manager });
    return ctx;
  }

  /** A channel that was deleted meanwhile is undefined: the event then runs in the default channel. */
  private async channel(id: string): Promise<Channel | undefined> {
    const known = this.channels.get(id);
    if (known !== undefined && known.until > this.clock.now()) return known.channel;
    const channel = await this.connection.rawConnection.getRepository(Channel).findOne({
      where: { id },
      relations: { defaultShippingZone: true, defaultTaxZone: true },
    });
    this.channels.set(id, { until: this.clock.now() + CHANNEL_TTL_MS, channel: channel ?? undefined });
    return channel ?? undefined;
  }
}
