import { DataTable, PageLink, StatusBadge, formatDateTime, type Column } from '@tradewind/admin-ui-kit';
import React from 'react';
import { RECOMMENDATIONS, caseState, dueText, personName, roundPoints } from './fraud-text';
import { moneyText } from './money';
import type { QueueCase } from './review.query';
import { casePath } from './use-next-case';

const COLUMNS: ReadonlyArray<Column<QueueCase>> = [
  {
    header: 'Order',
    cell: ({ id, orderCode }) => (
      <span data-case={id}>
        <PageLink to={casePath(id)}>{orderCode}</PageLink>
      </span>
    ),
    noWrap: true,
  },
  {
    header: 'Score',
    cell: ({ score, recommendation }) =>
      score === null || recommendation === null ? (
        'not scored'
      ) : (
        <>
          {roundPoints(score)}{' '}
          <StatusBadge tone={RECOMMENDATIONS[recommendation].tone}>
            {RECOMMENDATIONS[recommendation].text}
          </StatusBadge>
        </>
      ),
    noWrap: true,
  },
  { header: 'Amount', cell: ({ amount, currencyCode }) => moneyText(amount, currencyCode), numeric: true },
  { header: 'Came', cell: ({ createdAt }) => formatDateTime(createdAt), noWrap: true },
  { header: 'Due', cell: item => <Due item={item} />, noWrap: true },
  {
    header: 'Held by',
    cell: ({ assignee }) => (assignee === null ? '–' : personName(assignee)),
    keepWords: true,
  },
  {
    header: 'State',
    cell: item => {
      const { tone, text } = caseState(item);
      return (
        <>
          <StatusBadge tone={tone}>{text}</StatusBadge>
          {item.problem !== null && <span className="tw-cell-note">{item.problem}</span>}
        </>
      );
    },
  },
];

/** Cases, one a row. */
export function QueueTable(props: {
  cases: readonly QueueCase[];
  empty: string;
  selected: ReadonlySet<string>;
  /** Without it, nothing can be chosen. */
  onSelect: ((selected: ReadonlySet<string>) => void) | undefined;
}) {
  const { cases, empty, selected, onSelect } = props;
  return (
    <DataTable
      caption="Cases"
      columns={COLUMNS}
      rows={cases}
      rowKey={({ id }) => id}
      empty={empty}
      {...(onSelect === undefined
        ? {}
        : {
            selection: {
              selected,
              onChange: onSelect,
              label: ({ orderCode }: QueueCase) => orderCode,
            },
          })}
    />
  );
}

/** When it should have been decided by; of an ended one when it ended. */
export function Due({ item }: { item: Pick<QueueCase, 'dueAt' | 'endedAt'> }) {
  if (item.endedAt !== null) return <>ended {formatDateTime(item.endedAt)}</>;
  const { tone, text } = dueText(item.dueAt, Date.now());
  return (
    <span title={formatDateTime(item.dueAt)}>
      <StatusBadge tone={tone}>{text}</StatusBadge>
    </span>
  );
}
