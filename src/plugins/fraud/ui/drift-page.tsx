import {
  DataTable,
  DefinitionList,
  LineChart,
  Notice,
  Pager,
  QueryState,
  RequireDefaultChannel,
  RequirePermission,
  StaffPage,
  StatusBadge,
  formatCount,
  formatDate,
  formatDateTime,
  usePermission,
  usePolledQuery,
  useRequest,
  type Column,
  type Line,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState } from 'react';
import { LEVELS, PSI_LIMITS, byPsi, driftDays, psiLines, psiText, weekLines } from './drift';
import {
  DRIFT,
  DRIFT_DAYS,
  MAKE_DRIFT,
  type DriftDay,
  type DriftReport,
  type DriftReportsAnswer,
  type Measure,
  type Week,
} from './drift.query';
import { percent } from './fraud-text';
import { READ_MODELS, UPDATE_MODELS } from './models.query';

const DAYS = 90;
/** Reports of one page of the table. */
const PAGE_SIZE = 14;
/** As many lines as have signs of their own. */
const MAX_LINES = 4;
const COLOURS = [1, 2, 3, 4] as const;

/** Whether what comes in, and what is made of it, is still like before. */
export function DriftPage() {
  return (
    <RequirePermission permission={READ_MODELS}>
      <RequireDefaultChannel>
        <DriftPageView />
      </RequireDefaultChannel>
    </RequirePermission>
  );
}

function DriftPageView() {
  const mayMake = usePermission(UPDATE_MODELS);
  const query = usePolledQuery<{ fraudDriftReport: DriftReport | null }>(DRIFT, undefined);
  const make = useRequest<{ makeFraudDriftReport: DriftReport }>(MAKE_DRIFT);
  const [made, setMade] = useState(0);
  const start = async () => {
    if ((await make.send({})) === undefined) return;
    query.refresh();
    setMade(made + 1);
  };
  return (
    <StaffPage
      title="Fraud drift"
      bar={
        <>
          <span className="tw-page-bar-state" role="status" data-testid="drift-state">
            {query.data?.fraudDriftReport != null && <State report={query.data.fraudDriftReport} />}
          </span>
          {mayMake && (
            <button
              type="button"
              className="button-small"
              aria-disabled={make.loading}
              onClick={() => void start()}
            >
              {make.loading ? 'Being made …' : 'Make today’s report'}
            </button>
          )}
        </>
      }
    >
      {make.error !== undefined && (
        <Notice tone="error" title="No report was made">
          {make.error}
        </Notice>
      )}
      <QueryState query={query} failure="The report cannot be read">
        {({ fraudDriftReport }) =>
          fraudDriftReport === null ? (
            <Card title="Drift">
              <p className="tw-empty">
                There is no report yet. The first one is made by the schedule, or now.
              </p>
            </Card>
          ) : (
            <>
              <PsiCard key={made} />
              <WeeksCard weeks={fraudDriftReport.weeks} />
              <ReportView report={fraudDriftReport} />
            </>
          )
        }
      </QueryState>
    </StaffPage>
  );
}

function State({ report }: { report: DriftReport }) {
  const { tone, text } = LEVELS[report.level];
  return (
    <>
      Report of {formatDate(`${report.day}T12:00:00`)}
      <StatusBadge tone={tone}>{text}</StatusBadge>
    </>
  );
}

function coloured(lines: ReadonlyArray<{ name: string; values: Array<number | null> }>): Line[] {
  return lines.map((line, index) => ({ ...line, colour: COLOURS[index % COLOURS.length] ?? 1 }));
}

const DAY_COLUMNS: ReadonlyArray<Column<DriftDay>> = [
  { header: 'Day', cell: ({ day }) => formatDate(`${day}T12:00:00`), noWrap: true },
  {
    header: 'State',
    cell: ({ level }) => <StatusBadge tone={LEVELS[level].tone}>{LEVELS[level].text}</StatusBadge>,
  },
  { header: 'PSI of the score', cell: ({ score }) => psiText(score.psi), numeric: true },
  {
    header: 'Moved most',
    cell: ({ features }) => {
      const [first] = [...features].sort((a, b) => (b.psi ?? -1) - (a.psi ?? -1));
      return first === undefined || first.psi === null ? '–' : `${first.name} ${psiText(first.psi)}`;
    },
  },
  { header: 'Approved', cell: ({ approvalRate }) => percent(approvalRate), numeric: true },
  { header: 'Reviewed', cell: ({ reviewRate }) => percent(reviewRate), numeric: true },
  { header: 'Declined', cell: ({ declineRate }) => percent(declineRate), numeric: true },
];

