import { gql } from 'graphql-tag';

/** Rules of the fraud scoring, for staff. */
export const rulesAdminSchema = gql`
  "A signal, or a count of earlier attempts, that a rule can name"
  type FraudField {
    "Such as order.amount or velocity.card.failures.6h"
    name: String!
    "number, text or boolean"
    type: String!
    "Meaning and unit"
    description: String!
    "What it can be compared by"
    operators: [FraudRuleOperator!]!
    "Whether it says something of a person"
    personal: Boolean!
  }

  "Of a condition. Texts are compared without regard to case, to spaces around them and to how Unicode writes them. A field that is missing meets no condition but exists: false."
  enum FraudRuleOperator {
    "Value: a text, number or boolean, as the field"
    equals
    "Value: a text, number or boolean, as the field"
    not_equals
    "Value: a number"
    greater_than
    "Value: a number"
    less_than
    "Value: two numbers, the smaller one first; both are included"
    between
    "Value: a text that is somewhere in the field's"
    contains
    "Value: the name of a list"
    in_list
    "Value: a regular expression of RE2 (no look-around, no back-references) of at most 500 characters, found anywhere in the text; its time is linear, whatever it is. Case counts unless it begins with (?i)."
    matches
    "Value: true where the field has to be there, false where it has to be missing"
    exists
  }

  "What a rule does when it holds, beside adding its weight"
  enum FraudRuleAction {
    "Approves, unless something blocks, or the score is above 80"
    allow
    "Has staff look at it, unless something declines it"
    review
    "Declines"
    block
  }

  "Adds points, or decides, when what it asks for holds"
  type FraudRule {
    "Given once and kept: statistics hang on it. 1 to 64 letters, digits, dashes and underscores"
    id: String!
    name: String!
    "A rule that is not enabled is not looked at"
    enabled: Boolean!
    "Counts its hits, adds no points and never acts"
    shadow: Boolean!
    "From then on it counts as not enabled; null without an end"
    expiresAt: DateTime
    "A group: {match: all or any, members: [...]}. A member is a group, or a condition: {field, operator, value}; see FraudRuleOperator"
    when: JSON!
    "Points, 0 to 100. Those of all rules that hold are added, up to 100"
    weight: Float!
    "Null for a rule that only adds its weight"
    action: FraudRuleAction
  }

  input FraudRuleInput {
    id: String!
    "1 to 100 characters"
    name: String!
    enabled: Boolean!
    shadow: Boolean!
    expiresAt: DateTime
    "As in FraudRule: at most 5 groups deep, and 50 conditions"
    when: JSON!
    weight: Float!
    action: FraudRuleAction
  }

  enum FraudProblemSeverity {
    "So it cannot be saved"
    error
    "It can be saved, but is hardly meant so"
    warning
  }

  "What is wrong with something that was sent"
  type FraudProblem {
    "Where, such as rules.0.when.members.1.value; counted from 0"
    path: String!
    "Stable, such as unknown-field"
    code: String!
    severity: FraudProblemSeverity!
    "What is wrong and what to do, in the language of the request"
    message: String!
  }

  "One state of the rules. It is never changed: each publication makes a new one, and the newest is in use."
  type FraudRuleSet {
    "Rises by one with each publication; 0 for the rules of a shop that has published none"
    version: Int!
    publishedAt: DateTime
    "The login of who published it; null for a script, or when the login is gone"
    publishedBy: String
    note: String
    "The version that was taken up again; null for rules that are new"
    restoredFrom: Int
    rules: [FraudRule!]!
    "What is wrong with the rules as things are now, such as a rule that has expired"
    problems: [FraudProblem!]!
  }

  type FraudRuleSetVersion {
    version: Int!
    publishedAt: DateTime!
    publishedBy: String
    note: String
    restoredFrom: Int
    ruleCount: Int!
  }

  type FraudRuleSetVersions {
    items: [FraudRuleSetVersion!]!
    totalItems: Int!
  }

  "A page"
  input FraudPageOptions {
    skip: Int
    "20 without it, at most 100"
    take: Int
  }

  input PublishFraudRulesInput {
    "The version that the rules were made from; 0 for the first publication"
    baseVersion: Int!
    "Why, for those who come later; up to 500 characters"
    note: String
    "All rules; up to 200"
    rules: [FraudRuleInput!]!
  }

  input RestoreFraudRulesInput {
    "The version in use; 0 while none was published"
    baseVersion: Int!
    "The version to take up again; 0 for the rules that the shop came with"
    version: Int!
    note: String
  }

  "What a draft would be answered when it is published"
  type FraudRulesCheck {
    valid: Boolean!
    problems: [FraudProblem!]!
  }

  "What a rule did in a period. Of each attempt to pay only the last decision counts."
  type FraudRuleStatistics {
    ruleId: String!
    "Null where the rules in use do not have it any more"
    name: String
    "Attempts for which it held, also in shadow"
    fired: Int!
    "Attempts for which it held, and not in shadow"
    acted: Int!
    "Attempts of these that it decided by itself, in place of the score"
    decided: Int!
    "Attempts for which it held and that turned out to be fraud"
    fraudsCaught: Int!
    "Of these, those that a dispute told of"
    disputesCaught: Int!
    "Attempts that it acted on, that were reviewed or declined, and that turned out to be good"
    goodStopped: Int!
    "Attempts for which it held and whose outcome nobody knows yet"
    open: Int!
    "What the frauds came to, in minor units of the shop's base currency"
    fraudAmount: Money!
    "What the good ones that were stopped came to, in minor units of the shop's base currency"
    goodAmount: Money!
  }

  "The rules cannot be used. Nothing was saved."
  type FraudRulesInvalidError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "All that is wrong, with warnings"
    problems: [FraudProblem!]!
  }

  "Somebody has saved something else since. Nothing was saved."
  type FraudStaleError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "The version to start from"
    currentVersion: Int!
  }

  "There is no such version, or it is not kept"
  type FraudVersionNotFoundError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    version: Int!
  }

  union PublishFraudRulesResult = FraudRuleSet | FraudRulesInvalidError | FraudStaleError
  union RestoreFraudRulesResult =
    | FraudRuleSet
    | FraudRulesInvalidError
    | FraudStaleError
    | FraudVersionNotFoundError

  enum FraudAuditSubject {
    rules
    list
    settings
  }

  "A change of what decides about payments"
  type FraudAuditEntry implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    at: DateTime!
    "The login of who did it; null for a script, or when the login is gone"
    by: String
    subject: FraudAuditSubject!
    "Such as published, restored, created, uploaded, entries-added, entries-removed, deleted or saved"
    action: String!
    "The rule set's or settings' new version, or the list's name"
    target: String!
    note: String
    "What was before, as far as it was changed. Of many entries of a list the first 100 and how many they are"
    before: JSON
    "What is now, as far as it was changed"
    after: JSON
  }

  type FraudAuditLog {
    items: [FraudAuditEntry!]!
    totalItems: Int!
  }

  input FraudAuditOptions {
    skip: Int
    "20 without it, at most 100"
    take: Int
    subject: FraudAuditSubject
    target: String
  }

  extend type Query {
    "The rules in use. Needs ReadFraudRules; in the default channel only, as all of rules, lists, settings and backtests: they are those of all channels."
    fraudRules: FraudRuleSet!
    "The rules as they were in an earlier version; null when there is none. Needs ReadFraudRules."
    fraudRuleSetVersion(version: Int!): FraudRuleSet
    "Who published which version when, the newest first. Needs ReadFraudRules."
    fraudRuleSetVersions(options: FraudPageOptions): FraudRuleSetVersions!
    "What rules can ask for. Needs ReadFraudRules."
    fraudFields: [FraudField!]!
    "What is wrong with rules that are not published. Needs ReadFraudRules."
    checkFraudRules(rules: [FraudRuleInput!]!): FraudRulesCheck!
    "What each rule did in a period of at most 366 days, also rules that are gone; those of the rules in use first, in their order. Needs ReadFraudRules."
    fraudRuleStatistics(from: DateTime!, to: DateTime!): [FraudRuleStatistics!]!
    "Every change of rules, lists and settings, the newest first. Needs ReadFraudRules."
    fraudAuditLog(options: FraudAuditOptions): FraudAuditLog!
  }

  extend type Mutation {
    "Puts rules in use, from the next payment on. Needs UpdateFraudRules."
    publishFraudRules(input: PublishFraudRulesInput!): PublishFraudRulesResult!
    "Publishes the rules of an earlier version anew. Needs UpdateFraudRules."
    restoreFraudRules(input: RestoreFraudRulesInput!): RestoreFraudRulesResult!
  }
`;
