import { gql } from 'graphql-tag';

/** What was moved. Minor units. */
export interface Figures {
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

/** What a provider has moved in a currency on a day. */
export interface ReportRow extends Figures {
  /** `2026-01-31`, in UTC. */
  date: string;
  provider: string;
  currencyCode: string;
}

export interface Report {
  from: string;
  to: string;
  rows: ReportRow[];
}

export const REPORT = gql`
  query ReportPageDays($input: PaymentDailyReportInput!) {
    paymentDailyReport(input: $input) {
      from
      to
      rows {
        date
        provider
        currencyCode
        captured
        capturedCount
        refunded
        refundedCount
        fees
        disputed
        disputedCount
        disputesLost
        disputesLostCount
        disputesWon
        disputesWonCount
      }
    }
  }
`;
