import { gql } from 'graphql-tag';

/** What was decided about an attempt to pay, and by what. Amounts of points add up exactly to the score. */
const decisions = gql`
  "What a part of the scoring said, on its own scale"
  type FraudDecisionPart {
    "rules, velocity, device or model"
    part: String!
    "0 to 100; null when it could not be told"
    score: Float
    "Why it could not be told, such as: no model yet"
    missing: String
    reasons: [FraudDecisionReason!]!
  }

  "Why a part gave points"
  type FraudDecisionReason {
    "Stable, such as velocity.failures_6h, device.unknown, rule:7, model:email.entropy"
    code: String!
    "The rule's name, or what is known of the signal"
    name: String
    "On the part's own scale"
    points: Float!
    "What it was about, such as the count that was too high"
    facts: JSON!
  }

  "What a reason adds to the score"
  type FraudDecisionContribution {
    "rules, velocity, device or model"
    part: String!
    "As in FraudDecisionReason"
    code: String!
    "The rule's name, or what is known of the signal"
    name: String
    "Points of the score. All of a decision's contributions add up to its score"
    score: Float!
    facts: JSON!
  }

  "Something that was known when it was decided"
  type FraudDecisionSignal {
    "Such as ip.country; rules name it so"
    name: String!
    "Its meaning and unit"
    description: String!
    "A text, number or boolean"
    value: JSON!
  }

  "A rule that held"
  type FraudDecisionRule {
    id: ID!
    "Null where the rule is not known any more"
    name: String
    "Points that it added to the rules' own score"
    weight: Float!
    "allow, review or block; null for a rule that only adds points"
    action: String
    "Whether it only counts its hits, and had no part in the decision"
    shadow: Boolean!
  }

  "What decided in place of the score"
  type FraudDecisionOverride {
    "block_rule, review_rule, allow_rule, block_list, allow_list, ceiling (the score is above what anything may lift) or fail_limit (nothing could be scored)"
    kind: String!
    "The rule's or list's id"
    source: String!
    "The rule's or list's name"
    name: String
  }

  "What a model that is tried beside the one in use would have said"
  type FraudDecisionShadow {
    modelVersion: String!
    score: Float!
    "approve, review or decline"
    recommendation: String!
  }

  "How long it took, in milliseconds"
  type FraudDecisionTimings {
    signals: Float!
    history: Float!
    scoring: Float!
    total: Float!
  }

  "What was decided about an attempt to pay, with everything that it was decided by"
  type FraudDecision implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    attemptId: ID!
    "When it was decided"
    at: DateTime!
    "before or after the amount was reserved; only the second one knows the card"
    phase: String!
    "0 to 100 points"
    score: Float!
    "What the score and what overrides it say: approve, review or decline"
    recommendation: String!
    "What payments were told: allow, challenge, review or block"
    decision: String!
    "Null where the score decided"
    override: FraudDecisionOverride
    "Minor units"
    amount: Money!
    currencyCode: CurrencyCode!
    parts: [FraudDecisionPart!]!
    "The largest first; their scores add up to the score"
    contributions: [FraudDecisionContribution!]!
    "In the order of their names. What is not known is not here"
    signals: [FraudDecisionSignal!]!
    "All rules that held, also those that only count"
    rules: [FraudDecisionRule!]!
    "What could not be told, and why, such as: ip.country: no such database"
    missing: [String!]!
    ruleSetVersion: Int!
    modelVersion: String
    shadows: [FraudDecisionShadow!]!
    timings: FraudDecisionTimings!
  }
`;

