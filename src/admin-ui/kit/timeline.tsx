import React, { type PropsWithChildren, type ReactNode } from 'react';
import { FirstLine } from './first-line';
import { formatMoment } from './format';
import { StatusBadge, type Tone } from './status-badge';

/** Things that happened, one below the other. */
export function Timeline({ label, children }: PropsWithChildren<{ label: string }>) {
  return (
    <ol className="tw-timeline" aria-label={label}>
      {children}
    </ol>
  );
}

/**
 * One thing that happened.
 *
 * @param note what kind of thing it is, or who did it; below the time
 * @param marked for the few that the others are about
 */
export function TimelineItem(props: PropsWithChildren<{ at: string; note: ReactNode; marked?: boolean }>) {
  return (
    <li className={props.marked === true ? 'tw-entry tw-entry-marked' : 'tw-entry'}>
      <div className="tw-entry-time">
        <time dateTime={props.at}>{formatMoment(props.at)}</time>
        <span className="tw-entry-kind">{props.note}</span>
      </div>
      <div className="tw-entry-body">{props.children}</div>
    </li>
  );
}

/** What it is, and how it stands. */
export function EntryTitle({
  text,
  state,
  children,
}: PropsWithChildren<{ text: string; state?: { tone: Tone; text: string } | undefined }>) {
  return (
    <div className="tw-entry-title">
      <strong>{text}</strong>
      {state !== undefined && <StatusBadge tone={state.tone}>{state.text}</StatusBadge>}
      {children}
    </div>
  );
}

/** Short texts in a row. */
export function Facts({ facts }: { facts: readonly string[] }) {
  if (facts.length === 0) return null;
  return (
    <ul className="tw-facts">
      {facts.map((fact, index) => (
        <li key={index}>
          <FirstLine text={fact} />
        </li>
      ))}
    </ul>
  );
}
