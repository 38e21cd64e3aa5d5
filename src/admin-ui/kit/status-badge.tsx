import React, { type PropsWithChildren } from 'react';

/** What a colour means; the text beside it says the same, for those who do not see the colour. */
export type Tone = 'success' | 'warning' | 'error' | 'neutral';

/** One word about the state of something. */
export function StatusBadge({ tone, children }: PropsWithChildren<{ tone: Tone }>) {
  return <span className={`tw-badge tw-badge-${tone}`}>{children}</span>;
}
