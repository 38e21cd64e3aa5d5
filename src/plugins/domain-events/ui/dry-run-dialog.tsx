import {
  DataTable,
  Dialog,
  FirstLine,
  Notice,
  StatusBadge,
  useRequest,
  type Column,
} from '@tradewind/admin-ui-kit';
import React, { useEffect } from 'react';
import { about, dryRunState } from './event-text';
import { DRY_RUN, type DryRun } from './events.query';

const COLUMNS: ReadonlyArray<Column<DryRun>> = [
  {
    header: 'Event',
    keepWords: true,
    cell: ({ delivery }) => (
      <>
        {delivery.eventType}
        <span className="tw-cell-note">{about(delivery)}</span>
      </>
    ),
  },
  { header: 'Handler', cell: ({ delivery }) => delivery.handler, keepWords: true },
  { header: 'Result', cell: run => <DryRunBadge run={run} /> },
  {
    header: 'Explanation',
    cell: run => (
      <>
        {run.explanation}
        {run.failure !== null && <FirstLine text={run.failure} />}
      </>
    ),
  },
];

/** What a retry would do, first in words, then by running the handlers in a transaction that is rolled back. */
export function DryRunDialog({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const { send, data, error, loading } = useRequest<{ dryRunDomainEvents: DryRun[] }>(DRY_RUN);
  useEffect(() => {
    void send({ ids, rehearse: false });
    // Once, for the deliveries that were chosen when it was opened.
  }, []);
  return (
    <Dialog
      wide
      title="Dry run"
      onClose={onClose}
      actions={
        <button type="button" className="button primary" onClick={() => void send({ ids, rehearse: true })}>
          Rehearse
        </button>
      }
    >
      <p>
        Nothing is changed. “Rehearse” runs database handlers in a transaction that is rolled back; effects
        outside the shop are never rehearsed.
      </p>
      <div aria-live="polite" aria-busy={loading}>
        {error !== undefined && (
          <Notice tone="error" title="The dry run failed">
            {error}
          </Notice>
        )}
        {data === undefined && error === undefined && <div className="tw-empty">Asking …</div>}
        {data !== undefined && (
          <DataTable
            caption="What would happen"
            columns={COLUMNS}
            rows={data.dryRunDomainEvents}
            rowKey={run => run.delivery.id}
            empty="These deliveries do not exist any more."
          />
        )}
      </div>
    </Dialog>
  );
}

function DryRunBadge({ run }: { run: DryRun }) {
  const { tone, text } = dryRunState(run);
  return <StatusBadge tone={tone}>{text}</StatusBadge>;
}
