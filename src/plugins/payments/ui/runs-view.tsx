import {
  DataTable,
  FirstLine,
  Pager,
  QueryState,
  StatusBadge,
  formatCount,
  formatDateTime,
  formatMoment,
  usePolledQuery,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useEffect, useState } from 'react';
import { runState, runTrigger } from './reconciliation-text';
import { RUNS, type List, type Run } from './reconciliation.query';

const PAGE_SIZE = 20;
const REFRESH_MS = 30_000;

const COLUMNS: ReadonlyArray<Column<Run>> = [
  { header: 'Asked for', cell: ({ createdAt }) => formatMoment(createdAt), noWrap: true },
  { header: 'By', cell: ({ trigger }) => runTrigger(trigger) },
  {
    header: 'State',
    cell: ({ state, error }) => {
      const { tone, text } = runState(state);
      return (
        <>
          <StatusBadge tone={tone}>{text}</StatusBadge>
          {error !== null && (
            <span className="tw-cell-note">
              <FirstLine text={error} />
            </span>
          )}
        </>
      );
    },
  },
  { header: 'Ended', cell: ({ endedAt }) => formatDateTime(endedAt), noWrap: true },
  { header: 'Payments', cell: ({ checked }) => formatCount(checked), numeric: true },
  { header: 'Repaired', cell: ({ repaired }) => formatCount(repaired), numeric: true },
  { header: 'Differences', cell: ({ differences }) => formatCount(differences), numeric: true },
  { header: 'No answer', cell: ({ unreachable }) => formatCount(unreachable), numeric: true },
];

/** The comparisons so far. */
export function RunsView({ changed }: { changed: string | undefined }) {
  const [skip, setSkip] = useState(0);
  const query = usePolledQuery<{ paymentReconciliationRuns: List<Run> }>(RUNS, REFRESH_MS, {
    options: { skip, take: PAGE_SIZE },
  });
  const { refresh } = query;
  useEffect(() => {
    // Before the first answer there is nothing that could be out of date.
    if (changed !== undefined && query.updatedAt !== undefined) refresh();
  }, [changed]);
  return (
    <Card title="Comparisons with the providers, newest first">
      <p className="tw-intro">
        What was certain was repaired by itself. Payments without an answer are compared in the next run.
      </p>
      <QueryState query={query} failure="The comparisons cannot be read">
        {({ paymentReconciliationRuns: { items, totalItems } }) => (
          <>
            <DataTable
              caption="Comparisons"
              columns={COLUMNS}
              rows={items}
              rowKey={({ id }) => id}
              empty="Nothing was compared yet."
            />
            <Pager
              label="Pages of the comparisons"
              skip={skip}
              take={PAGE_SIZE}
              total={totalItems}
              onChange={setSkip}
            />
          </>
        )}
      </QueryState>
    </Card>
  );
}
