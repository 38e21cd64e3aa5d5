import type { PaymentsResult } from './measure';
import type { PaymentsOptions } from './options';
import { PAYMENT_LABELS, PAYMENT_SIDES, type PaymentSide } from './sides';

export interface PaymentsReport {
  startedAt: Date;
  commit: string;
  command: string;
  machine: string;
  loadAverage: number;
  loadAverageAfter: number;
  options: PaymentsOptions;
  results: Record<PaymentSide, PaymentsResult>;
}

/** The section of one run for the terminal and for bench/RESULTS.md, in Markdown. */
export function paymentsReport(report: PaymentsReport): string {
  const { options, results } = report;
  const date = report.startedAt.toISOString().slice(0, 16).replace('T', ' ');
  const row = (label: string, value: (result: PaymentsResult) => string | number) =>
    `| ${label} | ${PAYMENT_SIDES.map(side => value(results[side])).join(' | ')} |`;
  const head = (title: string) => [
    `| ${title} | ${PAYMENT_SIDES.map(side => PAYMENT_LABELS[side]).join(' | ')} |`,
    `| --- | ${PAYMENT_SIDES.map(() => '---').join(' | ')} |`,
  ];
  const pace = (result: PaymentsResult, index: number) => result.paces[index];
  const paces = results.stock.paces.flatMap(({ providerMs }, index) => [
    row(`payments/s, ${providerMs} ms`, result => (pace(result, index)?.perSecond ?? NaN).toFixed(1)),
    row(`p50 / p95 ms, ${providerMs} ms`, result => pair(pace(result, index))),
    row(`added to stock's p50, ms, ${providerMs} ms`, result =>
      Math.round((pace(result, index)?.p50 ?? NaN) - (pace(results.stock, index)?.p50 ?? NaN)),
    ),
  ]);
  return [
    `## ${date} UTC, ${report.commit}, payments`,
    '',
    `\`${report.command}\``,
    '',
    `One server, 10 connections to the database. ${report.machine}; load average before: ${report.loadAverage}, after: ${report.loadAverageAfter}.`,
    '',
    ...head(`${options.payments} payments, ${options.parallel} at once, by the provider's time`),
    ...paces,
    row('p50 ms, one at a time, 0 ms', ({ alone }) => Math.round(alone.p50)),
    row('SQL statements per payment', ({ alone }) => alone.statements.toFixed(1)),
    '',
    ...head(`${options.shoppers} shoppers pay at once; the provider takes 2 s`),
    row('browsing before, p50 / p95 ms', ({ before }) => pair(before)),
    row('browsing meanwhile, p50 / p95 ms', ({ during }) => pair(during)),
    row('of its requests, failed', ({ during }) => `${during.failed} of ${during.requests}`),
    row('until all were answered, s', ({ spikeMs }) => (spikeMs / 1000).toFixed(1)),
    row('paid', ({ paid }) => paid),
    row('connections idle in a transaction, most', ({ mostIdle }) => mostIdle),
    row('and on average', ({ meanIdle }) => meanIdle.toFixed(1)),
    '',
    ...PAYMENT_SIDES.flatMap(side => failuresOf(side, results[side])),
  ].join('\n');
}

function pair(times: { p50: number; p95: number } | undefined): string {
  return times === undefined ? '–' : `${Math.round(times.p50)} / ${Math.round(times.p95)}`;
}

function failuresOf(side: PaymentSide, { failures }: PaymentsResult): string[] {
  const all = Object.entries(failures);
  if (all.length === 0) return [];
  return [
    `What shoppers of ${PAYMENT_LABELS[side]} were shown:`,
    '',
    ...all.map(([message, count]) => `- ${count} x ${message.replace(/\s+/g, ' ').slice(0, 160)}`),
    '',
  ];
}
