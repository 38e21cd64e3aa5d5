import { LOAD_STEPS, type LoadResult, type LoadStep } from './load-phase';
import type { Usage } from './meter';
import type { JourneyOptions } from './options';
import type { Side } from './sides';
import { SINGLE_STEPS, type SingleResult, type SingleStep } from './single-phase';
import { median, timesBetter } from './stats';

/** What one side gave in one round. */
export interface RoundResult {
  single: Record<SingleStep, SingleResult>;
  load: LoadResult;
  /** Of the loaded phase, per journey. */
  usage: Usage;
  /** Resident memory of the server after the loaded phase, MB. */
  residentMb: number;
}

export interface RunInfo {
  startedAt: Date;
  commit: string;
  command: string;
  options: JourneyOptions;
  /** Cores, versions. */
  machine: string;
  /** Load average of the last minute before the run. */
  loadAverage: number;
}

export type Rounds = Record<Side, RoundResult[]>;

/** More than this share of failed steps makes a run worthless. */
export const FAILURE_LIMIT = 0.01;

const STEP_LABELS: Record<SingleStep, string> = {
  home: 'home',
  search: 'search',
  product: 'product',
  add: 'add to cart (first)',
  addAgain: 'add again',
  view: 'view cart',
};

/** Why the figures must not be used, one line each; none when they may. */
export function problems(rounds: Rounds): string[] {
  return (Object.entries(rounds) as [Side, RoundResult[]][]).flatMap(([side, results]) =>
    results.flatMap(({ load }, index) => {
      if (load.failed <= FAILURE_LIMIT && load.journeys > 0) return [];
      const share = `${(load.failed * 100).toFixed(1)} % of the steps failed`;
      const broken = load.brokenChecks.length > 0 ? ` (${load.brokenChecks.join(', ')})` : '';
      return [`${side}, round ${index + 1}: ${load.journeys} journeys, ${share}${broken}`];
    }),
  );
}

/** The section of one run for the terminal and for bench/RESULTS.md, in Markdown. */
export function report(info: RunInfo, rounds: Rounds): string {
  const { options } = info;
  const invalid = problems(rounds);
  const date = info.startedAt.toISOString().slice(0, 16).replace('T', ' ');
  return [
    `## ${date} UTC, ${info.commit}, ${options.mode}${invalid.length > 0 ? ': INVALID' : ''}`,
    '',
    `\`${info.command}\``,
    '',
    `${options.products} products, ${options.customers} customers, ${options.orders} orders, seed ${options.seed}; ` +
      `${options.rounds} x ${options.seconds} s with ${options.vus} shoppers; ${options.requests} requests alone for each step. ` +
      `${info.machine}; load average before: ${info.loadAverage.toFixed(2)}.`,
    ...(invalid.length > 0 ? ['', 'Not to be used:', '', ...invalid.map(line => `- ${line}`)] : []),
    '',
    ...table(
      ['under load', 'stock', 'Tradewind', 'times better'],
      overallRows(rounds, options.mode === 'full'),
    ),
    '',
    ...table(
      [
        'stock / Tradewind (times better)',
        ...stepColumns(options.mode === 'full').map(column => column.title),
      ],
      stepRows(rounds, options.mode === 'full'),
    ),
    '',
  ].join('\n');
}

interface Figure {
  title: string;
  better: 'more' | 'less';
  digits: number;
  of: (round: RoundResult) => number;
}

