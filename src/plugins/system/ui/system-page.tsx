import {
  DefinitionList,
  Notice,
  RequirePermission,
  StaffPage,
  StatusBadge,
  formatTime,
  usePolledQuery,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React from 'react';
import { QueueTable, ServiceTable, TaskTable } from './system-tables';
import { summary } from './status-text';
import { PERMISSION, SYSTEM_STATUS, type SystemStatusResult } from './system-status.query';

/** Twice the age that the API's answer may have: each refresh shows something new. */
const REFRESH_MS = 10_000;

/** What this installation consists of, and whether it works. */
export function SystemPage() {
  return (
    <RequirePermission permission={PERMISSION}>
      <SystemStatusView />
    </RequirePermission>
  );
}

function SystemStatusView() {
  const { data, updatedAt, error, loading, refresh } = usePolledQuery<SystemStatusResult>(
    SYSTEM_STATUS,
    REFRESH_MS,
  );
  const status = data?.systemStatus;
  return (
    <StaffPage
      title="System"
      bar={
        <>
          <span className="tw-page-bar-state">
            {status !== undefined && <Summary services={status.services} stale={error !== undefined} />}
            {updatedAt !== undefined && (
              <span data-testid="updated-at">Updated at {formatTime(updatedAt)}</span>
            )}
          </span>
          <button type="button" className="button-small" onClick={refresh} disabled={loading}>
            Refresh now
          </button>
        </>
      }
    >
      {error !== undefined && (
        <Notice
          tone="error"
          title={status === undefined ? 'The state cannot be read' : 'The figures below are out of date'}
          action={
            <button type="button" className="button-small" onClick={refresh} disabled={loading}>
              Try again
            </button>
          }
        >
          {error}
        </Notice>
      )}
      {status === undefined && error === undefined && (
        <div className="tw-empty" role="status">
          Asking all services …
        </div>
      )}
      {status !== undefined && (
        <>
          <Card title="Versions">
            <DefinitionList
              items={[
                { term: 'Tradewind', value: status.versions.tradewind },
                { term: 'Vendure', value: status.versions.vendure },
                { term: 'Node.js', value: status.versions.node },
              ]}
            />
          </Card>
          <Card title="Services">
            <ServiceTable services={status.services} />
          </Card>
          <Card title="Job queues">
            <QueueTable queues={status.queues} />
          </Card>
          <Card title="Scheduled tasks">
            <TaskTable tasks={status.scheduledTasks} />
          </Card>
        </>
      )}
    </StaffPage>
  );
}

/** Old figures prove nothing: their badge is grey. */
function Summary(props: { services: SystemStatusResult['systemStatus']['services']; stale: boolean }) {
  const { tone, text } = summary(props.services);
  return <StatusBadge tone={props.stale ? 'neutral' : tone}>{text}</StatusBadge>;
}
