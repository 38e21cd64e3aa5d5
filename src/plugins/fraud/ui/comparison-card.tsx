import {
  DataTable,
  Notice,
  QueryState,
  formatCount,
  formatDate,
  usePolledQuery,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React from 'react';
import { FiguresTable } from './figures-table';
import { RECOMMENDATIONS, count } from './fraud-text';
import { COMPARISON, type Comparison, type Model } from './models.query';

type Difference = Comparison['differences'][number];

const COLUMNS: ReadonlyArray<Column<Difference>> = [
  { header: 'Champion', cell: ({ champion }) => RECOMMENDATIONS[champion].text },
  { header: 'Challenger', cell: ({ challenger }) => RECOMMENDATIONS[challenger].text },
  { header: 'Payments', cell: ({ rows }) => formatCount(rows), numeric: true },
  { header: 'Frauds', cell: ({ frauds }) => formatCount(frauds), numeric: true },
  { header: 'Good', cell: ({ good }) => formatCount(good), numeric: true },
];

/** A challenger beside the champion, on the payments that both have scored. */
export function ComparisonCard({ challenger, champion }: { challenger: Model; champion: Model | null }) {
  const query = usePolledQuery<{ fraudModelComparison: Comparison | null }>(COMPARISON, undefined, {
    id: challenger.id,
  });
  const before = champion?.version ?? 'No model';
  return (
    <Card title={`Challenger ${challenger.version} beside ${before}`}>
      <QueryState query={query} failure="The comparison cannot be read">
        {({ fraudModelComparison: comparison }) =>
          comparison === null ? (
            <p className="tw-empty">This model is gone.</p>
          ) : (
            <>
              <Notice
                tone={comparison.better ? 'success' : 'neutral'}
                title={comparison.better ? 'Good enough to take over' : 'Not good enough to take over'}
              >
                {comparison.verdict}
              </Notice>
              <p className="tw-intro">
                {count(comparison.scored, 'payment')} scored by both, {formatDate(comparison.from)} to{' '}
                {formatDate(comparison.to)}; {formatCount(comparison.differing)} decided otherwise.
              </p>
              <FiguresTable
                caption="Champion and challenger"
                names={[before, challenger.version]}
                figures={[comparison.championFigures, comparison.challengerFigures]}
              />
              {comparison.differences.length > 0 && (
                <>
                  <h3 className="tw-heading">What would be decided otherwise</h3>
                  <DataTable
                    caption="What would be decided otherwise"
                    columns={COLUMNS}
                    rows={comparison.differences}
                    rowKey={row => `${row.champion} ${row.challenger}`}
                    empty=""
                  />
                </>
              )}
            </>
          )
        }
      </QueryState>
    </Card>
  );
}
