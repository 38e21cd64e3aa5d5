import { Injectable } from '@nestjs/common';
import {
  Channel,
  RequestContextService,
  TransactionalConnection,
  type ID,
  type RequestContext,
} from '@vendure/core';
import { Clock } from './clock';

const CHANNEL_TTL_MS = 30_000;

/** Makes contexts for work that nobody asks for at the moment: of a channel, no user, all permissions of the system. */
@Injectable()
export class ChannelContextService {
  private readonly channels = new Map<string, { until: number; channel: Channel | undefined }>();

  constructor(
    private readonly connection: TransactionalConnection,
    private readonly requestContexts: RequestContextService,
    private readonly clock: Clock,
  ) {}

  /** A context of its own at each call. For no channel, and for one that was deleted, the default channel's. */
  async of(channelId: ID | null): Promise<RequestContext> {
    const channel = channelId === null ? undefined : await this.channel(String(channelId));
    return this.requestContexts.create({
      apiType: 'admin',
      ...(channel === undefined ? {} : { channelOrToken: channel }),
    });
  }

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
