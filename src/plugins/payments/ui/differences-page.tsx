import {
  Notice,
  RequireDefaultChannel,
  RequirePermission,
  StaffPage,
  StatusBadge,
  Tabs,
  formatDateTime,
  usePermission,
  usePolledQuery,
  useRequest,
  type PolledQuery,
} from '@tradewind/admin-ui-kit';
import React, { useEffect, useState } from 'react';
import { DifferencesView } from './differences-view';
import { DisputesView } from './disputes-view';
import { count } from './order-payments-text';
import { isGoing, runState } from './reconciliation-text';
import {
  READ_RECONCILIATION,
  RUNS,
  RUN_NOW,
  UPDATE_RECONCILIATION,
  type List,
  type Run,
} from './reconciliation.query';
import { RunsView } from './runs-view';

/** While a comparison goes on, and else. */
const BUSY_REFRESH_MS = 2_000;
const REFRESH_MS = 30_000;

type RunsQuery = PolledQuery<{ paymentReconciliationRuns: List<Run> }>;

/** Where the shop and its payment providers disagree, what shoppers' banks want back, and how it was found out. */
export function DifferencesPage() {
  return (
    <RequirePermission permission={READ_RECONCILIATION}>
      <RequireDefaultChannel>
        <DifferencesPageView />
      </RequireDefaultChannel>
    </RequirePermission>
  );
}

function DifferencesPageView() {
  const [tab, setTab] = useState('differences');
  const [busy, setBusy] = useState(false);
  const runs: RunsQuery = usePolledQuery(RUNS, busy ? BUSY_REFRESH_MS : REFRESH_MS, {
    options: { take: 1 },
  });
  const last = runs.data?.paymentReconciliationRuns.items[0];
  useEffect(() => setBusy(last !== undefined && isGoing(last)), [last]);

  return (
    <StaffPage title="Payment differences" bar={<RunBar runs={runs} last={last} />}>
      <Tabs
        label="Parts of this page"
        active={tab}
        onChange={setTab}
        tabs={[
          {
            id: 'differences',
            label: 'Differences',
            content: () => <DifferencesView runEnded={last?.endedAt === null ? undefined : last?.id} />,
          },
          { id: 'disputes', label: 'Disputes', content: () => <DisputesView /> },
          {
            id: 'runs',
            label: 'Comparisons',
            content: () => <RunsView changed={last === undefined ? undefined : `${last.id} ${last.state}`} />,
          },
        ]}
      />
    </StaffPage>
  );
}

/** The last comparison, and the way to the next one. */
function RunBar({ runs, last }: { runs: RunsQuery; last: Run | undefined }) {
  const mayRun = usePermission(UPDATE_RECONCILIATION);
  const run = useRequest<{ reconcilePayments: Run }>(RUN_NOW);
  const going = last !== undefined && isGoing(last);
  const start = async () => {
    if (going) return;
    if ((await run.send({})) !== undefined) runs.refresh();
  };
  return (
    <>
      <span className="tw-page-bar-state" role="status" data-testid="last-run">
        {last !== undefined ? <LastRun run={last} /> : runs.data !== undefined && 'Nothing was compared yet'}
      </span>
      {mayRun && (
        <button type="button" className="button-small" aria-disabled={going} onClick={() => void start()}>
          Compare now
        </button>
      )}
      {(run.error ?? runs.error) !== undefined && (
        <Notice
          tone="error"
          title={run.error === undefined ? 'The last comparison cannot be read' : 'Nothing was started'}
        >
          {run.error ?? runs.error}
        </Notice>
      )}
    </>
  );
}

function LastRun({ run }: { run: Run }) {
  const { tone, text } = runState(run.state);
  return (
    <>
      Compared last: {formatDateTime(run.endedAt ?? run.createdAt)}
      <StatusBadge tone={tone}>{text}</StatusBadge>
      {run.endedAt !== null &&
        `${count(run.checked, 'payment')}, ${count(run.differences, 'difference')}${
          run.unreachable === 0 ? '' : `, no answer for ${count(run.unreachable, 'payment')}`
        }`}
    </>
  );
}
