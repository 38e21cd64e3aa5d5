import React from 'react';

/** A text of which the first line says what it is about, such as an error with its stack; the rest on demand. */
export function FirstLine({ text }: { text: string }) {
  const [first = '', ...rest] = text.split('\n');
  if (rest.length === 0) return <>{first}</>;
  return (
    <details className="tw-more">
      <summary>{first}</summary>
      <pre className="tw-code">{rest.join('\n')}</pre>
    </details>
  );
}
