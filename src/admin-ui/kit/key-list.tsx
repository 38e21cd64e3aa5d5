import React from 'react';

/** The keys of a page, for those who want to know. */
export function KeyList({ keys }: { keys: ReadonlyArray<readonly [key: string, meaning: string]> }) {
  return (
    <details className="tw-more tw-keys">
      <summary>Keys of this page</summary>
      <ul className="tw-key-list">
        {keys.map(([key, meaning]) => (
          <li key={key}>
            <kbd>{key}</kbd> {meaning}
          </li>
        ))}
      </ul>
    </details>
  );
}
