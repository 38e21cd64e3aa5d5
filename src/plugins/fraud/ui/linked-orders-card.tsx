import {
  DataTable,
  PageLink,
  StatusBadge,
  formatDateTime,
  usePermission,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React from 'react';
import { linksText, outcomeState, roundPoints } from './fraud-text';
import { READ_ORDER, type LinkedOrder } from './review.query';
import { casePath } from './use-next-case';

/** The order with its code; a link for those who may see it. */
export function OrderLink({ id, code }: { id: string; code: string }) {
  return usePermission(READ_ORDER) ? <PageLink to={`/orders/${id}`}>{code}</PageLink> : <>{code}</>;
}

const COLUMNS: ReadonlyArray<Column<LinkedOrder>> = [
  { header: 'Order', cell: ({ order }) => <OrderLink {...order} />, noWrap: true },
  { header: 'In common', cell: ({ links }) => linksText(links) },
  { header: 'Tried', cell: ({ at }) => formatDateTime(at), noWrap: true },
  { header: 'Attempts', cell: ({ attempts }) => attempts, numeric: true },
  { header: 'Score', cell: ({ score }) => (score === null ? '–' : roundPoints(score)), numeric: true },
  {
    header: 'Known as',
    cell: ({ fraud, outcomeSource }) => {
      const state = outcomeState(fraud, outcomeSource);
      return state === undefined ? (
        'not known yet'
      ) : (
        <StatusBadge tone={state.tone}>{state.text}</StatusBadge>
      );
    },
  },
  {
    header: 'Case',
    cell: ({ fraudCase, order }) =>
      fraudCase === null ? (
        '–'
      ) : (
        <PageLink to={casePath(fraudCase.id)}>
          {fraudCase.status}
          <span className="tw-visually-hidden"> case of {order.code}</span>
        </PageLink>
      ),
  },
];

/** Orders with the same device, card, address and so on. */
export function LinkedOrdersCard({ orders }: { orders: readonly LinkedOrder[] }) {
  return (
    <Card title="Linked orders">
      <DataTable
        caption="Linked orders"
        columns={COLUMNS}
        rows={orders}
        rowKey={({ order }) => order.id}
        empty="No other order has anything in common with this one."
      />
    </Card>
  );
}
