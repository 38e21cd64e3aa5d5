import {
  DataTable,
  DefinitionList,
  Notice,
  StatusBadge,
  formatMoment,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React from 'react';
import { barsOf } from './contributions';
import {
  RECOMMENDATIONS,
  factsText,
  overrideText,
  partName,
  partText,
  points,
  reasonName,
  roundPoints,
} from './fraud-text';
import type { Decision, DecisionPart, FiredRule } from './review.query';

/** From these scores on a payment is reviewed, and declined. */
const BANDS = [30, 70];

const PART_COLUMNS: ReadonlyArray<Column<DecisionPart>> = [
  { header: 'Part', cell: ({ part }) => partName(part) },
  {
    header: 'Its own score',
    cell: part =>
      part.score === null ? <StatusBadge tone="warning">{partText(part)}</StatusBadge> : partText(part),
  },
  {
    header: 'Because of',
    cell: ({ reasons }) =>
      reasons.length === 0 ? (
        '–'
      ) : (
        <ul className="tw-lines">
          {reasons.map(reason => (
            <li key={reason.code}>
              {reasonName(reason)}: {roundPoints(reason.points)}
            </li>
          ))}
        </ul>
      ),
  },
];

const RULE_COLUMNS: ReadonlyArray<Column<FiredRule>> = [
  { header: 'Rule', cell: ({ id, name }) => name ?? id, keepWords: true },
  { header: 'Weight', cell: ({ weight }) => points(weight), numeric: true },
  { header: 'Action', cell: ({ action }) => action ?? '–' },
  {
    header: 'Counts',
    cell: ({ shadow }) =>
      shadow ? (
        <StatusBadge tone="neutral">Only in shadow</StatusBadge>
      ) : (
        <StatusBadge tone="success">Yes</StatusBadge>
      ),
  },
];

/** The score, what makes it up, and what decided. */
export function ScoreCard({ decision }: { decision: Decision }) {
  const { score, recommendation, override, contributions, missing, shadows, timings } = decision;
  const { tone, text } = RECOMMENDATIONS[recommendation];
  return (
    <Card title={`Score ${points(score)} of 100`}>
      <p className="tw-page-bar-state">
        <StatusBadge tone={tone}>{text}</StatusBadge>
        {override === null
          ? 'by the score: below 30 approve, from 70 decline.'
          : `${overrideText(override)}, whatever the score.`}
      </p>
      <Contributions decision={decision} />
      {contributions.length === 0 && <p className="tw-empty">Nothing speaks against this payment.</p>}
      {missing.length > 0 && (
        <Notice tone="warning" title="Not everything could be told">
          <ul className="tw-lines">
            {missing.map(each => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Notice>
      )}
      <h3 className="tw-heading">Parts</h3>
      <DataTable
        caption="Parts of the score"
        columns={PART_COLUMNS}
        rows={decision.parts}
        rowKey={({ part }) => part}
        empty="No part was scored."
      />
      <h3 className="tw-heading">Rules that held</h3>
      <DataTable
        caption="Rules that held"
        columns={RULE_COLUMNS}
        rows={decision.rules}
        rowKey={({ id }) => id}
        empty="No rule held."
      />
      <h3 className="tw-heading">How it was decided</h3>
      <DefinitionList
        items={[
          { term: 'Decided', value: formatMoment(decision.at) },
          {
            term: 'When',
            value: decision.phase === 'after' ? 'After the reservation' : 'Before the reservation',
          },
          { term: 'Told to payments', value: decision.decision },
          { term: 'Version of the rules', value: decision.ruleSetVersion },
          { term: 'Model', value: decision.modelVersion ?? 'none' },
          ...shadows.map(shadow => ({
            term: `Challenger ${shadow.modelVersion}`,
            value: `${roundPoints(shadow.score)}, ${RECOMMENDATIONS[shadow.recommendation].text.toLowerCase()}`,
          })),
          { term: 'Took', value: `${roundPoints(timings.total)} ms` },
        ]}
      />
    </Card>
  );
}

/** One bar after the other from 0 to the score. */
function Contributions({ decision }: { decision: Decision }) {
  const { bars, sum, exact } = barsOf(decision.contributions, decision.score);
  if (bars.length === 0) return null;
  return (
    <>
      <table className="tw-table tw-contributions">
        <caption className="tw-visually-hidden">What makes up the score</caption>
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col">Part</th>
            <th scope="col">
              <span className="tw-visually-hidden">Bar</span>
              <span className="tw-bar-scale" aria-hidden="true">
                {[0, ...BANDS, 100].map(mark => (
                  <span key={mark} style={{ insetInlineStart: `${mark}%` }}>
                    {mark}
                  </span>
                ))}
              </span>
            </th>
            <th scope="col" className="tw-numeric">
              Points
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ key, name, part, facts, points: own, from, width }) => (
            <tr key={key}>
              <th scope="row">
                {name}
                {factsText(facts) !== '' && <span className="tw-cell-note">{factsText(facts)}</span>}
              </th>
              <td data-label="Part">{part}</td>
              <td className="tw-bar-cell" aria-hidden="true">
                <Bar from={from} width={width} />
              </td>
              <td data-label="Points" className="tw-numeric">
                {points(own)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Sum</th>
            <td>{exact ? 'is the score' : ''}</td>
            <td className="tw-bar-cell" aria-hidden="true">
              <Bar from={0} width={sum / 100} whole />
            </td>
            <td className="tw-numeric" data-testid="sum">
              {points(sum)}
            </td>
          </tr>
        </tfoot>
      </table>
      {!exact && (
        <Notice tone="error" title="The contributions do not add up to the score">
          They are {points(sum)} together, and the score is {points(decision.score)}.
        </Notice>
      )}
    </>
  );
}

function Bar({ from, width, whole = false }: { from: number; width: number; whole?: boolean }) {
  return (
    <div className="tw-bar">
      {BANDS.map(mark => (
        <span key={mark} className="tw-bar-band" style={{ insetInlineStart: `${mark}%` }} />
      ))}
      <span
        className={whole ? 'tw-bar-fill tw-bar-whole' : 'tw-bar-fill'}
        style={{ insetInlineStart: `${from * 100}%`, inlineSize: `${width * 100}%` }}
      />
    </div>
  );
}
