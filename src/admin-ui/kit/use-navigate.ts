import { Router } from '@angular/router';
import { useInjector } from '@vendure/admin-ui/react';
import { useCallback } from 'react';

/** Leads to another page of the Admin UI, such as `/orders/12`. */
export function useNavigate(): (to: string) => void {
  const router = useInjector(Router);
  return useCallback((to: string) => void router.navigateByUrl(to), [router]);
}
