import {
  DataTable,
  DefinitionList,
  Dialog,
  Notice,
  QueryState,
  formatMoment,
  usePolledQuery,
  type Column,
} from '@tradewind/admin-ui-kit';
import React from 'react';
import { DeliveryError, DeliveryStateBadge, DeliveryTimes } from './delivery-cells';
import { about, attempts } from './event-text';
import { EVENT, type Delivery, type EventDetail } from './events.query';

const COLUMNS: ReadonlyArray<Column<Delivery>> = [
  { header: 'Handler', cell: delivery => delivery.handler, keepWords: true },
  { header: 'State', cell: delivery => <DeliveryStateBadge delivery={delivery} /> },
  { header: 'Attempts', cell: attempts, numeric: true },
  { header: 'Last attempt', cell: delivery => <DeliveryTimes delivery={delivery} />, noWrap: true },
  { header: 'Error', cell: delivery => <DeliveryError delivery={delivery} /> },
];

/** One event in full: its data, and whom it reached. */
export function EventDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const query = usePolledQuery<{ domainEvent: EventDetail | null }>(EVENT, undefined, { id });
  const event = query.data?.domainEvent;
  return (
    <Dialog
      wide
      title={event == null ? 'Event' : `${event.eventType} of ${about(event)}`}
      onClose={onClose}
      actions={
        <button type="button" className="button" onClick={query.refresh}>
          Refresh
        </button>
      }
    >
      <QueryState query={query} failure="The event cannot be read">
        {({ domainEvent }) =>
          domainEvent === null ? (
            <Notice tone="neutral" title="There is no such event any more">
              It was older than the shop keeps events.
            </Notice>
          ) : (
            <EventParts event={domainEvent} />
          )
        }
      </QueryState>
    </Dialog>
  );
}

function EventParts({ event }: { event: EventDetail }) {
  return (
    <>
      <DefinitionList
        items={[
          { term: 'Time', value: formatMoment(event.timestamp) },
          { term: 'About', value: about(event) },
          { term: 'Version', value: event.version },
          { term: 'Schema version', value: event.schemaVersion },
          { term: 'Caused by user', value: event.userId ?? '–' },
          { term: 'Customer', value: event.customerId ?? '–' },
          { term: 'Channel', value: event.channelId ?? '–' },
          { term: 'Event id', value: event.eventId },
        ]}
      />
      <h3>Data</h3>
      <pre className="tw-code" tabIndex={0} role="group" aria-label="Data of the event">
        {JSON.stringify(event.eventData, null, 2)}
      </pre>
      <h3>Deliveries</h3>
      <DataTable
        caption="Deliveries of this event"
        columns={COLUMNS}
        rows={event.deliveries}
        rowKey={delivery => delivery.id}
        empty="No handler wanted it."
      />
    </>
  );
}
