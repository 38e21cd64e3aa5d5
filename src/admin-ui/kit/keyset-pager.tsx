import React from 'react';

/** The way through a list whose pages go by a cursor: nobody knows how many there are. Nothing for a list that fits. */
export function KeysetPager(props: {
  label: string;
  /** The way back. Nothing on the first page. */
  onNewer: (() => void) | undefined;
  /** Nothing on the last page. */
  onOlder: (() => void) | undefined;
}) {
  const { label, onNewer, onOlder } = props;
  if (onNewer === undefined && onOlder === undefined) return null;
  return (
    <nav className="tw-pager" aria-label={label}>
      <Step text="Newer" onStep={onNewer} />
      <Step text="Older" onStep={onOlder} />
    </nav>
  );
}

/** At the end it stays where it is: a button that is disabled while it has the focus loses it. */
function Step({ text, onStep }: { text: string; onStep: (() => void) | undefined }) {
  return (
    <button type="button" className="button-small" aria-disabled={onStep === undefined} onClick={onStep}>
      {text}
    </button>
  );
}
