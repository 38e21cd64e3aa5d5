import { useEffect, useRef } from 'react';
import { pageKey } from './hotkeys';

/** What single keys do on a page. They rest while a dialog is open and while something is typed. */
export function useHotkeys(keys: Readonly<Record<string, () => void>>): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]') !== null) return;
      const focused = document.activeElement;
      const key = pageKey(event, focused instanceof HTMLElement ? focused : null);
      const act = Object.entries(current.current).find(([name]) => name === key)?.[1];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