const cases = gql`
  enum FraudCaseStatus {
    "Somebody has to look at it"
    open
    "It is decided, and the payment's provider is being asked to do what was decided"
    deciding
    "The payment was captured, or left as it was taken"
    approved
    "The payment was given back and the order cancelled"
    rejected
    "The payment fell away before anybody decided; see closedBecause"
    closed
  }

  enum FraudCaseVerdict {
    "Takes what is reserved"
    approve
    "Gives back what is reserved or taken, cancels the order and puts its units back into stock"
    reject
  }

  "A part of the queue"
  enum FraudCaseQueue {
    "All that wait for a decision"
    open
    "Open, and held by who asks"
    mine
    "Open, and held by nobody"
    unassigned
    "Open, and waiting for longer than allowed"
    due
    "Open or deciding, and the last try to carry out a decision failed"
    failed
    "Approved, rejected or closed"
    ended
  }

  "Why a case closed without a decision"
  enum FraudCaseClosing {
    "The payment failed, was given back, or its reservation expired"
    payment_gone
    "Staff captured the payment without the queue"
    payment_captured
    "The order was cancelled without the queue"
    order_cancelled
  }

  "An order with something in common"
  enum FraudLinkKind {
    customer
    "The same e-mail address"
    email
    "The same IP address"
    ip
    "The same network: /24 of IPv4, /48 of IPv6"
    network
    "The same fingerprint of the device"
    device
    "The same card"
    card
    "The same shipping address"
    address
  }

  "A point on the map"
  type FraudPlace {
    "Degrees; null where only the country is known"
    latitude: Float
    "Degrees; null where only the country is known"
    longitude: Float
    "ISO 3166-1 alpha-2"
    country: String
  }

  "Where the shopper seems to be, and where the order is billed and sent to"
  type FraudCasePlaces {
    "Of the IP address; null for an address that is not known or private"
    ip: FraudPlace
    "Of the billing address"
    billing: FraudPlace
    "Of the shipping address"
    shipping: FraudPlace
    "Great-circle distance between the IP and the billing address"
    distanceKm: Float
  }

  "Another order, and what it has in common with the order of the case"
  type FraudLinkedOrder {
    order: Order!
    "What both have in common, the most telling first"
    links: [FraudLinkKind!]!
    "How many attempts to pay it there were"
    attempts: Int!
    "When it was first tried to pay"
    at: DateTime!
    "Score of its last decision"
    score: Float
    "Whether it turned out to be fraud; null while nobody knows"
    fraud: Boolean
    "Where that is known from: dispute, staff, fraud_refund, fraud_warning or matured"
    outcomeSource: String
    "Its own case, the newest"
    fraudCase: FraudCase
  }

  "What somebody wrote to a case"
  type FraudCaseNote implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    "Empty once it was erased with the customer's data"
    text: String!
    author: Administrator
  }

  "What happened to a case"
  type FraudCaseEntry implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    "opened, scored (another decision came), assigned, taken_over, released, noted, deciding, failed, approved, rejected, closed or due"
    kind: String!
    "Who did it; null for what the shop did by itself"
    by: Administrator
    "Such as the reason of a decision, or what the provider said"
    text: String
  }

  "A payment that somebody has to look at. There is one for an attempt to pay"
  type FraudCase implements Node {
    id: ID!
    "When it came into the queue"
    createdAt: DateTime!
    updatedAt: DateTime!
    status: FraudCaseStatus!
    "Of the last decision, 0 to 100; null where nothing could be scored"
    score: Float
    "Of the last decision: approve, review or decline; null where nothing could be scored"
    recommendation: String
    "What was to be paid, in minor units"
    amount: Money!
    currencyCode: CurrencyCode!
    order: Order!
    orderId: ID!
    orderCode: String!
    "In the ledger of payments"
    attemptId: ID!
    "Whether the money was taken already when the case was opened: an approval leaves it, a rejection refunds it"
    captured: Boolean!
    "By when somebody should have decided"
    dueAt: DateTime!
    "Who works on it; null once assignedUntil is over"
    assignee: Administrator
    "Until when nobody else can take or decide it. Every action of the assignee extends it"
    assignedUntil: DateTime
    "What was decided; also while it is carried out, and after a failure what was tried"
    verdict: FraudCaseVerdict
    "Why, in the words of who decided"
    reason: String
    decidedBy: Administrator
    decidedAt: DateTime
    "Why the last decision could not be carried out; null once it is"
    problem: String
    problemAt: DateTime
    "When it was approved, rejected or closed"
    endedAt: DateTime
    closedBecause: FraudCaseClosing
    "The last first; at most two: before and after the reservation"
    decisions: [FraudDecision!]!
    places: FraudCasePlaces!
    "Everything that providers were asked for the order, the oldest first"
    paymentAttempts: [PaymentAttempt!]!
    "Orders with something in common, those with the most telling links first; at most 50"
    linkedOrders: [FraudLinkedOrder!]!
    "The oldest first; at most 200"
    notes: [FraudCaseNote!]!
    "The oldest first; at most 500"
    history: [FraudCaseEntry!]!
  }

  type FraudCaseList implements PaginatedList {
    items: [FraudCase!]!
    totalItems: Int!
  }

  "Filters and sorts by the fields of a case. Default sort: what is due first comes first; of ended cases the newest"
  input FraudCaseListOptions

  "How many cases there are in each part of the queue"
  type FraudCaseCounts {
    open: Int!
    mine: Int!
    unassigned: Int!
    due: Int!
    failed: Int!
  }

  extend type Order {
    "Its cases in the review queue, the newest first; at most 20. Null without ReadFraudReview"
    fraudCases: [FraudCase!]
  }
`;

