import React, { useEffect, useRef, type PropsWithChildren, type ReactNode } from 'react';
import type { Tone } from './status-badge';

/**
 * A message in the place of, or above, the content that it is about.
 *
 * @param takesFocus for the outcome of an action whose button may be gone: the keyboard goes on from here
 */
export function Notice({
  tone,
  title,
  action,
  takesFocus = false,
  children,
}: PropsWithChildren<{ tone: Tone; title: string; action?: ReactNode; takesFocus?: boolean }>) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) element.current?.focus();
  }, [takesFocus]);
  return (
    <div
      ref={element}
      className={`tw-notice tw-notice-${tone}`}
      role={tone === 'error' ? 'alert' : 'status'}
      tabIndex={takesFocus ? -1 : undefined}
    >
      <div>
        <div className="tw-notice-title">{title}</div>
        {children}
      </div>
      {action}
    </div>
  );
}
