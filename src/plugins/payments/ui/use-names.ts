import { usePermission, useRequest, type AnyPermission } from '@tradewind/admin-ui-kit';
import type { DocumentNode } from 'graphql';
import { useEffect } from 'react';
import { CHANNELS, GROUPS, READ_CHANNELS, READ_GROUPS, type Named } from './routing.query';

/** What rules may name; nothing of what the person may not read. */
export interface Choices {
  groups: readonly Named[] | undefined;
  channels: readonly Named[] | undefined;
}

export function useChoices(): Choices {
  return {
    groups: useNamed(GROUPS, 'customerGroups', READ_GROUPS),
    channels: useNamed(CHANNELS, 'channels', READ_CHANNELS),
  };
}

/** The platform's own name of the first channel is for programs. */
function inWords({ id, name }: Named): Named {
  return { id, name: name === '__default_channel__' ? 'Default channel' : name };
}

/** Asks only with the permission: the Admin UI logs a person out whose query is refused. */
function useNamed(
  document: DocumentNode,
  field: string,
  permission: AnyPermission,
): readonly Named[] | undefined {
  const allowed = usePermission(permission);
  const { send, data } = useRequest<Record<string, { items: Named[] }>>(document);
  useEffect(() => {
    if (allowed) void send({});
  }, [allowed, send]);
  return allowed ? data?.[field]?.items.map(inWords) : undefined;
}
