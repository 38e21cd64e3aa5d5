import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import { requireDefaultChannel } from '../../api/default-channel';
import { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { ReportRangeError } from '../../errors';
import { MOST_REPORT_DAYS, reportRange } from '../../rules/report-range';

export interface ReportInput {
  readonly from: string;
  readonly to: string;
  readonly provider?: string | null;
  readonly currencyCode?: string | null;
}

interface Sums {
  captured: number;
  capturedCount: number;
  refunded: number;
  refundedCount: number;
  fees: number;
  disputed: number;
  disputedCount: number;
  disputesLost: number;
  disputesLostCount: number;
  disputesWon: number;
  disputesWonCount: number;
}

export interface ReportRow extends Sums {
  date: string;
  provider: string;
  currencyCode: string;
}

export interface ReportTotal extends Sums {
  currencyCode: string;
}

export interface DailyReport {
  from: string;
  to: string;
  rows: ReportRow[];
  totals: ReportTotal[];
}

const SUMS = [
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
] as const satisfies readonly (keyof Sums)[];

/** What providers have moved, by day, from the ledger. One statement; each of its parts reads an index by time. */
@Injectable()
export class DailyReportService {
  constructor(private readonly connection: TransactionalConnection) {}

  /**
   * @throws ForbiddenError outside the default channel
   * @throws ReportRangeError where the days are none, backwards or too many
   */
  async report(ctx: RequestContext, input: ReportInput): Promise<DailyReport> {
    requireDefaultChannel(ctx);
    const range = reportRange(input.from, input.to);
    if ('problem' in range) throw new ReportRangeError(range.problem, MOST_REPORT_DAYS);
    const found: Record<string, string>[] = await this.connection
      .getRepository(ctx, PaymentAttempt)
      .query(REPORT, [range.from, range.until, input.provider ?? null, input.currencyCode ?? null]);
    const rows = found.map(row => rowOf(row));
    return { from: input.from, to: input.to, rows, totals: totalsOf(rows) };
  }
}

/** Sums of PostgreSQL come as text: they may be larger than an int. */
function rowOf(row: Record<string, string>): ReportRow {
  const { date = '', provider = '', currencyCode = '' } = row;
  return { date, provider, currencyCode, ...sumsOf(name => Number(row[name])) };
}

function totalsOf(rows: readonly ReportRow[]): ReportTotal[] {
  const currencies = [...new Set(rows.map(({ currencyCode }) => currencyCode))].sort();
  return currencies.map(currencyCode => {
    const of = rows.filter(row => row.currencyCode === currencyCode);
    return { currencyCode, ...sumsOf(name => of.reduce((total, row) => total + row[name], 0)) };
  });
}

function sumsOf(value: (name: keyof Sums) => number): Sums {
  return Object.fromEntries(SUMS.map(name => [name, value(name)])) as unknown as Sums;
}

/** What an authorization took is what its provider said; it may have been another amount than was asked for. */
const REPORT = `
  WITH moved AS (
    SELECT a."movedAt" AS at, a.provider, a.currency,
           CASE a.kind WHEN 'refund' THEN 0 WHEN 'authorize' THEN COALESCE((a.answer ->> 'amount')::numeric, a.amount)
             ELSE a.amount END AS captured,
           CASE WHEN a.kind = 'refund' THEN 0 ELSE 1 END AS captures,
           CASE WHEN a.kind = 'refund' THEN a.amount ELSE 0 END AS refunded,
           CASE WHEN a.kind = 'refund' THEN 1 ELSE 0 END AS refunds,
           COALESCE(a.fees, 0) AS fees, 0 AS disputed, 0 AS disputes, 0 AS lost, 0 AS losses, 0 AS won, 0 AS wins
    FROM payment_attempt a
    WHERE a."movedAt" >= $1 AND a."movedAt" < $2
    UNION ALL
    SELECT d."openedAt", d.provider, d."currencyCode", 0, 0, 0, 0, 0, d.amount, 1, 0, 0, 0, 0
    FROM payment_dispute d
    WHERE d."openedAt" >= $1 AND d."openedAt" < $2
    UNION ALL
    SELECT d."closedAt", d.provider, d."currencyCode", 0, 0, 0, 0, 0, 0, 0,
           CASE WHEN d.status = 'lost' THEN d.amount ELSE 0 END, CASE WHEN d.status = 'lost' THEN 1 ELSE 0 END,
           CASE WHEN d.status = 'won' THEN d.amount ELSE 0 END, CASE WHEN d.status = 'won' THEN 1 ELSE 0 END
    FROM payment_dispute d
    WHERE d."closedAt" >= $1 AND d."closedAt" < $2
  )
  SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS date, provider, currency AS "currencyCode",
         sum(captured) AS captured, sum(captures) AS "capturedCount",
         sum(refunded) AS refunded, sum(refunds) AS "refundedCount", sum(fees) AS fees,
         sum(disputed) AS disputed, sum(disputes) AS "disputedCount",
         sum(lost) AS "disputesLost", sum(losses) AS "disputesLostCount",
         sum(won) AS "disputesWon", sum(wins) AS "disputesWonCount"
  FROM moved
  WHERE ($3::text IS NULL OR provider = $3) AND ($4::text IS NULL OR currency = $4)
  GROUP BY 1, 2, 3
  ORDER BY 1 DESC, 2, 3`;
