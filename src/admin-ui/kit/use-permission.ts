import { PermissionsService } from '@vendure/admin-ui/core';
import { useInjector } from '@vendure/admin-ui/react';
import { useEffect, useState } from 'react';

/** The name of a permission, or of several of which one is enough: as the API asks for them. */
export type AnyPermission = string | readonly string[];

/** Whether the person who is signed in holds a permission. */
export function usePermission(permission: AnyPermission): boolean {
  const permissions = useInjector(PermissionsService);
  const names = namesOf(permission);
  // Equal lists are the same, though each rendering makes new ones.
  const text = names.join();
  const [allowed, setAllowed] = useState(() => permissions.userHasPermissions(names));
  useEffect(() => {
    const subscription = permissions.currentUserPermissions$.subscribe(() =>
      setAllowed(permissions.userHasPermissions(text.split(','))),
    );
    return () => subscription.unsubscribe();
  }, [permissions, text]);
  return allowed;
}

/** The Admin UI's own check is of the same kind: one of them is enough. */
export function namesOf(permission: AnyPermission): string[] {
  return typeof permission === 'string' ? [permission] : [...permission];
}