const changes = gql`
  "Somebody else works on the case"
  type FraudCaseTakenError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "Who has it"
    assignee: Administrator
    "Until when, if nothing more is done to it"
    assignedUntil: DateTime!
  }

  "The case is decided, being decided, or closed: nothing can be changed"
  type FraudCaseEndedError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    status: FraudCaseStatus!
    "What was decided"
    verdict: FraudCaseVerdict
  }

  """
  The decision could not be carried out: the provider or the shop refused it, or nobody knows yet whether the provider
  did it. The problem is kept with the case
  """
  type FraudCaseDecisionFailedError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "Why"
    problem: String!
    "open: it can be decided again. deciding: the shop goes on by itself"
    status: FraudCaseStatus!
  }

  "There is no such case in this channel"
  type FraudCaseNotFoundError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }

  union ChangeFraudCaseResult =
    | FraudCase
    | FraudCaseTakenError
    | FraudCaseEndedError
    | FraudCaseNotFoundError
    | CardDataRefusedError

  union DecideFraudCaseResult =
    | FraudCase
    | FraudCaseTakenError
    | FraudCaseEndedError
    | FraudCaseDecisionFailedError
    | FraudCaseNotFoundError
    | CardDataRefusedError

  type BulkFraudCaseResult {
    "Of the case"
    id: ID!
    result: DecideFraudCaseResult!
  }

  input AssignFraudCaseInput {
    id: ID!
    "Who gets it; default: who asks"
    administratorId: ID
    "Take it also from somebody who works on it. It is kept in the history"
    takeOver: Boolean
  }

  input FraudCaseNoteInput {
    id: ID!
    "1 to 4,000 characters. No card data"
    text: String!
  }

  input ApproveFraudCaseInput {
    id: ID!
    "At most 500 characters"
    reason: String
  }

  input RejectFraudCaseInput {
    id: ID!
    "1 to 500 characters, for staff: the shopper sees nothing of it"
    reason: String!
  }

  input DecideFraudCasesInput {
    "At most 50"
    ids: [ID!]!
    verdict: FraudCaseVerdict!
    "1 to 500 characters"
    reason: String!
  }
`;

/** What staff see of the review queue, and do about it. */
export const reviewAdminSchema = gql`
  ${decisions}
  ${cases}
  ${changes}

  extend type Query {
    """
    Cases of the active channel; in the default channel those of all. Default part: open. Needs ReadFraudReview
    """
    fraudCases(queue: FraudCaseQueue, options: FraudCaseListOptions): FraudCaseList!
    "Needs ReadFraudReview"
    fraudCase(id: ID!): FraudCase
    "Needs ReadFraudReview"
    fraudCaseCounts: FraudCaseCounts!
  }

  extend type Mutation {
    """
    Takes the next case that nobody works on, the one that is due first. Two people never get the same one. Null when
    there is none. Needs UpdateFraudReview
    """
    nextFraudCase("Cases that are passed over; at most 100" except: [ID!]): FraudCase
    "Takes a case, or gives it to somebody. Needs UpdateFraudReview"
    assignFraudCase(input: AssignFraudCaseInput!): ChangeFraudCaseResult!
    "Lets go of a case, so that others can take it. Needs UpdateFraudReview"
    releaseFraudCase(id: ID!): ChangeFraudCaseResult!
    "Ended cases can be written to, too. Needs UpdateFraudReview"
    addFraudCaseNote(input: FraudCaseNoteInput!): ChangeFraudCaseResult!
    "Needs UpdateFraudReview"
    approveFraudCase(input: ApproveFraudCaseInput!): DecideFraudCaseResult!
    "Needs UpdateFraudReview"
    rejectFraudCase(input: RejectFraudCaseInput!): DecideFraudCaseResult!
    "Each case by itself: one that fails does not stop the others. Needs UpdateFraudReview"
    decideFraudCases(input: DecideFraudCasesInput!): [BulkFraudCaseResult!]!
  }
`;
