import {
  DataTable,
  Field,
  FilterForm,
  Notice,
  Pager,
  QueryState,
  formatCount,
  formatDate,
  useFilter,
  usePermission,
  usePolledQuery,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState } from 'react';
import { RecountDialog } from './recount-dialog';
import { LocationField, StateBadge, VariantCell } from './stock-cells';
import { NO_OVERVIEW_FILTER, PAGE_SIZE, overviewOptions } from './stock-filters';
import { stockState, thresholdText } from './stock-text';
import { OVERVIEW, UPDATE, type List, type OverviewRow } from './stock.query';
import { ThresholdDialog } from './threshold-dialog';

type Shown = { kind: 'threshold'; row: OverviewRow } | { kind: 'recount'; ids: string[] } | undefined;

/** What each location has of each variant, and at how many units that is low. */
export function AvailabilityView(props: { onShowLedger: (sku: string, stockLocationId: string) => void }) {
  const mayChange = usePermission(UPDATE);
  const [skip, setSkip] = useState(0);
  const [shown, setShown] = useState<Shown>(undefined);
  const [done, setDone] = useState<{ text: string; at: number } | undefined>(undefined);
  const filter = useFilter(NO_OVERVIEW_FILTER, same => {
    setSkip(0);
    if (same) query.refresh();
  });
  const query = usePolledQuery<{ stockOverview: List<OverviewRow> }>(OVERVIEW, undefined, {
    options: overviewOptions(filter.applied, skip),
  });
  const filtered = JSON.stringify(filter.applied) !== JSON.stringify(NO_OVERVIEW_FILTER);

  const columns: ReadonlyArray<Column<OverviewRow>> = [
    { header: 'Variant', cell: row => <VariantCell variant={row} />, keepWords: true },
    { header: 'Location', cell: row => row.stockLocationName },
    { header: 'On hand', cell: row => formatCount(row.onHand), numeric: true },
    { header: 'Allocated', cell: row => formatCount(row.allocated), numeric: true },
    { header: 'Held', cell: row => formatCount(row.held), numeric: true },
    { header: 'Saleable', cell: row => (row.tracked ? formatCount(row.saleable) : '–'), numeric: true },
    { header: 'Expected', cell: row => <Expected row={row} />, numeric: true },
    {
      header: 'Low at',
      cell: row => (
        <Threshold row={row} onEdit={mayChange ? () => setShown({ kind: 'threshold', row }) : undefined} />
      ),
      numeric: true,
      noWrap: true,
    },
    { header: 'State', cell: row => <StateBadge state={stockState(row)} /> },
    {
      header: 'Past',
      cell: row => (
        <button
          type="button"
          className="tw-link"
          aria-label={`Ledger of ${row.sku} at ${row.stockLocationName}`}
          onClick={() => props.onShowLedger(row.sku, row.stockLocationId)}
        >
          Ledger
        </button>
      ),
      noWrap: true,
    },
  ];

  return (
    <Card title="Availability by variant and location">
      <FilterForm label="Filter of the availability" onApply={filter.apply} onClear={filter.clear}>
        <Field label="SKU or name">
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
        <label className="tw-check">
          <input
            type="checkbox"
            checked={filter.draft.lowOnly}
            onChange={event => filter.choose({ lowOnly: event.target.checked })}
          />
          Only what is low
        </label>
      </FilterForm>
      {done !== undefined && <Notice key={done.at} tone="success" title={done.text} />}
      <QueryState query={query} failure="The stock cannot be read">
        {({ stockOverview: { items, totalItems } }) => (
          <>
            {items.length > 0 && (
              <div className="tw-actions">
                <button
                  type="button"
                  className="button-small"
                  aria-haspopup="dialog"
                  onClick={() =>
                    setShown({
                      kind: 'recount',
                      ids: [...new Set(items.map(({ productVariantId }) => productVariantId))],
                    })
                  }
                >
                  Recount this page …
                </button>
              </div>
            )}
            <DataTable
              caption="Availability"
              columns={columns}
              rows={items}
              rowKey={row => `${row.productVariantId}-${row.stockLocationId}`}
              empty={emptyText(filter.applied.lowOnly, filtered)}
            />
            <Pager
              label="Pages of the availability"
              skip={skip}
              take={PAGE_SIZE}
              total={totalItems}
              onChange={setSkip}
            />
          </>
        )}
      </QueryState>
      {shown?.kind === 'threshold' && (
        <ThresholdDialog
          row={shown.row}
          onDone={text => {
            setDone({ text, at: Date.now() });
            setShown(undefined);
            query.refresh();
          }}
          onClose={() => setShown(undefined)}
        />
      )}
      {shown?.kind === 'recount' && <RecountDialog ids={shown.ids} onClose={() => setShown(undefined)} />}
    </Card>
  );
}

function emptyText(lowOnly: boolean, filtered: boolean): string {
  if (lowOnly) return 'Nothing is low here.';
  return filtered
    ? 'No stock fits the filter.'
    : 'There is no stock yet: variants get it on their own pages.';
}

function Expected({ row }: { row: OverviewRow }) {
  const [first] = row.expected;
  if (first === undefined) return <>–</>;
  return (
    <>
      {formatCount(row.expectedQuantity)}
      <span className="tw-cell-note">
        {first.at === null ? 'at a time not known' : `from ${formatDate(first.at)}`}
      </span>
    </>
  );
}

function Threshold({ row, onEdit }: { row: OverviewRow; onEdit: (() => void) | undefined }) {
  const text = thresholdText(row);
  if (onEdit === undefined) return <>{text}</>;
  return (
    <button
      type="button"
      className="tw-link"
      aria-haspopup="dialog"
      aria-label={`Low at ${text}: change for ${row.sku} at ${row.stockLocationName}`}
      onClick={onEdit}
    >
      {text}
    </button>
  );
}
