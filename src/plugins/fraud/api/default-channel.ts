import { DEFAULT_CHANNEL_CODE } from '@vendure/common/lib/shared-constants';
import { ForbiddenError, type RequestContext } from '@vendure/core';

/**
 * What concerns all channels, no single channel's staff see or change.
 *
 * @throws ForbiddenError outside the default channel
 */
export function requireDefaultChannel({ channel }: RequestContext): void {
  if (channel.code !== DEFAULT_CHANNEL_CODE) throw new ForbiddenError();
}
