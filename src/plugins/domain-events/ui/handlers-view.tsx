import {
  DataTable,
  Notice,
  QueryState,
  ReasonDialog,
  StatusBadge,
  formatCount,
  usePermission,
  useRequest,
  type Column,
  type PolledQuery,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState } from 'react';
import { count, handlerKind, span } from './event-text';
import { RETIRE, UPDATE, type Handler } from './events.query';
import { ReplayDialog } from './replay-dialog';

type Shown = { kind: 'replay' | 'retire'; handler: Handler } | undefined;

/** Who reacts to events, how far each is, and the way to give one the past again. */
export function HandlersView(props: {
  overview: PolledQuery<{ domainEventHandlers: Handler[] }>;
  onShowDeadLetters: (handler: string) => void;
}) {
  const { overview } = props;
  const mayChange = usePermission(UPDATE);
  const [shown, setShown] = useState<Shown>(undefined);
  const [done, setDone] = useState<{ text: string; at: number } | undefined>(undefined);
  const retire = useRequest<object>(RETIRE);
  const finish = (text: string) => {
    setDone({ text, at: Date.now() });
    setShown(undefined);
    overview.refresh();
  };
  const columns: ReadonlyArray<Column<Handler>> = [
    {
      header: 'Handler',
      keepWords: true,
      cell: handler => (
        <>
          {handler.name}
          <HandlerNote handler={handler} />
        </>
      ),
    },
    { header: 'Kind', cell: handlerKind },
    { header: 'Events', cell: handler => handler.eventTypes.join(', ') },
    { header: 'Under way', cell: handler => formatCount(handler.backlog), numeric: true },
    {
      header: 'The oldest for',
      cell: handler => (handler.backlog === 0 ? '–' : span(handler.lagSeconds)),
      noWrap: true,
    },
    {
      header: 'Dead letters',
      cell: handler => <DeadLetters handler={handler} onShow={props.onShowDeadLetters} />,
      numeric: true,
    },
    ...(mayChange
      ? [
          {
            header: 'Action',
            cell: (handler: Handler) => <HandlerAction handler={handler} onShow={setShown} />,
          },
        ]
      : []),
  ];
  return (
    <Card title="Handlers">
      {done !== undefined && <Notice key={done.at} tone="success" title={done.text} takesFocus />}
      <QueryState query={overview} failure="The handlers cannot be read">
        {({ domainEventHandlers }) => (
          <DataTable
            caption="Handlers"
            columns={columns}
            rows={domainEventHandlers}
            rowKey={handler => handler.name}
            empty="Nothing reacts to events in this shop."
          />
        )}
      </QueryState>
      {shown?.kind === 'replay' && (
        <ReplayDialog
          handler={shown.handler}
          onClose={() => setShown(undefined)}
          onReplayed={events => finish(`${count(events, 'event')} replayed to ${shown.handler.name}`)}
        />
      )}
      {shown?.kind === 'retire' && (
        <ReasonDialog
          title={`Retire ${shown.handler.name}?`}
          explanation="This release does not have it. It gets no further events, and what waits for it is discarded."
          action="Retire"
          error={retire.error}
          onConfirm={reason =>
            void retire
              .send({ name: shown.handler.name, reason })
              .then(answer => answer !== undefined && finish(`${shown.handler.name} is retired`))
          }
          onClose={() => {
            retire.reset();
            setShown(undefined);
          }}
        />
      )}
    </Card>
  );
}

function HandlerNote({ handler }: { handler: Handler }) {
  if (handler.retiredAt !== null) return <span className="tw-cell-note">retired</span>;
  return handler.registered ? null : <span className="tw-cell-note">not in this release</span>;
}

function DeadLetters({ handler, onShow }: { handler: Handler; onShow: (handler: string) => void }) {
  if (handler.deadLetters === 0) return <>0</>;
  return (
    <button
      type="button"
      className="tw-link"
      aria-label={`Show ${count(handler.deadLetters, 'dead letter')} of ${handler.name}`}
      onClick={() => onShow(handler.name)}
    >
      <StatusBadge tone="error">{formatCount(handler.deadLetters)}</StatusBadge>
    </button>
  );
}

/** Effects outside are not repeated, so only database handlers can be replayed to. */
function HandlerAction({ handler, onShow }: { handler: Handler; onShow: (shown: Shown) => void }) {
  if (handler.registered && handler.kind === 'database') {
    return (
      <button
        type="button"
        className="button-small"
        aria-label={`Replay to ${handler.name}`}
        onClick={() => onShow({ kind: 'replay', handler })}
      >
        Replay …
      </button>
    );
  }
  if (handler.registered || handler.retiredAt !== null) return <>–</>;
  return (
    <button
      type="button"
      className="button-small"
      aria-label={`Retire ${handler.name}`}
      onClick={() => onShow({ kind: 'retire', handler })}
    >
      Retire …
    </button>
  );
}
