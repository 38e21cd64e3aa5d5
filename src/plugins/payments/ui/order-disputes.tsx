import { DataTable, type Column } from '@tradewind/admin-ui-kit';
import React from 'react';
import { AnswerBy, DisputeBadge, DisputeName } from './dispute-cells';
import { moneyText } from './amounts';
import type { Dispute } from './reconciliation.query';

const COLUMNS: ReadonlyArray<Column<Dispute>> = [
  { header: 'Dispute', cell: dispute => <DisputeName dispute={dispute} /> },
  { header: 'Payment', cell: ({ paymentId }) => paymentId ?? '–' },
  { header: 'Amount', cell: ({ amount, currencyCode }) => moneyText(amount, currencyCode), numeric: true },
  { header: 'State', cell: dispute => <DisputeBadge dispute={dispute} /> },
  { header: 'Answer by', cell: dispute => <AnswerBy dispute={dispute} /> },
];

/** What shoppers' banks want back of an order's payments. Nothing where they want nothing. */
export function OrderDisputes({ disputes }: { disputes: readonly Dispute[] }) {
  if (disputes.length === 0) return null;
  return (
    <>
      <h4 className="tw-heading">Disputes</h4>
      <DataTable
        caption="Disputes of this order"
        columns={COLUMNS}
        rows={disputes}
        rowKey={({ id }) => id}
        empty=""
      />
    </>
  );
}
