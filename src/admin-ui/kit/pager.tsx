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
      <button
        type="button"
        className="button-small"
        disabled={skip === 0}
        onClick={() => onChange(Math.max(0, skip - take))}
      >
        Previous
      </button>
      <button
        type="button"
        className="button-small"
        disabled={skip + take >= total}
        onClick={() => onChange(skip + take)}
      >
        Next
      </button>
    </nav>
  );
}
