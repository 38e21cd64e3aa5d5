import {
  DataTable,
  Field,
  FilterForm,
  Pager,
  QueryState,
  formatCount,
  formatMoment,
  useFilter,
  usePolledQuery,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState } from 'react';
import { LocationField, OrderCell, VariantCell } from './stock-cells';
import { NO_HOLDS_FILTER, PAGE_SIZE, holdsOptions } from './stock-filters';
import { remaining } from './stock-text';
import { HOLDS, type List, type RunningHold } from './stock.query';

/** Holds come and go by the minute. */
const REFRESH_MS = 10_000;

const COLUMNS: ReadonlyArray<Column<RunningHold>> = [
  { header: 'Order', cell: hold => <OrderCell id={hold.orderId} code={hold.orderCode} />, noWrap: true },
  { header: 'Variant', cell: hold => <VariantCell variant={hold} />, keepWords: true },
  { header: 'Location', cell: hold => hold.stockLocationName },
  { header: 'Units', cell: hold => formatCount(hold.quantity), numeric: true },
  { header: 'Since', cell: hold => formatMoment(hold.createdAt), noWrap: true },
  {
    header: 'Still',
    cell: hold => (
      <>
        {remaining(hold.expiresAt, new Date())}
        <span className="tw-cell-note">until {formatMoment(hold.expiresAt)}</span>
      </>
    ),
    noWrap: true,
  },
];

/** What checkouts keep now, and for how long. */
export function HoldsView() {
  const [skip, setSkip] = useState(0);
  const filter = useFilter(NO_HOLDS_FILTER, same => {
    setSkip(0);
    if (same) query.refresh();
  });
  const query = usePolledQuery<{ runningStockHolds: List<RunningHold> }>(HOLDS, REFRESH_MS, {
    options: holdsOptions(filter.applied, skip),
  });
  return (
    <Card title="Running holds, what ends first first">
      <FilterForm label="Filter of the holds" onApply={filter.apply} onClear={filter.clear}>
        <Field label="SKU, name or order">
          <input
            type="text"
            value={filter.draft.term}
            onChange={event => filter.type({ term: event.target.value })}
          />
        </Field>
        <LocationField
          value={filter.draft.stockLocationId}
          onChange={stockLocationId => filter.choose({ stockLocationId })}
        />
      </FilterForm>
      <QueryState query={query} failure="The holds cannot be read">
        {({ runningStockHolds: { items, totalItems } }) => (
          <>
            <DataTable
              caption="Running holds"
              columns={COLUMNS}
              rows={items}
              rowKey={hold => hold.id}
              empty={
                filter.applied.term === '' && filter.applied.stockLocationId === ''
                  ? 'No checkout holds any stock now.'
                  : 'No hold fits the filter.'
              }
            />
            <Pager
              label="Pages of holds"
              skip={skip}
              take={PAGE_SIZE}
              total={totalItems}
              onChange={setSkip}
            />
          </>
        )}
      </QueryState>
    </Card>
  );
}