/** Day by day how far the score and the features have moved. */
function PsiCard() {
  const [input] = useState(() => driftDays(DAYS, new Date()));
  const [skip, setSkip] = useState(0);
  const query = usePolledQuery<{ result: DriftReportsAnswer }>(DRIFT_DAYS, undefined, { input });
  return (
    <Card title={`How far the score and the features have moved, last ${DAYS} days`}>
      <p className="tw-intro">
        The population stability index (PSI) compares the seven days before a report with the 28 days before
        those. Below 0.1 nothing has changed; above 0.25 look at what has, and train anew.
      </p>
      <QueryState query={query} failure="The reports cannot be read">
        {({ result }) => {
          if (result.__typename !== 'FraudDriftReports') {
            return (
              <Notice tone="error" title={result.message}>
                {result.problem}
              </Notice>
            );
          }
          const { items } = result;
          return (
            <>
              {items.length > 0 && (
                <LineChart
                  title="PSI of the score and of the features that moved most"
                  summary={`${items.length} reports. The table below has the figures.`}
                  labels={items.map(({ day }) => formatDate(`${day}T12:00:00`))}
                  lines={coloured(psiLines(items, MAX_LINES))}
                  thresholds={PSI_LIMITS}
                  format={value => value.toLocaleString(undefined, { maximumFractionDigits: 3 })}
                />
              )}
              <DataTable
                caption="Reports"
                columns={DAY_COLUMNS}
                rows={[...items].reverse().slice(skip, skip + PAGE_SIZE)}
                rowKey={({ id }) => id}
                empty="No report was made in this time."
              />
              <Pager
                label="Pages of the reports"
                skip={skip}
                take={PAGE_SIZE}
                total={items.length}
                onChange={setSkip}
              />
            </>
          );
        }}
      </QueryState>
    </Card>
  );
}

const WEEK_COLUMNS: ReadonlyArray<Column<Week>> = [
  { header: 'Week of', cell: ({ week }) => formatDate(`${week}T12:00:00`), noWrap: true },
  { header: 'Payments', cell: ({ decisions }) => formatCount(decisions), numeric: true },
  {
    header: 'Approved',
    cell: ({ approved, decisions }) => percent(decisions === 0 ? null : approved / decisions),
    numeric: true,
  },
  { header: 'Reviewed', cell: ({ reviewed }) => formatCount(reviewed), numeric: true },
  { header: 'Declined', cell: ({ declined }) => formatCount(declined), numeric: true },
  {
    header: 'Known',
    cell: ({ good, frauds }) => `${formatCount(good)} good, ${formatCount(frauds)} fraud`,
  },
  { header: 'Precision', cell: ({ precision }) => percent(precision), numeric: true },
  { header: 'Recall', cell: ({ recall }) => percent(recall), numeric: true },
];

/** Week by week what was decided, and how well, as far as outcomes are known. */
function WeeksCard({ weeks }: { weeks: readonly Week[] }) {
  const { labels, approval, precision, recall } = weekLines(weeks);
  return (
    <Card title="Decisions, week by week">
      <p className="tw-intro">
        Precision: of what was stopped, the part that is fraud. Recall: of the fraud, the part that was
        stopped. The newer a week, the less is known of it.
      </p>
      {weeks.length > 0 && (
        <LineChart
          title="Approval rate, precision and recall, week by week"
          summary="The table below has the figures."
          labels={labels.map(week => formatDate(`${week}T12:00:00`))}
          lines={[
            { name: 'Approved', colour: 1, values: approval },
            { name: 'Precision', colour: 2, values: precision },
            { name: 'Recall', colour: 3, values: recall },
          ]}
          format={value => percent(value, 0)}
        />
      )}
      <DataTable
        caption="Weeks"
        columns={WEEK_COLUMNS}
        rows={[...weeks].reverse()}
        rowKey={({ week }) => week}
        empty="Nothing was decided in the last weeks."
      />
    </Card>
  );
}

const MEASURE_COLUMNS: ReadonlyArray<Column<Measure>> = [
  { header: 'Of', cell: ({ name }) => (name === 'score' ? 'Score' : <code>{name}</code>) },
  { header: 'PSI', cell: ({ psi }) => psiText(psi), numeric: true },
  {
    header: 'State',
    cell: ({ level }) => <StatusBadge tone={LEVELS[level].tone}>{LEVELS[level].text}</StatusBadge>,
  },
  { header: 'Parts', cell: measure => <Bins measure={measure} /> },
];

/** The report of one day. */
function ReportView({ report }: { report: DriftReport }) {
  return (
    <Card title={`Report of ${formatDate(`${report.day}T12:00:00`)}`}>
      <DefinitionList
        items={[
          { term: 'Made', value: formatDateTime(report.createdAt) },
          { term: 'Model', value: report.modelVersion ?? 'none' },
          {
            term: 'Payments',
            value: `${formatCount(report.rows)}, before ${formatCount(report.referenceRows)}`,
          },
          {
            term: 'Approved',
            value: `${percent(report.approvalRate)}, before ${percent(report.referenceApprovalRate)}`,
          },
          {
            term: 'Reviewed',
            value: `${percent(report.reviewRate)}, before ${percent(report.referenceReviewRate)}`,
          },
          {
            term: 'Declined',
            value: `${percent(report.declineRate)}, before ${percent(report.referenceDeclineRate)}`,
          },
        ]}
      />
      <div className="tw-below">
        <DataTable
          caption="Score and features"
          columns={MEASURE_COLUMNS}
          rows={[report.score, ...byPsi(report.features)]}
          rowKey={({ name }) => name}
          empty=""
        />
      </div>
    </Card>
  );
}

function Bins({ measure }: { measure: Measure }) {
  if (measure.bins.length === 0) return <>–</>;
  return (
    <details className="tw-more">
      <summary>
        {measure.bins.length} parts<span className="tw-visually-hidden"> of {measure.name}</span>
      </summary>
      <DataTable
        caption={`Parts of ${measure.name}`}
        columns={[
          { header: 'From - to', cell: ({ label }) => label },
          { header: 'Before', cell: ({ reference }) => percent(reference), numeric: true },
          { header: 'Now', cell: ({ current }) => percent(current), numeric: true },
        ]}
        rows={measure.bins}
        rowKey={({ label }) => label}
        empty=""
      />
    </details>
  );
}
