import {
  DataTable,
  Field,
  FilterForm,
  Pager,
  QueryState,
  formatDateTime,
  useFilter,
  usePolledQuery,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState } from 'react';
import { moneyText } from './amounts';
import { AnswerBy, DisputeBadge, DisputeName } from './dispute-cells';
import { ALL_DISPUTES, DISPUTES_PAGE, disputesOptions, type DisputesFilter } from './difference-filters';
import { OrderCell } from './payment-cells';
import { disputeState } from './reconciliation-text';
import { DISPUTES, type Dispute, type List, type OrderName } from './reconciliation.query';

const REFRESH_MS = 60_000;

type DisputeRow = Dispute & { order: OrderName | null };

const COLUMNS: ReadonlyArray<Column<DisputeRow>> = [
  { header: 'Dispute', cell: dispute => <DisputeName dispute={dispute} /> },
  { header: 'Order', cell: ({ order }) => <OrderCell order={order} />, noWrap: true },
  { header: 'Amount', cell: ({ amount, currencyCode }) => moneyText(amount, currencyCode), numeric: true },
  { header: 'State', cell: dispute => <DisputeBadge dispute={dispute} /> },
  { header: 'Answer by', cell: dispute => <AnswerBy dispute={dispute} /> },
  { header: 'Opened', cell: ({ openedAt }) => formatDateTime(openedAt), noWrap: true },
  { header: 'Ended', cell: ({ closedAt }) => formatDateTime(closedAt), noWrap: true },
];

/** Payments that a shopper's bank wants back. They are answered on the provider's pages. */
export function DisputesView() {
  const [skip, setSkip] = useState(0);
  const filter = useFilter(ALL_DISPUTES, same => {
    setSkip(0);
    if (same) query.refresh();
  });
  const query = usePolledQuery<{ paymentDisputes: List<DisputeRow> }>(DISPUTES, REFRESH_MS, {
    options: disputesOptions(filter.applied, skip),
  });
  return (
    <Card title="Disputes, newest first">
      <p className="tw-intro">
        They are answered on the provider’s own pages; its messages change them here.
      </p>
      <FilterForm label="Filter of the disputes" onApply={filter.apply} onClear={filter.clear}>
        <Field label="State">
          <select
            value={filter.draft.status}
            onChange={event => filter.choose({ status: event.target.value as DisputesFilter['status'] })}
          >
            <option value="">All</option>
            <option value="open">Not decided yet</option>
            {(['needs_response', 'under_review', 'won', 'lost'] as const).map(status => (
              <option key={status} value={status}>
                {disputeState(status).text}
              </option>
            ))}
          </select>
        </Field>
        <Field label="Provider (its code)">
          <input
            type="text"
            value={filter.draft.provider}
            onChange={event => filter.type({ provider: event.target.value })}
          />
        </Field>
      </FilterForm>
      <QueryState query={query} failure="The disputes cannot be read">
        {({ paymentDisputes: { items, totalItems } }) => (
          <>
            <DataTable
              caption="Disputes"
              columns={COLUMNS}
              rows={items}
              rowKey={({ id }) => id}
              empty={
                JSON.stringify(filter.applied) === JSON.stringify(ALL_DISPUTES)
                  ? 'No payment was disputed yet.'
                  : 'No dispute fits the filter.'
              }
            />
            <Pager
              label="Pages of the disputes"
              skip={skip}
              take={DISPUTES_PAGE}
              total={totalItems}
              onChange={setSkip}
            />
          </>
        )}
      </QueryState>
    </Card>
  );
}
