import {
  BarChart,
  DataTable,
  Field,
  Pager,
  formatDate,
  saveFile,
  type Column,
  type Series,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useEffect, useState } from 'react';
import { moneyText } from './amounts';
import { count } from './order-payments-text';
import {
  chartPoints,
  choicesOf,
  csv,
  filtered,
  net,
  totalsOf,
  type ReportFilter,
  type Total,
} from './report';
import type { Report, ReportRow } from './report.query';

const PAGE_SIZE = 31;

const SERIES: readonly Series[] = [
  { name: 'Captured', colour: 1 },
  { name: 'Given back (below the line)', colour: 2 },
];

type Money = Pick<ReportRow, 'currencyCode'>;

/** A sum, and of how many it is. */
function SumCell(props: { minor: number; of: Money; number: number; word: string }) {
  return (
    <>
      {moneyText(props.minor, props.of.currencyCode)}
      {props.number > 0 && <span className="tw-cell-note">{count(props.number, props.word)}</span>}
    </>
  );
}

/** The same of a day and of all days. */
function figureColumns<Row extends Total>(): ReadonlyArray<Column<Row>> {
  return [
    {
      header: 'Captured',
      cell: row => <SumCell minor={row.captured} of={row} number={row.capturedCount} word="payment" />,
      numeric: true,
    },
    {
      header: 'Given back',
      cell: row => <SumCell minor={row.refunded} of={row} number={row.refundedCount} word="refund" />,
      numeric: true,
    },
    { header: 'Fees', cell: row => moneyText(row.fees, row.currencyCode), numeric: true },
    {
      header: 'Disputed',
      cell: row => <SumCell minor={row.disputed} of={row} number={row.disputedCount} word="dispute" />,
      numeric: true,
    },
    {
      header: 'Disputes lost',
      cell: row => (
        <SumCell minor={row.disputesLost} of={row} number={row.disputesLostCount} word="dispute" />
      ),
      numeric: true,
    },
    { header: 'Net', cell: row => moneyText(net(row), row.currencyCode), numeric: true },
  ];
}

const TOTALS: ReadonlyArray<Column<Total>> = [
  { header: 'Currency', cell: ({ currencyCode }) => currencyCode },
  ...figureColumns<Total>(),
];

const DAYS: ReadonlyArray<Column<ReportRow>> = [
  { header: 'Day', cell: ({ date }) => formatDate(`${date}T12:00:00`), noWrap: true },
  { header: 'Provider', cell: ({ provider }) => provider },
  { header: 'Currency', cell: ({ currencyCode }) => currencyCode },
  ...figureColumns<ReportRow>(),
];

/** Chart, sums and days of a report; of one provider or currency where that is chosen. */
export function ReportView({ report }: { report: Report }) {
  const [filter, setFilter] = useState<ReportFilter>({ provider: '', currencyCode: '' });
  const [skip, setSkip] = useState(0);
  // The days may be others now.
  useEffect(() => setSkip(0), [report]);
  const rows = filtered(report.rows, filter);
  const totals = totalsOf(rows);

  const choose = (fields: Partial<ReportFilter>) => {
    setSkip(0);
    setFilter({ ...filter, ...fields });
  };
  const select = (label: string, field: 'provider' | 'currencyCode') => (
    <Field label={label}>
      <select value={filter[field]} onChange={event => choose({ [field]: event.target.value })}>
        <option value="">All</option>
        {choicesOf(report.rows, field).map(value => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
        {/* What was chosen for other days stays chosen, so that nothing else is shown unnoticed. */}
        {filter[field] !== '' && !choicesOf(report.rows, field).includes(filter[field]) && (
          <option value={filter[field]}>{filter[field]}</option>
        )}
      </select>
    </Field>
  );

  return (
    <>
      <Card title="Captured and given back">
        <div className="tw-fields">
          {select('Provider', 'provider')}
          {select('Currency', 'currencyCode')}
        </div>
        {totals.length === 0 ? (
          <p className="tw-empty">Nothing was moved on these days.</p>
        ) : (
          totals.map(total => <Chart key={total.currencyCode} total={total} rows={rows} report={report} />)
        )}
      </Card>
      {totals.length > 0 && (
        <>
          <Card title="Sums">
            <p className="tw-intro">
              Net is what was captured, less what was given back, the fees as far as providers have told them,
              and lost disputes.
            </p>
            <DataTable
              caption="Sums of each currency"
              columns={TOTALS}
              rows={totals}
              rowKey={({ currencyCode }) => currencyCode}
              empty=""
            />
          </Card>
          <Card title="Days, newest first">
            <div className="tw-actions">
              <button
                type="button"
                className="button-small"
                onClick={() => saveFile(`payments-${report.from}-${report.to}.csv`, csv(rows), 'text/csv')}
              >
                Download as CSV
              </button>
            </div>
            <DataTable
              caption="Days"
              columns={DAYS}
              rows={rows.slice(skip, skip + PAGE_SIZE)}
              rowKey={({ date, provider, currencyCode }) => `${date} ${provider} ${currencyCode}`}
              empty=""
            />
            <Pager
              label="Pages of the days"
              skip={skip}
              take={PAGE_SIZE}
              total={rows.length}
              onChange={setSkip}
            />
          </Card>
        </>
      )}
    </>
  );
}

function Chart({ total, rows, report }: { total: Total; rows: readonly ReportRow[]; report: Report }) {
  const { currencyCode } = total;
  const money = (minor: number) => moneyText(minor, currencyCode);
  return (
    <BarChart
      title={`Captured and given back in ${currencyCode}, day by day`}
      summary={`From ${report.from} to ${report.to}: ${money(total.captured)} captured, ${money(total.refunded)} given back. The table below has the figures.`}
      series={SERIES}
      points={chartPoints(rows, report, currencyCode).map(({ date, captured, refunded }) => ({
        label: formatDate(`${date}T12:00:00`),
        values: [captured, refunded],
      }))}
      format={money}
    />
  );
}
