import React, { useId } from 'react';
import { labelled, scale, ticks } from './chart-scale';
import { useWidth } from './use-width';

/** One bar at each point. */
export interface Series {
  name: string;
  /** Which of the chart's colours. */
  colour: 1 | 2;
}

export interface Point {
  label: string;
  /** One for each series: above zero or below it, which tells them apart without their colours. */
  values: readonly number[];
}

const HEIGHT = 260;
/** Room for the figures at the left and the labels below. */
const LEFT = 88;
const BELOW = 28;
const LABEL_ROOM = 84;
/** Of the room of a point. */
const BAR_PART = 0.72;

/**
 * Values over time, as bars. A picture for those who see it: whoever shows one has a table of the same figures beside
 * it, and says in `summary` what the picture shows.
 */
export function BarChart(props: {
  title: string;
  summary: string;
  series: readonly Series[];
  points: readonly Point[];
  format: (value: number) => string;
}) {
  const { title, summary, series, points, format } = props;
  const titleId = useId();
  const summaryId = useId();
  const [frame, width] = useWidth();
  const values = points.flatMap(point => point.values);
  const marks = ticks(Math.min(0, ...values), Math.max(0, ...values));
  const y = scale(marks, HEIGHT);
  const room = Math.max(0, width - LEFT) / Math.max(1, points.length);
  const isLabelled = labelled(points.length, width - LEFT, LABEL_ROOM);

  return (
    <figure ref={frame} className="tw-chart">
      <ul className="tw-chart-legend" aria-hidden="true">
        {series.map(({ name, colour }) => (
          <li key={name}>
            <span className={`tw-chart-sign tw-chart-${colour}`} />
            {name}
          </li>
        ))}
      </ul>
      {width > 0 && (
        <svg
          role="img"
          aria-labelledby={`${titleId} ${summaryId}`}
          width={width}
          height={HEIGHT + BELOW + 8}
          viewBox={`0 -8 ${width} ${HEIGHT + BELOW + 8}`}
        >
          <title id={titleId}>{title}</title>
          <desc id={summaryId}>{summary}</desc>
          {marks.map(mark => (
            <g key={mark} className={mark === 0 ? 'tw-chart-zero' : 'tw-chart-line'}>
              <line x1={LEFT} x2={width} y1={y(mark)} y2={y(mark)} />
              <text x={LEFT - 8} y={y(mark)} dy="0.32em" textAnchor="end">
                {format(mark)}
              </text>
            </g>
          ))}
          {points.map((point, at) => (
            <g key={point.label} transform={`translate(${LEFT + room * at} 0)`}>
              {point.values.map((value, index) => (
                <rect
                  key={series[index]?.name}
                  className={`tw-chart-${series[index]?.colour ?? 1}`}
                  x={room * ((1 - BAR_PART) / 2)}
                  width={room * BAR_PART}
                  y={Math.min(y(0), y(value))}
                  height={Math.abs(y(value) - y(0))}
                >
                  <title>{`${point.label}, ${series[index]?.name}: ${format(Math.abs(value))}`}</title>
                </rect>
              ))}
              {isLabelled(at) && (
                <text className="tw-chart-label" x={room / 2} y={HEIGHT + 20} textAnchor="middle">
                  {point.label}
                </text>
              )}
            </g>
          ))}
        </svg>
      )}
    </figure>
  );
}
