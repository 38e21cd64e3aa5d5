import { DataService } from '@vendure/admin-ui/core';
import { useInjector } from '@vendure/admin-ui/react';
import { Kind, OperationTypeNode, type DocumentNode } from 'graphql';
import { useCallback, useRef, useState } from 'react';
import { firstValueFrom } from 'rxjs';

export interface Request<T> {
  /** Sends it. Gives the answer, or nothing when it failed: `error` says why then. */
  send: (variables: Record<string, unknown>) => Promise<T | undefined>;
  /** The answer to the last one. */
  data: T | undefined;
  error: string | undefined;
  /** Whether one is under way. */
  loading: boolean;
  /** Forgets the answer and the error. */
  reset: () => void;
}

interface State<T> {
  data: T | undefined;
  error: string | undefined;
  loading: boolean;
}

/**
 * A query or a mutation that is sent when the person says so. A mutation is sent once, however often its button is
 * pressed meanwhile. (A button that is disabled for that time would lose the focus.)
 */
export function useRequest<T>(document: DocumentNode): Request<T> {
  const dataService = useInjector(DataService);
  const [state, setState] = useState<State<T>>(IDLE);
  const turn = useRef(0);
  const busy = useRef(false);

  const send = useCallback(
    async (variables: Record<string, unknown>) => {
      const mutation = isMutation(document);
      if (mutation && busy.current) return undefined;
      busy.current = true;
      // Of two queries the later one counts, whichever is answered first.
      const mine = ++turn.current;
      const settle = (next: State<T>) => {
        if (mine !== turn.current) return;
        busy.current = false;
        setState(next);
      };
      setState(previous => ({ ...previous, error: undefined, loading: true }));
      try {
        const data = await firstValueFrom(
          mutation
            ? dataService.mutate<T>(document, variables)
            : dataService.query<T>(document, variables, 'network-only').single$,
        );
        settle({ data, error: undefined, loading: false });
        return data;
      } catch (error) {
        settle({ data: undefined, error: (error as Error).message, loading: false });
        return undefined;
      }
    },
    [dataService, document],
  );

  const reset = useCallback(() => {
    // What is under way is not waited for any more.
    turn.current += 1;
    busy.current = false;
    setState(IDLE);
  }, []);
  return { ...state, send, reset };
}

const IDLE = { data: undefined, error: undefined, loading: false };

function isMutation(document: DocumentNode): boolean {
  return document.definitions.some(
    definition =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.MUTATION,
  );
}
