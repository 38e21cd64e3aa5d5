import {
  DataTable,
  Field,
  Pager,
  QueryState,
  formatMoment,
  usePolledQuery,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState, type FormEvent } from 'react';
import { EventDialog } from './event-dialog';
import { NO_FILTER, PAGE_SIZE, eventOptions, type EventFilter } from './event-filters';
import { about } from './event-text';
import { EVENTS, EVENT_TYPES, type EventSummary, type EventType, type List } from './events.query';

/** All events, newest first, and one of them in full. */
export function EventsView() {
  const [filter, setFilter] = useState(NO_FILTER);
  const [skip, setSkip] = useState(0);
  const [open, setOpen] = useState<string | undefined>(undefined);
  const query = usePolledQuery<{ domainEvents: List<EventSummary> }>(EVENTS, undefined, {
    options: eventOptions(filter, skip),
  });
  const columns: ReadonlyArray<Column<EventSummary>> = [
    {
      header: 'Event',
      keepWords: true,
      cell: event => (
        <button type="button" className="tw-link" aria-haspopup="dialog" onClick={() => setOpen(event.id)}>
          {event.eventType}
        </button>
      ),
    },
    { header: 'About', cell: about },
    { header: 'Version', cell: event => event.version, numeric: true },
    { header: 'Time', cell: event => formatMoment(event.timestamp), noWrap: true },
  ];

  return (
    <Card title="Events, newest first">
      <EventFilterForm
        filter={filter}
        onApply={next => {
          setFilter(next);
          setSkip(0);
          // The same filter again is a wish for what is new.
          if (JSON.stringify(next) === JSON.stringify(filter) && skip === 0) query.refresh();
        }}
      />
      <QueryState query={query} failure="The events cannot be read">
        {({ domainEvents }) => (
          <>
            <DataTable
              caption="Events"
              columns={columns}
              rows={domainEvents.items}
              rowKey={event => event.id}
              empty={filter === NO_FILTER ? 'Nothing has happened yet.' : 'No event fits the filter.'}
            />
            <Pager
              label="Pages of events"
              skip={skip}
              take={PAGE_SIZE}
              total={domainEvents.totalItems}
              onChange={setSkip}
            />
          </>
        )}
      </QueryState>
      {open !== undefined && <EventDialog id={open} onClose={() => setOpen(undefined)} />}
    </Card>
  );
}

/** What is typed here counts when it is applied, not with each letter. */
function EventFilterForm(props: { filter: EventFilter; onApply: (filter: EventFilter) => void }) {
  const [draft, setDraft] = useState(props.filter);
  const { data } = usePolledQuery<{ domainEventTypes: EventType[] }>(EVENT_TYPES, undefined);
  const types = data?.domainEventTypes ?? [];
  const aggregates = [...new Set(types.map(type => type.aggregateType))].sort();
  const input = (field: keyof EventFilter, more: { type?: string; list?: string } = {}) => (
    <input
      type="text"
      step={1}
      {...more}
      value={draft[field]}
      onChange={event => setDraft({ ...draft, [field]: event.target.value })}
    />
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onApply(draft);
  };
  return (
    <form onSubmit={submit} aria-label="Filter of the events">
      <div className="tw-fields">
        <Field label="Type">{input('eventType', { list: 'tw-event-types' })}</Field>
        <Field label="About">{input('aggregateType', { list: 'tw-aggregate-types' })}</Field>
        <Field label="Its id">{input('aggregateId')}</Field>
        <Field label="From">{input('from', { type: 'datetime-local' })}</Field>
        <Field label="To">{input('to', { type: 'datetime-local' })}</Field>
        <div className="tw-actions">
          <button type="submit" className="button-small">
            Show
          </button>
          <button
            type="button"
            className="button-small"
            onClick={() => {
              setDraft(NO_FILTER);
              props.onApply(NO_FILTER);
            }}
          >
            Clear the filter
          </button>
        </div>
      </div>
      <datalist id="tw-event-types">
        {types.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id="tw-aggregate-types">
        {aggregates.map(name => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </form>
  );
}
