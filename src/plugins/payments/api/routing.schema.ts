import { gql } from 'graphql-tag';

/** Which provider takes which payment, for staff. */
export const routingAdminSchema = gql`
  "How a payment is made"
  enum PaymentRoutingMethodType {
    card
    digital_wallet
    bank_transfer
  }

  "What a rule asks of a payment. All that is given must hold. What is not known of a payment never holds."
  type PaymentRoutingConditions {
    "ISO 4217 codes; one of them. Null, here and below: not asked for"
    currencies: [String!]
    "At least so much, in minor units of amountCurrency"
    minAmount: Money
    "At most so much, in minor units of amountCurrency"
    maxAmount: Money
    "The currency of both amounts; payments in another one do not match"
    amountCurrency: String
    "Countries of the billing address, ISO 3166-1 alpha-2; one of them"
    countries: [String!]
    methodTypes: [PaymentRoutingMethodType!]
    "In lower case, such as visa; one of them. Known only where the provider has told it before, as for saved cards"
    cardBrands: [String!]
    "The customer is in one of them"
    customerGroupIds: [ID!]
    channelIds: [ID!]
  }

  type PaymentRoutingTarget {
    "The provider's code"
    provider: String!
    "Its part of the rule's payments, among the weights of all its providers: 1 to 10000"
    weight: Int!
  }

  "Payments that meet its conditions go to its providers. The first rule that holds takes a payment."
  type PaymentRoutingRule {
    "Given once and kept: which of several providers an order goes to hangs on it"
    id: String!
    name: String!
    "A rule that is not enabled takes nothing"
    enabled: Boolean!
    when: PaymentRoutingConditions!
    "Who takes them first. Every attempt at an order goes to the same one."
    to: [PaymentRoutingTarget!]!
    "Who is tried then, in this order, where it is proven that the attempt before has not charged"
    failover: [String!]!
  }

  enum PaymentRoutingSeverity {
    "Such a table cannot be saved"
    error
    "It can be saved, but is hardly meant so"
    warning
  }

  type PaymentRoutingProblem {
    "Where, such as rules.0.when.minAmount; counted from 0"
    path: String!
    "Stable, such as unknown-provider"
    code: String!
    severity: PaymentRoutingSeverity!
    "What is wrong and what to do, in the language of the request"
    message: String!
  }

  "A provider that this server is configured for"
  type PaymentRoutingProvider {
    code: String!
    "Whether it takes what no rule takes"
    isDefault: Boolean!
    methodTypes: [PaymentRoutingMethodType!]!
    "Whether an amount can be reserved now and taken later"
    manualCapture: Boolean!
    "Whether a part of what is reserved can be taken"
    partialCapture: Boolean!
    "Whether it keeps a customer's cards"
    savedMethods: Boolean!
    "Whether the shopper's browser can confirm a payment"
    clientConfirmation: Boolean!
  }

  "One state of the rules. It is never changed: each save makes a new one, and the newest is in use."
  type PaymentRouting {
    "Rises by one with each save; 0 while none was saved"
    version: Int!
    savedAt: DateTime
    "The login of who saved it; null for a script, or when the login is gone"
    savedBy: String
    note: String
    "In the order in which they are asked"
    rules: [PaymentRoutingRule!]!
    "What is wrong with the rules in this shop as it is now: a provider may have gone since they were saved"
    problems: [PaymentRoutingProblem!]!
    "In the order of the configuration. Without any keys or secrets"
    providers: [PaymentRoutingProvider!]!
  }

  type PaymentRoutingVersion {
    version: Int!
    savedAt: DateTime!
    savedBy: String
    note: String
    ruleCount: Int!
  }

  type PaymentRoutingVersions {
    items: [PaymentRoutingVersion!]!
    totalItems: Int!
  }

  input PaymentRoutingVersionsOptions {
    skip: Int
    "20 without it, at most 100"
    take: Int
  }

  input PaymentRoutingConditionsInput {
    currencies: [String!]
    minAmount: Money
    maxAmount: Money
    amountCurrency: String
    countries: [String!]
    methodTypes: [PaymentRoutingMethodType!]
    cardBrands: [String!]
    customerGroupIds: [ID!]
    channelIds: [ID!]
  }

  input PaymentRoutingTargetInput {
    provider: String!
    weight: Int!
  }

  input PaymentRoutingRuleInput {
    "1 to 64 letters, digits, dashes and underscores"
    id: String!
    "1 to 100 characters"
    name: String!
    enabled: Boolean!
    when: PaymentRoutingConditionsInput!
    "1 to 20"
    to: [PaymentRoutingTargetInput!]!
    "Up to 20"
    failover: [String!]!
  }

  input SavePaymentRoutingInput {
    "The version that the rules were made from; 0 for the first save"
    baseVersion: Int!
    "Why, for those who come later; up to 500 characters"
    note: String
    "All rules, in their order; up to 200"
    rules: [PaymentRoutingRuleInput!]!
  }

  "What is known of a payment; what is left out is not known"
  input PaymentRouteInput {
    "With it, the provider that this order would go to where a rule has several; else the likeliest"
    orderId: ID
    "In minor units of the currency"
    amount: Money
    currency: String
    "Of the billing address, ISO 3166-1 alpha-2"
    country: String
    methodType: PaymentRoutingMethodType
    cardBrand: String
    "Empty for a guest"
    customerGroupIds: [ID!]
    channelId: ID
    "Rules to try without saving them; without any, those in use"
    rules: [PaymentRoutingRuleInput!]
  }

  enum PaymentRouteOutcome {
    "The rule takes the payment"
    taken
    "It would, had no earlier rule taken the payment"
    shadowed
    "It does not hold"
    refused
  }

  "Why a rule does not take a payment: it is disabled, a condition does not hold, or none of its providers can do the method type"
  enum PaymentRouteRefusal {
    disabled
    currencies
    amountCurrency
    minAmount
    maxAmount
    countries
    methodTypes
    cardBrands
    customerGroupIds
    channelIds
    providers
  }

  type PaymentRouteReason {
    ruleId: String!
    ruleName: String!
    outcome: PaymentRouteOutcome!
    "The first thing that does not hold"
    refusedBy: PaymentRouteRefusal
    "Whether that is so because it is not known of the payment"
    unknownFact: Boolean!
  }

  type PaymentRouteShare {
    provider: String!
    "From 0 to 1; together 1"
    share: Float!
  }

  type PaymentRoute {
    "Null where no rule takes the payment: it goes to the default provider"
    ruleId: String
    ruleName: String
    "The version in use, also when other rules were tried"
    tableVersion: Int!
    "The first choice, then those to fail over to; empty where no provider can do it"
    providers: [String!]!
    "What part of such payments each provider gets first"
    shares: [PaymentRouteShare!]!
    "One for each rule, in their order"
    reasons: [PaymentRouteReason!]!
  }

  "The rules cannot be used. Nothing was saved."
  type PaymentRoutingInvalidError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "All that is wrong, with warnings"
    problems: [PaymentRoutingProblem!]!
  }

  "Somebody has saved other rules since. Nothing was saved."
  type PaymentRoutingStaleError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "The version to start from"
    currentVersion: Int!
  }

  union SavePaymentRoutingResult = PaymentRouting | PaymentRoutingInvalidError | PaymentRoutingStaleError
  union ExplainPaymentRouteResult = PaymentRoute | PaymentRoutingInvalidError

  extend type Query {
    "The rules in use. Needs ReadPaymentRouting; in the default channel only, as all of these: the rules are those of all channels."
    paymentRouting: PaymentRouting!
    "The rules as they were in an earlier version; null when there is none, or it is not kept. The newest 500 are. Needs ReadPaymentRouting."
    paymentRoutingVersion(version: Int!): PaymentRouting
    "Who saved which version when, the newest first. Needs ReadPaymentRouting."
    paymentRoutingVersions(options: PaymentRoutingVersionsOptions): PaymentRoutingVersions!
    "Which rule would take a payment, who gets it, and why the other rules do not. Needs ReadPaymentRouting."
    explainPaymentRoute(input: PaymentRouteInput!): ExplainPaymentRouteResult!
  }

  extend type Mutation {
    "Puts rules in use, from the next payment on. To go back, save an earlier version's rules anew. Needs UpdatePaymentRouting."
    savePaymentRouting(input: SavePaymentRoutingInput!): SavePaymentRoutingResult!
  }
`;
