import { gql } from 'graphql-tag';

export type DriftLevel = 'stable' | 'moved' | 'drifted' | 'too_few';

export interface Measure {
  name: string;
  psi: number | null;
  level: DriftLevel;
  bins: Array<{ label: string; reference: number; current: number }>;
}

export interface Week {
  week: string;
  decisions: number;
  approved: number;
  reviewed: number;
  declined: number;
  good: number;
  frauds: number;
  precision: number | null;
  recall: number | null;
}

export interface DriftDay {
  id: string;
  day: string;
  level: DriftLevel;
  approvalRate: number | null;
  reviewRate: number | null;
  declineRate: number | null;
  score: { name: string; psi: number | null; level: DriftLevel };
  features: Array<{ name: string; psi: number | null; level: DriftLevel }>;
}

export interface DriftReport {
  id: string;
  day: string;
  createdAt: string;
  from: string;
  to: string;
  referenceFrom: string;
  referenceTo: string;
  rows: number;
  referenceRows: number;
  approvalRate: number | null;
  reviewRate: number | null;
  declineRate: number | null;
  referenceApprovalRate: number | null;
  referenceReviewRate: number | null;
  referenceDeclineRate: number | null;
  modelVersion: string | null;
  level: DriftLevel;
  score: Measure;
  features: Measure[];
  weeks: Week[];
}

export type DriftReportsAnswer =
  | { __typename: 'FraudDriftReports'; items: DriftDay[] }
  | { __typename: 'FraudDriftRangeError'; message: string; problem: string };

const REPORT_FIELDS = gql`
  fragment FraudPageMeasure on FraudDriftMeasure {
    name
    psi
    level
    bins {
      label
      reference
      current
    }
  }
  fragment FraudPageDrift on FraudDriftReport {
    id
    day
    createdAt
    from
    to
    referenceFrom
    referenceTo
    rows
    referenceRows
    approvalRate
    reviewRate
    declineRate
    referenceApprovalRate
    referenceReviewRate
    referenceDeclineRate
    modelVersion
    level
    score {
      ...FraudPageMeasure
    }
    features {
      ...FraudPageMeasure
    }
    weeks {
      week
      decisions
      approved
      reviewed
      declined
      good
      frauds
      precision
      recall
    }
  }
`;

export const DRIFT = gql`
  query FraudPageDriftNow {
    fraudDriftReport {
      ...FraudPageDrift
    }
  }
  ${REPORT_FIELDS}
`;

export const DRIFT_DAYS = gql`
  query FraudPageDriftDays($input: FraudDriftInput!) {
    result: fraudDriftReports(input: $input) {
      ... on FraudDriftReports {
        items {
          id
          day
          level
          approvalRate
          reviewRate
          declineRate
          score {
            name
            psi
            level
          }
          features {
            name
            psi
            level
          }
        }
      }
      ... on FraudDriftRangeError {
        message
        problem
      }
    }
  }
`;

export const MAKE_DRIFT = gql`
  mutation FraudPageMakeDrift {
    makeFraudDriftReport {
      ...FraudPageDrift
    }
  }
  ${REPORT_FIELDS}
`;
