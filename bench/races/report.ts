import type { RacesOptions } from './options';
import type { RacesResult } from './races';

export interface RacesReport {
  startedAt: Date;
  commit: string;
  command: string;
  machine: string;
  loadAverage: number;
  options: RacesOptions;
  stock: RacesResult;
  tradewind: RacesResult;
}

/** The section of one run for the terminal and for bench/RESULTS.md, in Markdown. */
export function racesReport(report: RacesReport): string {
  const { options, stock, tradewind } = report;
  const date = report.startedAt.toISOString().slice(0, 16).replace('T', ' ');
  const row = (label: string, value: (result: RacesResult) => number | string) =>
    `| ${label} | ${value(stock)} | ${value(tradewind)} |`;
  const errors = (counts: Record<string, number>) =>
    Object.values(counts).reduce((sum, count) => sum + count, 0);
  return [
    `## ${date} UTC, ${report.commit}, races`,
    '',
    `\`${report.command}\``,
    '',
    `Seed ${options.seed}, one server. ${report.machine}; load average before: ${report.loadAverage}.`,
    '',
    `| ${options.shoppers} shoppers check out at once; there are ${options.units} units | stock | Tradewind |`,
    '| --- | --- | --- |',
    row('were told that they have bought', ({ paid }) => paid),
    row('units that are kept for them', result => result.allocated),
    row('sold, but not there', ({ paid }) => Math.max(0, paid - options.units)),
    row('were told that there are no more', ({ refused }) => refused),
    row('saw an internal error', result => errors(result.checkoutErrors)),
    '',
    `| ${options.changes} changes of one cart at once | stock | Tradewind |`,
    '| --- | --- | --- |',
    row('accepted', ({ accepted }) => accepted),
    row('units that were added, by the answers', ({ addedUnits }) => addedUnits),
    row('units that are in the cart', ({ unitsInCart }) => unitsInCart),
    row('lost', ({ addedUnits, unitsInCart }) => addedUnits - unitsInCart),
    row('lines that the one variant has', ({ lines }) => lines),
    row('carts that came to be', ({ carts }) => carts),
    row('internal errors', result => errors(result.cartErrors)),
    '',
    ...errorList('stock', stock),
    ...errorList('Tradewind', tradewind),
  ].join('\n');
}

/** What shoppers were shown, the most frequent first. */
function errorList(side: string, { checkoutErrors, cartErrors }: RacesResult): string[] {
  const all = [...Object.entries(checkoutErrors), ...Object.entries(cartErrors)];
  if (all.length === 0) return [];
  const lines = all
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(([message, count]) => `- ${count} x ${message.replace(/\s+/g, ' ').slice(0, 160)}`);
  return [`What shoppers of ${side} were shown:`, '', ...lines, ''];
}
