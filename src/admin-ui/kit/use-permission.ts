import { PermissionsService } from '@vendure/admin-ui/core';
import { useInjector } from '@vendure/admin-ui/react';
import { useEffect, useState } from 'react';

/** Whether the person who is signed in holds a permission. */
export function usePermission(permission: string): boolean {
  const permissions = useInjector(PermissionsService);
  const [allowed, setAllowed] = useState(() => permissions.userHasPermissions([permission]));
  useEffect(() => {
    const subscription = permissions.currentUserPermissions$.subscribe(() =>
      setAllowed(permissions.userHasPermissions([permission])),
    );
    return () => subscription.unsubscribe();
  }, [permissions, permission]);
  return allowed;
}
