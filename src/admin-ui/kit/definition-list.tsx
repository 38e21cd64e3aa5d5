import React, { type ReactNode } from 'react';

export interface Definition {
  term: string;
  value: ReactNode;
}

/** Names and their values, side by side where there is room. */
export function DefinitionList({ items }: { items: readonly Definition[] }) {
  return (
    <dl className="tw-definitions">
      {items.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
