import {
  DataTable,
  Field,
  Pager,
  PageLink,
  QueryState,
  formatMoment,
  usePolledQuery,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState } from 'react';
import { LocationField, OrderCell, StateBadge } from './stock-cells';
import { OPEN_PICK_LISTS, PAGE_SIZE, pickListsOptions } from './stock-filters';
import { PICK_LIST_STATES, pickListState } from './stock-text';
import { PICK_LISTS, type List, type PickList, type PickListState } from './stock.query';

/** The warehouse works through these while the page is open. */
const REFRESH_MS = 30_000;

const COLUMNS: ReadonlyArray<Column<PickList>> = [
  { header: 'Order', cell: list => <OrderCell id={list.orderId} code={list.orderCode} />, noWrap: true },
  { header: 'Location', cell: list => list.stockLocationName },
  { header: 'To pick', cell: list => <Lines list={list} /> },
  { header: 'Since', cell: list => formatMoment(list.createdAt), noWrap: true },
  { header: 'State', cell: list => <StateBadge state={pickListState(list.state)} /> },
];

/** What is to be picked where, the oldest first. */
export function PickListsView() {
  const [filter, setFilter] = useState(OPEN_PICK_LISTS);
  const [skip, setSkip] = useState(0);
  const query = usePolledQuery<{ pickLists: List<PickList> }>(PICK_LISTS, REFRESH_MS, {
    options: pickListsOptions(filter, skip),
  });
  const choose = (next: Partial<typeof filter>) => {
    setFilter({ ...filter, ...next });
    setSkip(0);
  };
  return (
    <Card title="Pick lists, oldest first">
      <div className="tw-fields">
        <LocationField
          value={filter.stockLocationId}
          onChange={stockLocationId => choose({ stockLocationId })}
        />
        <Field label="State">
          <select
            value={filter.state}
            onChange={event => choose({ state: event.target.value as PickListState })}
          >
            {PICK_LIST_STATES.map(state => (
              <option key={state} value={state}>
                {pickListState(state).text}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <QueryState query={query} failure="The pick lists cannot be read">
        {({ pickLists: { items, totalItems } }) => (
          <>
            <DataTable
              caption="Pick lists"
              columns={COLUMNS}
              rows={items}
              rowKey={list => list.id}
              empty={filter.state === 'open' ? 'Nothing is to be picked.' : 'There is no such list.'}
            />
            <Pager
              label="Pages of pick lists"
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

function Lines({ list }: { list: PickList }) {
  return (
    <ul className="tw-lines">
      {list.lines.map(line => (
        <li key={line.orderLineId}>
          {line.quantity} ×{' '}
          <PageLink to={`/catalog/products/${line.productId}/variants/${line.productVariantId}`}>
            {line.name}
          </PageLink>{' '}
          ({line.sku})
        </li>
      ))}
    </ul>
  );
}
