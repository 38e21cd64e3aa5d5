import { PageBlock } from '@vendure/admin-ui/react';
import React, { type PropsWithChildren } from 'react';
import { Notice } from './notice';
import { usePermission } from './use-permission';

/**
 * Shows its content to staff who hold a permission and says so to the others. The API checks the same again; but
 * the Admin UI logs a person out whose query is refused, so a page must not even ask.
 */
export function RequirePermission({ permission, children }: PropsWithChildren<{ permission: string }>) {
  if (usePermission(permission)) return <>{children}</>;
  return (
    <PageBlock>
      <Notice tone="neutral" title="You are not allowed to see this page">
        It needs the permission “{permission}”. An administrator can add it to one of your roles.
      </Notice>
    </PageBlock>
  );
}
