import type { RequestContext } from '@vendure/core';
import { channelScope, requireDefaultChannel } from './channel-scope';

const inChannel = (code: string, channelId: number) =>
  ({ channel: { code }, channelId }) as unknown as RequestContext;

it('is one channel, but all of them in the default channel', () => {
  expect(channelScope(inChannel('outlet', 2))).toBe('2');
  expect(channelScope(inChannel('__default_channel__', 1))).toBeUndefined();
});

it('keeps what concerns all channels to the default channel', () => {
  expect(() => requireDefaultChannel(inChannel('__default_channel__', 1))).not.toThrow();
  expect(() => requireDefaultChannel(inChannel('outlet', 2))).toThrow(/default channel/);
});
