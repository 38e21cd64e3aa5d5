import { ChannelService } from '@vendure/admin-ui/core';
import { PageBlock, useInjector } from '@vendure/admin-ui/react';
import React, { useEffect, useState, type PropsWithChildren } from 'react';
import { map, of, switchMap, timer } from 'rxjs';
import { Notice } from './notice';

/** While the channel changes, the Admin UI says for some milliseconds that it is the one before. */
const SETTLED_MS = 150;

/**
 * Shows its content in the default channel only, for what concerns all channels. The API refuses it elsewhere, and the
 * Admin UI would log the person out then: a page must not even ask.
 */
export function RequireDefaultChannel({ children }: PropsWithChildren) {
  const channels = useInjector(ChannelService);
  const [isDefault, setDefault] = useState<boolean | undefined>(undefined);
  useEffect(() => {
    const subscription = channels.defaultChannelIsActive$
      .pipe(switchMap(active => (active ? timer(SETTLED_MS).pipe(map(() => true)) : of(false))))
      .subscribe(setDefault);
    return () => subscription.unsubscribe();
  }, [channels]);
  if (isDefault === undefined) return null;
  if (isDefault) return <>{children}</>;
  return (
    <PageBlock>
      <Notice tone="neutral" title="This page concerns all channels">
        It is seen in the default channel only: change to it at the top of the menu.
      </Notice>
    </PageBlock>
  );
}
