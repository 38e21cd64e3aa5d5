import { DEFAULT_CHANNEL_CODE } from '@vendure/common/lib/shared-constants';
import type { RequestContext } from '@vendure/core';
import { DomainEventInputError } from '../errors';

type ChannelOf = Pick<RequestContext, 'channel' | 'channelId'>;

/** The channel whose events staff see and change; undefined in the default channel, where they see all. */
export function channelScope(ctx: ChannelOf): string | undefined {
  return ctx.channel.code === DEFAULT_CHANNEL_CODE ? undefined : String(ctx.channelId);
}

/**
 * For what concerns the handlers of all channels at once.
 *
 * @throws DomainEventInputError in any channel but the default one
 */
export function requireDefaultChannel(ctx: ChannelOf): void {
  if (channelScope(ctx) !== undefined)
    throw new DomainEventInputError(
      'DEFAULT_CHANNEL_ONLY',
      'This concerns the events of all channels. Change to the default channel.',
    );
}
