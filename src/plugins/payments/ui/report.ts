import { amountText } from './amounts';
import type { Figures, ReportRow } from './report.query';

/** The first and the last day, as `2026-01-31`. */
export interface Days {
  from: string;
  to: string;
}

/** Empty for all. */
export interface ReportFilter {
  provider: string;
  currencyCode: string;
}

/** What the API gives at once. */
export const MAX_DAYS = 366;

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** So many days that end with today, which has not ended yet. */
export function lastDays(count: number, now: Date): Days {
  return { from: dayOf(now.getTime() - (count - 1) * DAY_MS), to: dayOf(now.getTime()) };
}

/** Why a report cannot be of these days; nothing if it can. */
export function daysProblem({ from, to }: Days): { field: keyof Days; problem: string } | undefined {
  if (!isDay(from)) return { field: 'from', problem: 'Give the first day.' };
  if (!isDay(to)) return { field: 'to', problem: 'Give the last day.' };
  const count = (timeOf(to) - timeOf(from)) / DAY_MS + 1;
  if (count < 1) return { field: 'to', problem: 'The last day is before the first one.' };
  return count > MAX_DAYS
    ? { field: 'to', problem: `A report has ${MAX_DAYS} days at most; these are ${count}.` }
    : undefined;
}

/** Each day from the first to the last, also those on which nothing was moved. */
export function everyDay({ from, to }: Days): string[] {
  const count = Math.max(0, (timeOf(to) - timeOf(from)) / DAY_MS + 1);
  return Array.from({ length: count }, (_, index) => dayOf(timeOf(from) + index * DAY_MS));
}

export function filtered(rows: readonly ReportRow[], { provider, currencyCode }: ReportFilter): ReportRow[] {
  return rows.filter(
    row =>
      (provider === '' || row.provider === provider) &&
      (currencyCode === '' || row.currencyCode === currencyCode),
  );
}

/** What there is to choose from, in alphabetical order. */
export function choicesOf(rows: readonly ReportRow[], field: 'provider' | 'currencyCode'): string[] {
  return [...new Set(rows.map(row => row[field]))].sort();
}

export interface Total extends Figures {
  currencyCode: string;
}

const FIGURES: readonly (keyof Figures)[] = [
  'captured',
  'capturedCount',
  'refunded',
  'refundedCount',
  'fees',
  'disputed',
  'disputedCount',
  'disputesLost',
  'disputesLostCount',
  'disputesWon',
  'disputesWonCount',
];

/** The sums of each currency: those of different ones make none. The one with the most captures first. */
export function totalsOf(rows: readonly ReportRow[]): Total[] {
  const totals = new Map<string, Total>();
  for (const row of rows) {
    const { currencyCode } = row;
    const before = totals.get(currencyCode);
    const sums = FIGURES.map(name => [name, (before?.[name] ?? 0) + row[name]]);
    totals.set(currencyCode, { currencyCode, ...(Object.fromEntries(sums) as unknown as Figures) });
  }
  return [...totals.values()].sort(
    (a, b) => b.capturedCount - a.capturedCount || a.currencyCode.localeCompare(b.currencyCode),
  );
}

/** What is left for the shop: what was taken, less what was given back, what the provider keeps and disputes took. */
export function net({ captured, refunded, fees, disputesLost }: Figures): number {
  return captured - refunded - fees - disputesLost;
}

/** Day by day what was captured and, below zero, given back, in one currency. */
export function chartPoints(rows: readonly ReportRow[], days: Days, currencyCode: string) {
  const ofCurrency = rows.filter(row => row.currencyCode === currencyCode);
  return everyDay(days).map(date => {
    const ofDay = ofCurrency.filter(row => row.date === date);
    const sum = (field: 'captured' | 'refunded') => ofDay.reduce((total, row) => total + row[field], 0);
    // Minus nothing is nothing.
    return { date, captured: sum('captured'), refunded: 0 - sum('refunded') };
  });
}

const COLUMNS: readonly (keyof ReportRow)[] = ['date', 'provider', 'currencyCode', ...FIGURES];

/** A table for other programs: amounts in main units with a point, whatever the reader's language. */
export function csv(rows: readonly ReportRow[]): string {
  const lines = rows.map(row =>
    COLUMNS.map(column => {
      const value = row[column];
      if (typeof value === 'string') return quoted(value);
      return column.endsWith('Count') ? String(value) : signedAmount(value);
    }).join(','),
  );
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}

function signedAmount(minor: number): string {
  return `${minor < 0 ? '-' : ''}${amountText(Math.abs(minor))}`;
}

/** Programs take what begins with such a sign for a formula. */
function quoted(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replace(/"/g, '""')}"` : harmless;
}

function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(timeOf(text)) && dayOf(timeOf(text)) === text;
}

function timeOf(day: string): number {
  return new Date(`${day}T00:00:00.000Z`).getTime();
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
