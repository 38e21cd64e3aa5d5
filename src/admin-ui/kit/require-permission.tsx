import { PermissionsService } from '@vendure/admin-ui/core';
import { PageBlock, useInjector } from '@vendure/admin-ui/react';
import React, { useEffect, useState, type PropsWithChildren } from 'react';
import { Notice } from './notice';

/**
 * Shows its content to staff who hold a permission and says so to the others. The API checks the same again; but
 * the Admin UI logs a person out whose query is refused, so a page must not even ask.
 */
export function RequirePermission({ permission, children }: PropsWithChildren<{ permission: string }>) {
  const permissions = useInjector(PermissionsService);
  const [allowed, setAllowed] = useState(() => permissions.userHasPermissions([permission]));
  useEffect(() => {
    const subscription = permissions.currentUserPermissions$.subscribe(() =>
      setAllowed(permissions.userHasPermissions([permission])),
    );
    return () => subscription.unsubscribe();
  }, [permissions, permission]);
  if (allowed) return <>{children}</>;
  return (
    <PageBlock>
      <Notice tone="neutral" title="You are not allowed to see this page">
        It needs the permission “{permission}”. An administrator can add it to one of your roles.
      </Notice>
    </PageBlock>
  );
}
