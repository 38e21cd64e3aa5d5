import {
  DataTable,
  EntryTitle,
  Facts,
  StatusBadge,
  formatMoment,
  type Column,
} from '@tradewind/admin-ui-kit';
import React, { useId } from 'react';
import { OrderCell } from './payment-cells';
import { asksReason, nameOf } from './use-resolve';
import { KINDS, actionText, resolutionText, staffName } from './reconciliation-text';
import type { Difference, DifferenceAction } from './reconciliation.query';
import { comparisons, type Comparison } from './sides';

/** One difference: what it is, what both sides say, and what can be done about it. */
export function DifferenceItem(props: {
  difference: Difference;
  /** Without it, the person may only look. */
  onAct: ((difference: Difference, action: DifferenceAction) => void) | undefined;
}) {
  const { difference, onAct } = props;
  const { kind, provider, order, actions, createdAt, lastSeenAt } = difference;
  const title = useId();
  const about = nameOf(difference);
  return (
    <li className="tw-block" aria-labelledby={title}>
      <div id={title}>
        <EntryTitle
          text={about}
          state={
            difference.status === 'open'
              ? { tone: 'warning', text: 'Open' }
              : { tone: 'neutral', text: resolutionText(difference.resolution) }
          }
        />
      </div>
      <div className="tw-entry-note">
        {provider}
        {order !== null && (
          <>
            , order <OrderCell order={order} />
          </>
        )}
      </div>
      <p>{KINDS[kind].meaning}</p>
      <div className="tw-block-table">
        <DataTable
          caption={`${about}: both sides`}
          columns={columnsOf(provider)}
          rows={comparisons(difference)}
          rowKey={({ fact }) => fact}
          empty=""
        />
      </div>
      <Facts
        facts={[
          `found ${formatMoment(createdAt)}`,
          `seen last ${formatMoment(lastSeenAt)}`,
          ...(difference.resolvedAt === null
            ? []
            : [`ended ${formatMoment(difference.resolvedAt)} by ${staffName(difference.resolvedBy)}`]),
        ]}
      />
      {difference.note !== null && <blockquote className="tw-quote">{difference.note}</blockquote>}
      {onAct !== undefined && actions.length > 0 && (
        <div className="tw-actions tw-entry-actions">
          {actions.map(action => (
            <button
              key={action}
              type="button"
              className="button-small"
              aria-haspopup={asksReason(action) ? 'dialog' : undefined}
              aria-label={`${actionText(action, kind).name}: ${about}`}
              onClick={() => onAct(difference, action)}
            >
              {actionText(action, kind).name}
              {asksReason(action) && ' …'}
            </button>
          ))}
        </div>
      )}
    </li>
  );
}

function columnsOf(provider: string): ReadonlyArray<Column<Comparison>> {
  const said = (text: string, differs: boolean) =>
    differs ? <mark className="tw-differs">{text}</mark> : <>{text}</>;
  return [
    {
      header: 'Fact',
      cell: ({ fact, differs }) => (
        <>
          {fact} {differs && <StatusBadge tone="warning">differs</StatusBadge>}
        </>
      ),
      keepWords: true,
    },
    { header: 'The shop', cell: ({ ours, differs }) => said(ours, differs) },
    { header: provider, cell: ({ theirs, differs }) => said(theirs, differs) },
  ];
}
