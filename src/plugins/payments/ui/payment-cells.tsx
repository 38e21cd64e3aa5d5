import { PageLink, usePermission } from '@tradewind/admin-ui-kit';
import React from 'react';
import { READ_ORDER } from './order-payments.query';
import type { OrderName } from './reconciliation.query';

/** The order with its code; a link for those who may see it. */
export function OrderCell({ order }: { order: OrderName | null }) {
  const maySee = usePermission(READ_ORDER);
  if (order === null) return <>–</>;
  return maySee ? <PageLink to={`/orders/${order.id}`}>{order.code}</PageLink> : <>{order.code}</>;
}
