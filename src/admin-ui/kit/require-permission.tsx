import { PageBlock } from '@vendure/admin-ui/react';
import React, { type PropsWithChildren } from 'react';
import { Notice } from './notice';
import { namesOf, usePermission, type AnyPermission } from './use-permission';

/**
 * Shows its content to staff who hold a permission and says so to the others. The API checks the same again; but
 * the Admin UI logs a person out whose query is refused, so a page must not even ask.
 *
 * @param part for a part of a page: what cannot be seen without the permission; a whole page else
 */
export function RequirePermission({
  permission,
  part,
  children,
}: PropsWithChildren<{ permission: AnyPermission; part?: string }>) {
  if (usePermission(permission)) return <>{children}</>;
  const notice = (
    <Notice tone="neutral" title={`You are not allowed to see ${part ?? 'this page'}`}>
      It needs the permission {oneOf(permission)}. An administrator can add it to one of your roles.
    </Notice>
  );
  return part === undefined ? <PageBlock>{notice}</PageBlock> : notice;
}

function oneOf(permission: AnyPermission): string {
  return namesOf(permission)
    .map(name => `“${name}”`)
    .join(' or ');
}
