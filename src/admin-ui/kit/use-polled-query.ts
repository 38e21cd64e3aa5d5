import { DataService } from '@vendure/admin-ui/core';
import { useInjector } from '@vendure/admin-ui/react';
import type { DocumentNode } from 'graphql';
import { useCallback, useEffect, useRef, useState } from 'react';

export interface PolledQuery<T> {
  /** The last good answer; it stays when a later request fails. */
  data: T | undefined;
  /** When `data` came. */
  updatedAt: Date | undefined;
  /** Why the last request failed; gone after the next good answer. */
  error: string | undefined;
  /** Whether a request is under way. */
  loading: boolean;
  refresh: () => void;
}

/** After a failure the next try comes later by this: the Admin UI shows a message of its own for each failure. */
const FAILURE_FACTOR = 3;

/**
 * Runs a query now, when its variables change, and again after every interval, counted from the last answer, so that
 * slow answers do not pile up. It pauses while the browser tab is hidden. (The platform's own `useQuery` keeps its
 * first error for ever.)
 *
 * @param intervalMs without one it runs again only when told
 */
export function usePolledQuery<T>(
  query: DocumentNode,
  intervalMs: number | undefined,
  variables: Record<string, unknown> = {},
): PolledQuery<T> {
  const dataService = useInjector(DataService);
  const [state, setState] = useState<Omit<PolledQuery<T>, 'refresh'>>({
    data: undefined,
    updatedAt: undefined,
    error: undefined,
    loading: true,
  });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const request = useRef<{ unsubscribe(): void } | undefined>(undefined);
  // Equal variables are the same, though each rendering makes new ones.
  const variablesText = JSON.stringify(variables);

  const refresh = useCallback(() => {
    clearTimeout(timer.current);
    request.current?.unsubscribe();
    setState(previous => ({ ...previous, loading: true }));
    const again = (factor: number) => {
      if (intervalMs === undefined) return;
      const delayMs = intervalMs * factor;
      timer.current = setTimeout(() => (document.hidden ? again(factor) : refresh()), delayMs);
    };
    const sent = JSON.parse(variablesText) as Record<string, unknown>;
    request.current = dataService.query<T>(query, sent, 'network-only').single$.subscribe({
      next: data => {
        setState({ data, updatedAt: new Date(), error: undefined, loading: false });
        again(1);
      },
      error: (error: Error) => {
        setState(previous => ({ ...previous, error: error.message, loading: false }));
        again(FAILURE_FACTOR);
      },
    });
  }, [dataService, query, intervalMs, variablesText]);

  useEffect(() => {
    refresh();
    return () => {
      clearTimeout(timer.current);
      request.current?.unsubscribe();
    };
  }, [refresh]);

  return { ...state, refresh };
}
