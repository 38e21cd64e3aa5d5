import { useState } from 'react';

/** A filter as it is typed, and as it was applied last. */
export interface Filter<T> {
  draft: T;
  applied: T;
  /** Changes what is typed. */
  type: (fields: Partial<T>) => void;
  /** Changes and applies it: for choices, which need no confirmation. */
  choose: (fields: Partial<T>) => void;
  apply: () => void;
  clear: () => void;
}

/**
 * @param empty the filter that lets everything pass
 * @param onApply called with each application. That of the same filter is a wish for what is new.
 */
export function useFilter<T extends object>(
  empty: T,
  onApply: (same: boolean) => void,
  initial: T = empty,
): Filter<T> {
  const [draft, setDraft] = useState(initial);
  const [applied, setApplied] = useState(initial);
  const set = (next: T) => {
    setDraft(next);
    setApplied(next);
    onApply(JSON.stringify(next) === JSON.stringify(applied));
  };
  return {
    draft,
    applied,
    type: fields => setDraft({ ...draft, ...fields }),
    choose: fields => set({ ...draft, ...fields }),
    apply: () => set(draft),
    clear: () => set(empty),
  };
}
