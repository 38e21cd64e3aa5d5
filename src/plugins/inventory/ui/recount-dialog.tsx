import {
  DataTable,
  Dialog,
  Notice,
  QueryState,
  formatCount,
  usePolledQuery,
  type Column,
} from '@tradewind/admin-ui-kit';
import React from 'react';
import { StateBadge } from './stock-cells';
import { recountText } from './stock-text';
import { RECOUNT, type RecountRow } from './stock.query';

const COLUMNS: ReadonlyArray<Column<RecountRow>> = [
  { header: 'SKU', cell: row => row.sku },
  { header: 'Location', cell: row => row.stockLocationName },
  { header: 'On hand', cell: row => formatCount(row.onHand), numeric: true },
  { header: 'By movements', cell: row => formatCount(row.countedOnHand), numeric: true },
  { header: 'Allocated', cell: row => formatCount(row.allocated), numeric: true },
  { header: 'Allocated by movements', cell: row => formatCount(row.countedAllocated), numeric: true },
  {
    header: 'Result',
    cell: row => (
      <StateBadge
        state={row.differs ? { tone: 'error', text: 'Differs' } : { tone: 'success', text: 'Agrees' }}
      />
    ),
  },
];

/** The stock levels of some variants beside the sum of their movements, what differs first. Changes nothing. */
export function RecountDialog({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const query = usePolledQuery<{ stockRecount: RecountRow[] }>(RECOUNT, undefined, { ids });
  return (
    <Dialog wide title="Levels and movements" onClose={onClose}>
      <p>A level that differs was written past its movements. Find out by what, then set the right count.</p>
      <QueryState query={query} failure="The stock cannot be counted">
        {({ stockRecount }) => {
          const { tone, text } = recountText(stockRecount);
          return (
            <>
              <Notice tone={tone} title={text} />
              <DataTable
                caption="Levels and movements"
                columns={COLUMNS}
                rows={[...stockRecount].sort((a, b) => Number(b.differs) - Number(a.differs))}
                rowKey={row => `${row.productVariantId}-${row.stockLocationId}`}
                empty="None of these variants is tracked."
              />
            </>
          );
        }}
      </QueryState>
    </Dialog>
  );
}
