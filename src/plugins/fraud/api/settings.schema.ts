import { gql } from 'graphql-tag';

/** What staff set of the fraud scoring. */
export const settingsAdminSchema = gql`
  "What counts for a payment that nothing could be told of"
  enum FraudFailClosed {
    "The money is kept reserved until staff decide"
    review
    "The payment is declined"
    block
  }

  "What a part counts for beside the model, 0 to 1"
  type FraudPartWeights {
    rules: Float!
    velocity: Float!
    device: Float!
  }

  input FraudPartWeightsInput {
    rules: Float!
    velocity: Float!
    device: Float!
  }

  "How many units of the base currency one unit of another is worth"
  type FraudExchangeRate {
    "ISO 4217"
    currency: String!
    rate: Float!
  }

  input FraudExchangeRateInput {
    currency: String!
    "Above 0"
    rate: Float!
  }

  "Settings of the fraud scoring. Never changed: each save makes a new version. Amounts are in main units of the base currency."
  type FraudSettings {
    "Rises by one with each save; 0 while nothing was saved"
    version: Int!
    savedAt: DateTime
    "The login of who saved it; null for a script, or when the login is gone"
    savedBy: String
    "The default channel's currency, ISO 4217: rules and limits are in it"
    baseCurrency: String!
    "Whether a medium risk is asked for 3-D Secure before its authorization"
    challengeMediumRisk: Boolean!
    "When nothing could be scored, payments below this amount go on"
    failOpenBelow: Float!
    "What happens to the others"
    failClosed: FraudFailClosed!
    "Instead of what the model has learned; null takes the model's, and 1 each without a model"
    partWeights: FraudPartWeights
    "After how many days without a bad sign a paid order counts as good"
    maturityDays: Int!
    "How many hours a case may wait"
    reviewHours: Int!
    "Who is told of cases that are due"
    dueMails: [String!]!
    "Where a message is sent when a case is due; null for nowhere"
    dueWebhook: String
    "Whether a challenger that is better by its figures takes over by itself"
    promoteAutomatically: Boolean!
    "A payment in a currency that is not here has no amount to judge"
    exchangeRates: [FraudExchangeRate!]!
  }

  "What is left out stays as it is"
  input SaveFraudSettingsInput {
    "The version that the settings were made from; 0 for the first save"
    baseVersion: Int!
    challengeMediumRisk: Boolean
    "0 or more"
    failOpenBelow: Float
    failClosed: FraudFailClosed
    "Null takes the model's again"
    partWeights: FraudPartWeightsInput
    "1 to 365"
    maturityDays: Int
    "1 to 720"
    reviewHours: Int
    "At most 20"
    dueMails: [String!]
    "http or https, in the public internet unless the shop allows others; null for nowhere"
    dueWebhook: String
    promoteAutomatically: Boolean
    "All of them; at most 200"
    exchangeRates: [FraudExchangeRateInput!]
    "Why; kept in the audit log. At most 500 characters"
    note: String
  }

  "The settings cannot be used. Nothing was saved."
  type FraudSettingsInvalidError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    problems: [FraudProblem!]!
  }

  union SaveFraudSettingsResult = FraudSettings | FraudSettingsInvalidError | FraudStaleError

  extend type Query {
    "Needs ReadFraudRules."
    fraudSettings: FraudSettings!
  }

  extend type Mutation {
    "They count from the next payment on. Needs UpdateFraudRules."
    saveFraudSettings(input: SaveFraudSettingsInput!): SaveFraudSettingsResult!
  }
`;
