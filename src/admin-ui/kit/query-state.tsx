import React, { type ReactNode } from 'react';
import { Notice } from './notice';
import type { PolledQuery } from './use-polled-query';

/** The content that a query is for, once there is any; before that, that it loads; and why it failed. */
export function QueryState<T>(props: {
  query: PolledQuery<T>;
  /** What cannot be read when it fails, as a sentence. */
  failure: string;
  children: (data: T) => ReactNode;
}) {
  const { data, error, loading, refresh } = props.query;
  return (
    <>
      {error !== undefined && (
        <Notice
          tone="error"
          title={data === undefined ? props.failure : `${props.failure}: what is below may be out of date`}
          action={
            <button type="button" className="button-small" onClick={refresh}>
              Try again
            </button>
          }
        >
          {error}
        </Notice>
      )}
      {data === undefined && error === undefined && (
        <div className="tw-empty" role="status">
          Loading …
        </div>
      )}
      {data !== undefined && (
        <div aria-busy={loading} className={loading ? 'tw-busy' : undefined}>
          {props.children(data)}
        </div>
      )}
    </>
  );
}
