import {
  DataTable,
  Field,
  FilterForm,
  KeysetPager,
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
import { NO_LEDGER_FILTER, ledgerOptions, type LedgerFilter } from './stock-filters';
import { LEDGER_KINDS, changeText, ledgerKind } from './stock-text';
import { LEDGER, type LedgerEntry, type LedgerKind } from './stock.query';

const COLUMNS: ReadonlyArray<Column<LedgerEntry>> = [
  {
    header: 'What',
    cell: entry => (
      <>
        {formatCount(Math.abs(entry.quantity))} × {ledgerKind(entry.kind).toLowerCase()}
        <span className="tw-cell-note">{changeText(entry.change)}</span>
      </>
    ),
  },
  { header: 'Time', cell: entry => formatMoment(entry.at) },
  { header: 'Variant', cell: entry => <VariantCell variant={entry} />, keepWords: true },
  { header: 'Location', cell: entry => entry.stockLocationName },
  { header: 'On hand', cell: entry => balance(entry, 'onHand'), numeric: true },
  { header: 'Allocated', cell: entry => balance(entry, 'allocated'), numeric: true },
  { header: 'Held', cell: entry => balance(entry, 'held'), numeric: true },
  {
    header: 'Order',
    cell: entry => <OrderCell id={entry.orderId} code={entry.orderCode} />,
    noWrap: true,
  },
  { header: 'By', cell: entry => entry.userIdentifier ?? '–' },
];

/** What happened to the stock, newest first, with what there was after each entry. */
export function LedgerView({ opening }: { opening: LedgerFilter }) {
  // The cursors of the pages that lead to this one; none on the first.
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const filter = useFilter(
    NO_LEDGER_FILTER,
    same => {
      setCursors([]);
      if (same) query.refresh();
    },
    opening,
  );
  const query = usePolledQuery<{ stockLedger: { items: LedgerEntry[]; nextCursor: string | null } }>(
    LEDGER,
    undefined,
    { options: ledgerOptions(filter.applied, cursors[cursors.length - 1]) },
  );
  const input = (field: 'sku' | 'orderCode' | 'from' | 'to', type = 'text') => (
    <input
      type={type}
      step={1}
      value={filter.draft[field]}
      onChange={event => filter.type({ [field]: event.target.value })}
    />
  );

  return (
    <Card title="Ledger, newest first; the figures are those right after each entry">
      <FilterForm label="Filter of the ledger" onApply={filter.apply} onClear={filter.clear}>
        <Field label="SKU (whole)">{input('sku')}</Field>
        <LocationField
          value={filter.draft.stockLocationId}
          onChange={stockLocationId => filter.choose({ stockLocationId })}
        />
        <Field label="Order code">{input('orderCode')}</Field>
        <Field label="What">
          <select
            value={filter.draft.kind}
            onChange={event => filter.choose({ kind: event.target.value as LedgerKind | '' })}
          >
            <option value="">All</option>
            {LEDGER_KINDS.map(kind => (
              <option key={kind} value={kind}>
                {ledgerKind(kind)}
              </option>
            ))}
          </select>
        </Field>
        <Field label="From">{input('from', 'datetime-local')}</Field>
        <Field label="To (not included)">{input('to', 'datetime-local')}</Field>
      </FilterForm>
      <QueryState query={query} failure="The ledger cannot be read">
        {({ stockLedger: { items, nextCursor } }) => (
          <>
            <DataTable
              caption="Ledger"
              columns={COLUMNS}
              rows={items}
              rowKey={entry => entry.cursor}
              empty={
                JSON.stringify(filter.applied) === JSON.stringify(NO_LEDGER_FILTER)
                  ? 'Nothing has happened to the stock yet.'
                  : 'No entry fits the filter.'
              }
            />
            <KeysetPager
              label="Pages of the ledger"
              onNewer={cursors.length === 0 ? undefined : () => setCursors(cursors.slice(0, -1))}
              onOlder={nextCursor === null ? undefined : () => setCursors([...cursors, nextCursor])}
            />
          </>
        )}
      </QueryState>
    </Card>
  );
}

/** Variants whose stock is not tracked have none. */
function balance(entry: LedgerEntry, figure: 'onHand' | 'allocated' | 'held'): string {
  return entry.balance === null ? '–' : formatCount(entry.balance[figure]);
}
