import {
  RequirePermission,
  StaffPage,
  StatusBadge,
  Tabs,
  formatTime,
  usePolledQuery,
} from '@tradewind/admin-ui-kit';
import React, { useState } from 'react';
import { DeliveriesView } from './deliveries-view';
import { DEAD_LETTERS, type DeliveryFilter } from './event-filters';
import { health } from './event-text';
import { EventsView } from './events-view';
import { OVERVIEW, READ, type Handler } from './events.query';
import { HandlersView } from './handlers-view';

/** How often the line above everything else is read anew. */
const REFRESH_MS = 10_000;

/** What happened in the shop, who reacts to it, and what keeps failing. */
export function EventsPage() {
  return (
    <RequirePermission permission={READ}>
      <EventsPageView />
    </RequirePermission>
  );
}

function EventsPageView() {
  const overview = usePolledQuery<{ domainEventHandlers: Handler[] }>(OVERVIEW, REFRESH_MS);
  const [tab, setTab] = useState('events');
  const [deliveries, setDeliveries] = useState<DeliveryFilter>(DEAD_LETTERS);
  const { data, updatedAt, error, refresh } = overview;
  const handlers = data?.domainEventHandlers;

  const showDeadLetters = (handler: string) => {
    setDeliveries({ handler, state: 'dead' });
    setTab('deliveries');
  };

  return (
    <StaffPage
      title="Events"
      bar={
        <>
          <span className="tw-page-bar-state" data-testid="health">
            {handlers !== undefined &&
              health(handlers).map(({ tone, text }) => (
                // Old figures prove nothing: their badges are grey.
                <StatusBadge key={text} tone={error === undefined ? tone : 'neutral'}>
                  {text}
                </StatusBadge>
              ))}
            {updatedAt !== undefined && <span>Updated at {formatTime(updatedAt)}</span>}
            {error !== undefined && <span role="alert">The figures cannot be read: {error}</span>}
          </span>
          <button type="button" className="button-small" onClick={refresh}>
            Refresh figures
          </button>
        </>
      }
    >
      <Tabs
        label="Parts of this page"
        active={tab}
        onChange={setTab}
        tabs={[
          { id: 'events', label: 'Events', content: () => <EventsView /> },
          {
            id: 'deliveries',
            label: 'Deliveries and dead letters',
            content: () => (
              <DeliveriesView
                filter={deliveries}
                onFilter={setDeliveries}
                handlers={handlers ?? []}
                onChanged={refresh}
              />
            ),
          },
          {
            id: 'handlers',
            label: 'Handlers and replay',
            content: () => <HandlersView overview={overview} onShowDeadLetters={showDeadLetters} />,
          },
        ]}
      />
    </StaffPage>
  );
}
