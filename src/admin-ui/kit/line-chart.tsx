import React, { useId } from 'react';
import { labelled, runsOf, scale, ticks } from './chart-scale';
import { useWidth } from './use-width';

export interface Line {
  name: string;
  /** Which of the chart's colours. Each has a sign of its own, too, for those who cannot tell them apart. */
  colour: 1 | 2 | 3 | 4;
  /** One for each label; null where nothing is known. */
  values: ReadonlyArray<number | null>;
}

/** A level that values are judged by. */
export interface Threshold {
  name: string;
  value: number;
}

const HEIGHT = 220;
/** Room for the figures at the left and the labels below. */
const LEFT = 64;
const RIGHT = 12;
const BELOW = 28;
const ABOVE = 14;
const LABEL_ROOM = 124;

/**
 * Values over time, as lines. A picture for those who see it: whoever shows one has a table of the same figures beside
 * it, and says in `summary` what the picture shows.
 */
export function LineChart(props: {
  title: string;
  summary: string;
  labels: readonly string[];
  lines: readonly Line[];
  thresholds?: readonly Threshold[];
  format: (value: number) => string;
}) {
  const { title, summary, labels, lines, thresholds = [], format } = props;
  const titleId = useId();
  const summaryId = useId();
  const [frame, width] = useWidth();
  const values = [
    ...lines.flatMap(line => line.values.filter(value => value !== null)),
    ...thresholds.map(({ value }) => value),
  ];
  const marks = ticks(Math.min(0, ...values), Math.max(0, ...values));
  const y = scale(marks, HEIGHT);
  const room = Math.max(0, width - LEFT - RIGHT);
  const x = (at: number) => LEFT + (labels.length === 1 ? room / 2 : (room * at) / (labels.length - 1));
  const isLabelled = labelled(labels.length, room, LABEL_ROOM);

  return (
    <figure ref={frame} className="tw-chart">
      <ul className="tw-chart-legend" aria-hidden="true">
        {lines.map(({ name, colour }) => (
          <li key={name}>
            <svg className="tw-chart-key" width="16" height="12" viewBox="-8 -6 16 12">
              <Sign colour={colour} />
            </svg>
            {name}
          </li>
        ))}
      </ul>
      {width > 0 && (
        <svg
          role="img"
          aria-labelledby={`${titleId} ${summaryId}`}
          width={width}
          height={HEIGHT + BELOW + ABOVE}
          viewBox={`0 ${-ABOVE} ${width} ${HEIGHT + BELOW + ABOVE}`}
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
          {thresholds.map(({ name, value }) => (
            <g key={name} className="tw-chart-threshold">
              <line x1={LEFT} x2={width} y1={y(value)} y2={y(value)} />
              <text x={width - 4} y={y(value) - 4} textAnchor="end">
                {name}
              </text>
            </g>
          ))}
          {lines.map(({ name, colour, values: ofLine }) => (
            <g key={name}>
              {runsOf(ofLine).map(run => (
                <g key={run[0]?.at}>
                  <polyline
                    className={`tw-chart-path tw-chart-stroke-${colour}`}
                    points={run.map(({ at, value }) => `${x(at)},${y(value)}`).join(' ')}
                  />
                  {run.map(({ at, value }) => (
                    <g key={at} transform={`translate(${x(at)} ${y(value)})`}>
                      <Sign colour={colour} />
                      <title>{`${labels[at]}, ${name}: ${format(value)}`}</title>
                    </g>
                  ))}
                </g>
              ))}
            </g>
          ))}
          {labels.map(
            (label, at) =>
              isLabelled(at) && (
                <text
                  key={`${at} ${label}`}
                  className="tw-chart-label"
                  x={x(at)}
                  y={HEIGHT + 20}
                  textAnchor={anchor(at, labels.length)}
                >
                  {label}
                </text>
              ),
          )}
        </svg>
      )}
    </figure>
  );
}

/** The texts at the ends stay inside the picture. */
function anchor(at: number, count: number): 'start' | 'middle' | 'end' {
  if (count === 1) return 'middle';
  if (at === 0) return 'start';
  return at === count - 1 ? 'end' : 'middle';
}

/** A circle, a square, a triangle and a rhombus. */
function Sign({ colour }: { colour: Line['colour'] }) {
  const className = `tw-chart-${colour}`;
  switch (colour) {
    case 1:
      return <circle className={className} r={4} />;
    case 2:
      return <rect className={className} x={-3.5} y={-3.5} width={7} height={7} />;
    case 3:
      return <path className={className} d="M0,-5 L5,4 L-5,4 Z" />;
    case 4:
      return <path className={className} d="M0,-5 L5,0 L0,5 L-5,0 Z" />;
  }
}