function overallRows(rounds: Rounds, full: boolean): string[][] {
  const cpu = (title: string, key: keyof Usage): Figure => ({
    title: `${title}, CPU ms per journey`,
    better: 'less',
    digits: 1,
    of: round => round.usage[key],
  });
  const figures: Figure[] = [
    { title: 'journeys/s', better: 'more', digits: 2, of: round => round.load.journeysPerSecond },
    { title: 'failed steps, %', better: 'less', digits: 2, of: round => round.load.failed * 100 },
    cpu('server', 'server'),
    cpu('worker', 'worker'),
    cpu('PostgreSQL', 'postgres'),
    ...(full ? [cpu('Redis and OpenSearch', 'services')] : []),
    {
      title: "SQL statements per journey, with the worker's",
      better: 'less',
      digits: 1,
      of: round => round.usage.statements,
    },
    { title: 'server memory (RSS), MB', better: 'less', digits: 0, of: round => round.residentMb },
  ];
  return figures.map(figure => {
    const [stock, tradewind] = [rounds.stock, rounds.tradewind].map(results => results.map(figure.of));
    return [
      figure.title,
      withRange(stock as number[], figure.digits),
      withRange(tradewind as number[], figure.digits),
      times(timesBetter(median(stock as number[]), median(tradewind as number[]), figure.better)),
    ];
  });
}

interface StepColumn {
  title: string;
  digits: number;
  /** Whether the steps of a journey can be added up: costs can, percentiles cannot. */
  sum: boolean;
  of: (round: RoundResult, step: SingleStep) => number | undefined;
}

function stepColumns(full: boolean): StepColumn[] {
  const latency = (name: 'p50' | 'p95' | 'p99'): StepColumn => ({
    title: `${name} ms, loaded`,
    digits: 0,
    sum: false,
    // The second add is no step of the journey.
    of: (round, step) => round.load.latency[step as LoadStep]?.[name],
  });
  const usage = (title: string, key: keyof Usage): StepColumn => ({
    title,
    digits: 1,
    sum: true,
    of: (round, step) => round.single[step].usage[key],
  });
  return [
    latency('p50'),
    latency('p95'),
    latency('p99'),
    { title: 'p50 ms, alone', digits: 1, sum: false, of: (round, step) => round.single[step].latency },
    usage('server CPU ms', 'server'),
    usage('PostgreSQL CPU ms', 'postgres'),
    ...(full ? [usage('Redis, OpenSearch CPU ms', 'services')] : []),
    usage('SQL', 'statements'),
  ];
}

function stepRows(rounds: Rounds, full: boolean): string[][] {
  const columns = stepColumns(full);
  const steps = SINGLE_STEPS.map(step => [
    STEP_LABELS[step],
    ...columns.map(column =>
      comparison(column, middle(rounds.stock, column, step), middle(rounds.tradewind, column, step)),
    ),
  ]);
  const total = columns.map(column => {
    if (!column.sum) return '–';
    const [stock, tradewind] = [rounds.stock, rounds.tradewind].map(results =>
      LOAD_STEPS.reduce((sum, step) => sum + (middle(results, column, step) ?? 0), 0),
    );
    return comparison(column, stock, tradewind);
  });
  return [...steps, ['journey: the sum without "add again"', ...total]];
}

/** The median over the rounds; undefined when the step was not measured. */
function middle(results: RoundResult[], column: StepColumn, step: SingleStep): number | undefined {
  const values = results.map(round => column.of(round, step)).filter(value => value !== undefined);
  return values.length === 0 ? undefined : median(values);
}

function comparison(column: StepColumn, stock: number | undefined, tradewind: number | undefined): string {
  if (stock === undefined || tradewind === undefined) return '–';
  const ratio = times(timesBetter(stock, tradewind, 'less'));
  return `${stock.toFixed(column.digits)} / ${tradewind.toFixed(column.digits)} (${ratio})`;
}

/** The middle of the rounds, and from which to which they went. */
function withRange(values: number[], digits: number): string {
  const text = median(values).toFixed(digits);
  if (values.length < 2) return text;
  return `${text} (${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`;
}

function times(ratio: number | undefined): string {
  return ratio === undefined ? '–' : `x${ratio.toFixed(2)}`;
}

/** A Markdown table whose columns line up. */
export function table(header: string[], rows: string[][]): string[] {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map(row => (row[column] ?? '').length), 3),
  );
  const line = (cells: string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(header), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)];
}
