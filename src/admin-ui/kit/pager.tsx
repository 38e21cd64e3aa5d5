import React from 'react';
import { formatCount } from './format';

/** Which rows of a list are seen, and the way to the others. Nothing for a list that fits. */
export function Pager(props: {
  label: string;
  skip: number;
  take: number;
  total: number;
  onChange: (skip: number) => void;
}) {
  const { label, skip, take, total, onChange } = props;
  if (total <= take && skip === 0) return null;
  return (
    <nav className="tw-pager" aria-label={label}>
      <span role="status">
        {formatCount(Math.min(skip + 1, total))}–{formatCount(Math.min(skip + take, total))} of{' '}
        {formatCount(total)}
      </span>
      <Step text="Previous" possible={skip > 0} onStep={() => onChange(Math.max(0, skip - take))} />
      <Step text="Next" possible={skip + take < total} onStep={() => onChange(skip + take)} />
    </nav>
  );
}

/** At the end it stays where it is: a button that is disabled while it has the focus loses it. */
function Step({ text, possible, onStep }: { text: string; possible: boolean; onStep: () => void }) {
  return (
    <button
      type="button"
      className="button-small"
      aria-disabled={!possible}
      onClick={() => possible && onStep()}
    >
      {text}
    </button>
  );
}
