import { gql } from 'graphql-tag';

/** Whether what comes in, and what is made of it, is still like before, for staff. */
export const driftAdminSchema = gql`
  "How far a distribution has moved, by its PSI"
  enum FraudDriftLevel {
    "Below 0.1"
    stable
    "0.1 to 0.25"
    moved
    "Above 0.25: look at what has changed, and train anew"
    drifted
    "Too few attempts on either side to say"
    too_few
  }

  "A part of a distribution"
  type FraudDriftBin {
    "For a number its span, such as 10 - 25; missing where it was not known"
    label: String!
    "Part of the reference's attempts, 0-1"
    reference: Float!
    "Part of the report's attempts, 0-1"
    current: Float!
  }

  type FraudDriftMeasure {
    "score, or the name of a feature"
    name: String!
    """
    Population stability index: sum over the bins of (current - reference) * ln(current / reference), each part at least
    0.0001 (Siddiqi, Credit Risk Scorecards, 2006). Ten bins of equal size in the reference, and one for what is missing.
    Null with too few attempts
    """
    psi: Float
    level: FraudDriftLevel!
    bins: [FraudDriftBin!]!
  }

  "Decisions and what became of them, of attempts made in one week. The newer, the fewer outcomes are known"
  type FraudDriftWeek {
    "Its Monday, YYYY-MM-DD, in UTC"
    week: String!
    decisions: Int!
    approved: Int!
    reviewed: Int!
    declined: Int!
    "Known outcomes so far"
    good: Int!
    frauds: Int!
    "Fraud that was reviewed or declined"
    fraudsStopped: Int!
    "Good orders that were reviewed or declined"
    goodStopped: Int!
    "Of what was stopped and is known, the part that is fraud; null without any"
    precision: Float
    "Of the known fraud, the part that was stopped; null without any"
    recall: Float
  }

  type FraudDriftReport implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    "The day that it was made on, YYYY-MM-DD, in UTC"
    day: String!
    "The attempts that it looks at: the seven days before"
    from: DateTime!
    to: DateTime!
    "What they are compared with: the 28 days before those"
    referenceFrom: DateTime!
    referenceTo: DateTime!
    "Attempts that were looked at; at most 20000 on either side, spread evenly"
    rows: Int!
    referenceRows: Int!
    "Of all attempts of the seven days, 0-1; null without any"
    approvalRate: Float
    reviewRate: Float
    declineRate: Float
    "Of all attempts of the reference, 0-1; null without any"
    referenceApprovalRate: Float
    referenceReviewRate: Float
    referenceDeclineRate: Float
    "The champion when it was made"
    modelVersion: String
    "The worst of the score and all features"
    level: FraudDriftLevel!
    score: FraudDriftMeasure!
    "The most important features of the champion, without one the most common; the one that moved most first"
    features: [FraudDriftMeasure!]!
    "The last 13 weeks, as far as their outcomes were known on that day; the oldest first"
    weeks: [FraudDriftWeek!]!
  }

  "A day that is not written YYYY-MM-DD, or more than 366 days"
  type FraudDriftRangeError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    problem: String!
  }

  type FraudDriftReports {
    "The oldest first"
    items: [FraudDriftReport!]!
  }

  union FraudDriftReportsResult = FraudDriftReports | FraudDriftRangeError

  input FraudDriftInput {
    "The first day, YYYY-MM-DD, in UTC"
    from: String!
    "The last day, YYYY-MM-DD, in UTC; it belongs to the range. At most 366 days in all"
    to: String!
  }

  extend type Query {
    "One report for each day of the range that has one. In the default channel only. Needs ReadFraudModels."
    fraudDriftReports(input: FraudDriftInput!): FraudDriftReportsResult!
    "The newest report; null before the first. In the default channel only. Needs ReadFraudModels."
    fraudDriftReport: FraudDriftReport
  }

  extend type Mutation {
    "Makes today's report now, or makes it anew. In the default channel only. Needs UpdateFraudModels."
    makeFraudDriftReport: FraudDriftReport!
  }
`;
