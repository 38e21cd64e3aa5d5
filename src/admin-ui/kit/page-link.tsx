import { Location } from '@angular/common';
import { Router } from '@angular/router';
import { useInjector } from '@vendure/admin-ui/react';
import React, { type MouseEvent, type PropsWithChildren } from 'react';

/**
 * A link to another page of the Admin UI, such as `/orders/12`. It stays in the app, and yet can be opened in a new
 * tab (the platform's own `Link` leads out of the app there).
 */
export function PageLink({ to, children }: PropsWithChildren<{ to: string }>) {
  const router = useInjector(Router);
  const location = useInjector(Location);
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void router.navigateByUrl(to);
  };
  return (
    <a className="tw-link" href={location.prepareExternalUrl(to)} onClick={onClick}>
      {children}
    </a>
  );
}
