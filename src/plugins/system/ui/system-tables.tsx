import {
  DataTable,
  Notice,
  StatusBadge,
  formatCount,
  formatDateTime,
  type Column,
} from '@tradewind/admin-ui-kit';
import React from 'react';
import { latency, roleName, serviceState, taskState, type StatusText } from './status-text';
import type { Queue, ScheduledTask, Service } from './system-status.query';

const SERVICE_COLUMNS: ReadonlyArray<Column<Service>> = [
  { header: 'Service', cell: service => roleName(service.role) },
  { header: 'State', cell: service => <ServiceState service={service} /> },
  { header: 'Engine', cell: service => [service.engine, service.version].filter(Boolean).join(' ') },
  { header: 'Location', cell: service => service.location },
  { header: 'Latency', cell: latency, numeric: true },
];

const QUEUE_COLUMNS: ReadonlyArray<Column<Queue>> = [
  { header: 'Queue', cell: queue => queue.queue },
  { header: 'Waiting', cell: queue => formatCount(queue.waiting), numeric: true },
  { header: 'Running', cell: queue => formatCount(queue.running), numeric: true },
  { header: 'Failed', cell: queue => <FailedCount count={queue.failed} />, numeric: true },
];

const TASK_COLUMNS: ReadonlyArray<Column<ScheduledTask>> = [
  { header: 'Task', cell: task => task.id },
  { header: 'State', cell: task => <Badge {...taskState(task)} /> },
  { header: 'Schedule', cell: task => task.scheduleDescription },
  { header: 'Last run', cell: task => formatDateTime(task.lastExecutedAt), noWrap: true },
  {
    header: 'Next run',
    cell: task => formatDateTime(task.enabled ? task.nextExecutionAt : null),
    noWrap: true,
  },
];

export function ServiceTable({ services }: { services: readonly Service[] }) {
  return (
    <DataTable
      caption="Services in use"
      columns={SERVICE_COLUMNS}
      rows={services}
      rowKey={service => service.role}
      empty="No service is in use."
    />
  );
}

export function QueueTable({ queues }: { queues: readonly Queue[] | null }) {
  if (queues === null) return <Notice tone="error" title="The job queue does not answer" />;
  return (
    <DataTable
      caption="Jobs in each queue"
      columns={QUEUE_COLUMNS}
      rows={queues}
      rowKey={queue => queue.queue}
      empty="There are no job queues."
    />
  );
}

export function TaskTable({ tasks }: { tasks: readonly ScheduledTask[] | null }) {
  if (tasks === null) return <Notice tone="error" title="The scheduled tasks cannot be read" />;
  return (
    <DataTable
      caption="Scheduled tasks and their runs"
      columns={TASK_COLUMNS}
      rows={tasks}
      rowKey={task => task.id}
      empty="No tasks are scheduled."
    />
  );
}

function ServiceState({ service }: { service: Service }) {
  return (
    <>
      <Badge {...serviceState(service)} />
      {service.message !== null && <span className="tw-cell-note">{service.message}</span>}
    </>
  );
}

function FailedCount({ count }: { count: number }) {
  return count === 0 ? <>0</> : <StatusBadge tone="error">{formatCount(count)}</StatusBadge>;
}

function Badge({ tone, text }: StatusText) {
  return <StatusBadge tone={tone}>{text}</StatusBadge>;
}
