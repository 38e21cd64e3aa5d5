import { gql } from 'graphql-tag';

/** What other rules, or another model, would have decided. */
export const backtestAdminSchema = gql`
  enum FraudBacktestState {
    "A worker begins with it soon"
    queued
    running
    done
    "See its error"
    failed
    cancelled
  }

  "What the score and what overrides it say"
  enum FraudBacktestRecommendation {
    approve
    review
    decline
  }

  "Attempts to pay, and what they came to in minor units of the shop's base currency (without those in a currency that has no rate)"
  type FraudBacktestCount {
    attempts: Int!
    amount: Money!
  }

  "Attempts by what was decided about them, and by what is decided about them now"
  type FraudBacktestCell {
    then: FraudBacktestRecommendation!
    now: FraudBacktestRecommendation!
    "All, whatever became of them"
    all: FraudBacktestCount!
    "Those that turned out to be fraud"
    fraud: FraudBacktestCount!
    "Those that turned out to be good"
    good: FraudBacktestCount!
  }

  "What decisions came to"
  type FraudBacktestFigures {
    approved: FraudBacktestCount!
    reviewed: FraudBacktestCount!
    declined: FraudBacktestCount!
    "Frauds that were reviewed or declined"
    fraudsCaught: FraudBacktestCount!
    "Frauds that were approved"
    fraudsMissed: FraudBacktestCount!
    "Good orders that were declined"
    goodLost: FraudBacktestCount!
    "Good orders that were reviewed"
    goodReviewed: FraudBacktestCount!
  }

  "What a tested rule would have done"
  type FraudBacktestRule {
    ruleId: String!
    name: String!
    "Attempts for which it held, also in shadow"
    fired: FraudBacktestCount!
    "Attempts that would have been decided otherwise without it are not told apart: these are those that it decided by itself"
    decided: FraudBacktestCount!
    fraud: FraudBacktestCount!
    good: FraudBacktestCount!
  }

  "An order that is decided otherwise now"
  type FraudBacktestExample {
    decisionId: ID!
    orderId: ID!
    orderCode: String
    at: DateTime!
    "Minor units of the order's currency"
    amount: Money!
    currencyCode: CurrencyCode!
    then: FraudBacktestRecommendation!
    now: FraudBacktestRecommendation!
    "0 to 100 points"
    scoreThen: Float!
    scoreNow: Float!
    "Ids of the tested rules that hold"
    rules: [String!]!
    "Whether it turned out to be fraud; null while nobody knows"
    fraud: Boolean
  }

  type FraudBacktestResult {
    "Those that changed and those that did not; only pairs that occur"
    cells: [FraudBacktestCell!]!
    then: FraudBacktestFigures!
    now: FraudBacktestFigures!
    "Attempts that are decided otherwise"
    changed: Int!
    "Attempts whose score is another one"
    rescored: Int!
    "Decisions that could not be judged again: their personal signals are erased, or their features are of another release. They count as they were decided"
    unknown: Int!
    "Of the tested rules, in their order; empty where the rules are those of then"
    rules: [FraudBacktestRule!]!
    "Up to 50 of the attempts that are decided otherwise, with each kind of change among them, the newest first"
    examples: [FraudBacktestExample!]!
  }

  "Past decisions, decided once more by other rules or by another model. What lists and settings said then counts, as it did."
  type FraudBacktest implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    state: FraudBacktestState!
    "The login of who asked for it"
    startedBy: String
    note: String
    "Of the decisions"
    from: DateTime!
    to: DateTime!
    "Null for a draft, and where the rules are those of then"
    rulesVersion: Int
    "The tested rules; null where they are those of then"
    rules: [FraudRule!]
    "The tested model; null where it is that of then"
    modelVersion: String
    "Decisions that are judged so far"
    checked: Int!
    "Decisions in all, once they are counted"
    total: Int
    "0 to 1"
    progress: Float!
    startedAt: DateTime
    endedAt: DateTime
    "Why it failed"
    error: String
    "Null until it is done"
    result: FraudBacktestResult
  }

  type FraudBacktests {
    items: [FraudBacktest!]!
    totalItems: Int!
  }

  input StartFraudBacktestInput {
    "Of the decisions; at most 366 days, the end excluded"
    from: DateTime!
    to: DateTime!
    "Rules that are not published. Without them and without rulesVersion, the rules are those of then"
    rules: [FraudRuleInput!]
    "Published rules; 0 for those that the shop came with"
    rulesVersion: Int
    "Without it, the model is that of then"
    modelVersion: String
    "At most 500 characters"
    note: String
  }

  "It cannot be begun: the period is none, both rules and a version of them are given, nothing is to be tested, or there is no such model. See problems."
  type FraudBacktestInputError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    problems: [FraudProblem!]!
  }

  "As many backtests as may wait are waiting"
  type FraudBacktestBusyError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    max: Int!
  }

  union StartFraudBacktestResult =
    | FraudBacktest
    | FraudRulesInvalidError
    | FraudVersionNotFoundError
    | FraudBacktestInputError
    | FraudBacktestBusyError

  extend type Query {
    "Null when there is no such backtest, or it is not kept: they are for 90 days. Needs ReadFraudRules."
    fraudBacktest(id: ID!): FraudBacktest
    "The newest first. Needs ReadFraudRules."
    fraudBacktests(options: FraudPageOptions): FraudBacktests!
  }

  extend type Mutation {
    "A worker carries it out; ask fraudBacktest for its progress. Changes no decision. Needs ReadFraudRules."
    startFraudBacktest(input: StartFraudBacktestInput!): StartFraudBacktestResult!
    "Of one that has ended, nothing changes. Null when there is no such backtest. Needs ReadFraudRules."
    cancelFraudBacktest(id: ID!): FraudBacktest
  }
`;
