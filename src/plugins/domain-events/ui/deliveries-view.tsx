import {
  DataTable,
  Field,
  Notice,
  Pager,
  QueryState,
  ReasonDialog,
  usePermission,
  usePolledQuery,
  useRequest,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState } from 'react';
import { DeliveryError, DeliveryStateBadge, DeliveryTimes } from './delivery-cells';
import { DryRunDialog } from './dry-run-dialog';
import { EventDialog } from './event-dialog';
import { PAGE_SIZE, deliveryOptions, type DeliveryFilter } from './event-filters';
import { DELIVERY_STATES, about, attempts, count, deliveryName, deliveryState, outcome } from './event-text';
import {
  DELIVERIES,
  DISCARD,
  RETRY,
  UPDATE,
  type Delivery,
  type DeliveryChange,
  type DeliveryState,
  type Handler,
  type List,
} from './events.query';

/** The API rehearses no more at once. */
const MAX_DRY_RUN = 20;

const NONE: ReadonlySet<string> = new Set();

type Shown = { kind: 'event'; id: string } | { kind: 'dry-run' } | { kind: 'discard' } | undefined;

interface Done {
  verb: 'retried' | 'discarded';
  change: DeliveryChange;
  /** Each outcome is told, also one that reads like the one before it. */
  at: number;
}

/** Deliveries by handler and state, at first the dead letters, and what staff do with them. */
export function DeliveriesView(props: {
  filter: DeliveryFilter;
  onFilter: (filter: DeliveryFilter) => void;
  handlers: readonly Handler[];
  /** After a change: the figures of the page are others now. */
  onChanged: () => void;
}) {
  const { filter, handlers } = props;
  const mayChange = usePermission(UPDATE);
  const [skip, setSkip] = useState(0);
  const [selected, setSelected] = useState(NONE);
  const [shown, setShown] = useState<Shown>(undefined);
  const [done, setDone] = useState<Done | undefined>(undefined);
  const query = usePolledQuery<{ domainEventDeliveries: List<Delivery> }>(DELIVERIES, undefined, {
    options: deliveryOptions(filter, skip),
  });
  const retry = useRequest<{ change: DeliveryChange }>(RETRY);
  const discard = useRequest<{ change: DeliveryChange }>(DISCARD);

  const show = (next: Partial<DeliveryFilter>) => {
    props.onFilter({ ...filter, ...next });
    setSkip(0);
    setSelected(NONE);
    setDone(undefined);
  };
  const finish = (verb: Done['verb'], answer: { change: DeliveryChange } | undefined) => {
    if (answer === undefined) return;
    setDone({ verb, change: answer.change, at: Date.now() });
    setSelected(NONE);
    setShown(undefined);
    setSkip(0);
    query.refresh();
    props.onChanged();
  };
  const ids = [...selected];
  const sendRetry = () => void retry.send({ ids }).then(answer => finish('retried', answer));

  const columns: ReadonlyArray<Column<Delivery>> = [
    {
      header: 'Event',
      keepWords: true,
      cell: delivery => (
        <>
          <button
            type="button"
            className="tw-link"
            aria-haspopup="dialog"
            onClick={() => setShown({ kind: 'event', id: delivery.event.id })}
          >
            {delivery.eventType}
          </button>
          <span className="tw-cell-note">{about(delivery)}</span>
        </>
      ),
    },
    { header: 'Handler', cell: delivery => delivery.handler, keepWords: true },
    { header: 'State', cell: delivery => <DeliveryStateBadge delivery={delivery} /> },
    { header: 'Attempts', cell: attempts, numeric: true },
    { header: 'Last attempt', cell: delivery => <DeliveryTimes delivery={delivery} />, noWrap: true },
    { header: 'Error', cell: delivery => <DeliveryError delivery={delivery} /> },
  ];

  return (
    <Card title="Deliveries, newest first">
      <div className="tw-fields">
        <Field label="Handler">
          <select value={filter.handler} onChange={event => show({ handler: event.target.value })}>
            <option value="">All</option>
            {handlers.map(({ name, deadLetters }) => (
              <option key={name} value={name}>
                {deadLetters === 0 ? name : `${name} (${count(deadLetters, 'dead letter')})`}
              </option>
            ))}
          </select>
        </Field>
        <Field label="State">
          <select
            value={filter.state}
            onChange={event => show({ state: event.target.value as DeliveryState | '' })}
          >
            <option value="">All</option>
            {DELIVERY_STATES.map(state => (
              <option key={state} value={state}>
                {deliveryState(state).text}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <div className="tw-actions" role="group" aria-label="What to do with the chosen deliveries">
        {mayChange && (
          <>
            <button
              type="button"
              className="button-small"
              disabled={ids.length === 0 || ids.length > MAX_DRY_RUN}
              onClick={() => setShown({ kind: 'dry-run' })}
            >
              Dry run
            </button>
            <button type="button" className="button-small" disabled={ids.length === 0} onClick={sendRetry}>
              Retry
            </button>
            <button
              type="button"
              className="button-small"
              disabled={ids.length === 0}
              onClick={() => setShown({ kind: 'discard' })}
            >
              Discard
            </button>
          </>
        )}
        <button type="button" className="button-small" onClick={query.refresh}>
          Refresh
        </button>
        <span role="status">
          {mayChange
            ? ids.length > 0 &&
              `${ids.length} chosen${ids.length > MAX_DRY_RUN ? `; a dry run takes ${MAX_DRY_RUN} at most` : ''}`
            : `To retry or discard, you need the permission “${UPDATE}”.`}
        </span>
      </div>
      {done !== undefined && <Outcome key={done.at} {...done} />}
      {retry.error !== undefined && (
        <Notice tone="error" title="Nothing was retried">
          {retry.error}
        </Notice>
      )}
      <QueryState query={query} failure="The deliveries cannot be read">
        {({ domainEventDeliveries }) => (
          <>
            <DataTable
              caption="Deliveries"
              columns={columns}
              rows={domainEventDeliveries.items}
              rowKey={delivery => delivery.id}
              empty={filter.state === 'dead' ? 'There are no dead letters.' : 'No delivery fits the filter.'}
              {...(mayChange ? { selection: { selected, onChange: setSelected, label: deliveryName } } : {})}
            />
            <Pager
              label="Pages of deliveries"
              skip={skip}
              take={PAGE_SIZE}
              total={domainEventDeliveries.totalItems}
              onChange={next => {
                setSkip(next);
                setSelected(NONE);
              }}
            />
          </>
        )}
      </QueryState>
      {shown?.kind === 'event' && <EventDialog id={shown.id} onClose={() => setShown(undefined)} />}
      {shown?.kind === 'dry-run' && <DryRunDialog ids={ids} onClose={() => setShown(undefined)} />}
      {shown?.kind === 'discard' && (
        <ReasonDialog
          title={`Discard ${count(ids.length, 'delivery', 'deliveries')}?`}
          explanation="Their handlers will not get these events any more; a replay can still give them to a database handler. The reason is kept, with who you are and the time."
          action="Discard"
          error={discard.error}
          onConfirm={reason => void discard.send({ ids, reason }).then(answer => finish('discarded', answer))}
          onClose={() => {
            discard.reset();
            setShown(undefined);
          }}
        />
      )}
    </Card>
  );
}

function Outcome({ verb, change }: Done) {
  const { tone, text } = outcome(verb, change);
  return (
    <Notice tone={tone} title={text} takesFocus>
      {change.refused.length > 0 && (
        <ul>
          {change.refused.map(({ id, message }) => (
            <li key={id}>
              Delivery {id}: {message}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
