import React, { type PropsWithChildren, type ReactNode } from 'react';
import type { Tone } from './status-badge';

/** A message in the place of, or above, the content that it is about. */
export function Notice({
  tone,
  title,
  action,
  children,
}: PropsWithChildren<{ tone: Tone; title: string; action?: ReactNode }>) {
  return (
    <div className={`tw-notice tw-notice-${tone}`} role={tone === 'error' ? 'alert' : 'status'}>
      <div>
        <div className="tw-notice-title">{title}</div>
        {children}
      </div>
      {action}
    </div>
  );
}
