import {
  DataTable,
  DefinitionList,
  FirstLine,
  LineChart,
  QueryState,
  formatCount,
  formatDate,
  formatDateTime,
  usePolledQuery,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React from 'react';
import { FiguresTable } from './figures-table';
import { percent } from './fraud-text';
import { importanceBars } from './model-text';
import { MODEL, type CalibrationBin, type Model, type ModelReport } from './models.query';

type Importance = ReturnType<typeof importanceBars>[number];

const BINS: ReadonlyArray<Column<CalibrationBin>> = [
  { header: 'Probability', cell: ({ from, to }) => `${percent(from)} to ${percent(to)}`, noWrap: true },
  { header: 'Payments', cell: ({ rows }) => formatCount(rows), numeric: true },
  { header: 'Expected fraud', cell: ({ expected }) => percent(expected, 2), numeric: true },
  { header: 'Observed fraud', cell: ({ observed }) => percent(observed, 2), numeric: true },
];

const FEATURES: ReadonlyArray<Column<Importance>> = [
  { header: 'Feature', cell: ({ name }) => <code>{name}</code> },
  {
    header: 'Importance',
    cell: ({ width, share }) => (
      <div className="tw-bar tw-bar-small" aria-label={percent(share)} role="img">
        <span className="tw-bar-fill" style={{ insetInlineStart: 0, inlineSize: `${width * 100}%` }} />
      </div>
    ),
  },
  { header: 'Part', cell: ({ share }) => percent(share), numeric: true },
];

/** What was found when a model was made. */
export function ReportCard({ id }: { id: string }) {
  const query = usePolledQuery<{ fraudModel: (Model & { report: ModelReport }) | null }>(MODEL, undefined, {
    id,
  });
  const model = query.data?.fraudModel;
  return (
    <Card title={model == null ? 'Validation' : `Validation of ${model.version}`}>
      <QueryState query={query} failure="The report cannot be read">
        {({ fraudModel }) =>
          fraudModel === null ? <p>This model is gone.</p> : <Report model={fraudModel} />
        }
      </QueryState>
    </Card>
  );
}

function Report({ model }: { model: Model & { report: ModelReport } }) {
  const { from, to, figures, calibration, features, details } = model.report;
  const span = from === null || to === null ? '–' : `${formatDate(from)} to ${formatDate(to)}`;
  return (
    <>
      <DefinitionList
        items={[
          { term: 'Made by', value: model.createdBy ?? 'the schedule' },
          { term: 'Judged by payments of', value: span },
          ...(model.promotedAt === null
            ? []
            : [
                {
                  term: 'Promoted',
                  value: `${formatDateTime(model.promotedAt)} by ${model.promotedBy ?? 'the rule'}`,
                },
                { term: 'Because', value: model.promotedBecause ?? '–' },
              ]),
        ]}
      />
      <h3 className="tw-heading">Figures on payments that it did not learn from</h3>
      {figures === null ? (
        <p className="tw-empty">Too few outcomes are known to judge it.</p>
      ) : (
        <FiguresTable caption="Figures" names={[model.version]} figures={[figures]} />
      )}
      <h3 className="tw-heading">Calibration</h3>
      {calibration.length > 0 && (
        <LineChart
          title="Calibration"
          summary="Expected and observed fraud in each span of the probability. The table below has the figures."
          labels={calibration.map(bin => percent(bin.expected))}
          lines={[
            { name: 'Expected', colour: 1, values: calibration.map(bin => bin.expected) },
            { name: 'Observed', colour: 2, values: calibration.map(bin => bin.observed) },
          ]}
          format={value => percent(value)}
        />
      )}
      <DataTable
        caption="Calibration"
        columns={BINS}
        rows={calibration}
        rowKey={bin => String(bin.from)}
        empty="Nothing is known of it."
      />
      <h3 className="tw-heading">Importance of the features</h3>
      <DataTable
        caption="Importance of the features"
        columns={FEATURES}
        rows={importanceBars(features)}
        rowKey={({ name }) => name}
        empty="No feature is used."
      />
      {details !== null && Object.keys(details).length > 0 && (
        <div className="tw-below">
          <FirstLine text={`All that the training has reported\n${JSON.stringify(details, null, 2)}`} />
        </div>
      )}
    </>
  );
}
