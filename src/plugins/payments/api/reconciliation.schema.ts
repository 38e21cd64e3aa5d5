import { gql } from 'graphql-tag';

/** Where the shop and a provider say different things of a payment, and what staff do about it. */
const differences = gql`
  enum PaymentDifferenceKind {
    "The provider tells of a payment that the shop has no record of"
    unknown_payment
    "The shop says that money is reserved or was taken; the provider knows of no such payment"
    missing_at_provider
    "The provider's payment is of another amount or currency than the shop asked for"
    amount_differs
    "The provider has taken money that the shop has not: by hand on the provider's pages, or for another reason"
    captured_elsewhere
    "The provider has taken less than the shop says"
    captured_less
    "The provider has given money back that the shop has not"
    refunded_elsewhere
    "The shop says that money was given back; the provider has not done so, or its refund failed"
    refund_missing
    "The shop says that money is reserved; the provider has let it go: voided by hand, or expired"
    voided_elsewhere
    "The provider has money reserved that the shop has let go of"
    held_at_provider
    "The provider holds or has kept money for an order that was cancelled"
    order_cancelled
    "The money is still reserved, and will soon be free again: capture it, or let it go"
    authorization_expiring
    "No order could take the money, and it could not be given back by itself"
    stranded
    "Nobody heard what became of it, and its provider cannot be asked by the shop"
    outcome_unknown
  }

  enum PaymentDifferenceStatus {
    "Staff have to look at it; it closes by itself once both sides agree"
    open
    resolved
  }

  "What staff can do about a difference"
  enum PaymentDifferenceAction {
    "Brings the shop to what the provider says: records the capture, the refund or the void that was made without it"
    ACCEPT_PROVIDER
    "Gives back at the provider what is in dispute: what was taken too much, or all of it where no order can take it"
    REFUND
    "Lets go at the provider what is reserved"
    VOID
    "Has the provider take what it has reserved"
    CAPTURE
    "The provider's own pages show that the money moved; of stranded money, that it was given back"
    DECIDE_MOVED
    "The provider's own pages show that no money moved"
    DECIDE_NOT_MOVED
    "Asks the provider once more, now; it closes if both sides agree"
    CHECK_AGAIN
    "Leaves both sides as they are. It comes up again only if one of them changes"
    IGNORE
  }

  enum PaymentDifferenceResolution {
    "Both sides agree again"
    agreed
    "The shop was brought to what the provider says"
    accepted
    refunded
    voided
    captured
    "Staff have found out what became of it"
    decided
    "Staff leave both sides as they are"
    ignored
  }

  "What one side says of a payment. Amounts in minor units of the difference's currency"
  type PaymentSide {
    "The shop: a status of PaymentAttempt. The provider: the same words; missing where it knows of no such payment"
    status: String!
    "What was asked for"
    amount: Money!
    "ISO 4217; differs from the difference's currencyCode only where the provider has another one"
    currencyCode: CurrencyCode!
    captured: Money!
    "What was given back, or is being given back"
    refunded: Money!
    "What the provider keeps; null where it has not said"
    fees: Money
    "Whether a dispute is open or was lost"
    disputed: Boolean!
    "The provider's id of the payment"
    transactionId: String
  }

  "A payment of which the shop and the provider say different things. There is one open row for a payment and kind."
  type PaymentDifference implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    kind: PaymentDifferenceKind!
    status: PaymentDifferenceStatus!
    "The provider's code"
    provider: String!
    "Null for a payment that the shop has no record of"
    order: Order
    "The authorization that made the payment (for outcome_unknown, stranded and a refund that failed, what it is about); null for a payment that the shop has no record of"
    attempt: PaymentAttempt
    orderId: ID
    attemptId: ID
    currencyCode: CurrencyCode!
    "What the shop says; of a payment that it has no record of, nothing: status none and no amounts"
    ours: PaymentSide!
    "What the provider said when it was asked last; null where it knows of no such payment, or cannot be asked"
    theirs: PaymentSide
    "What the difference is about, in minor units: what one side has more than the other"
    amount: Money!
    "What staff may do about it now; empty once it is resolved"
    actions: [PaymentDifferenceAction!]!
    "When a comparison saw it last"
    lastSeenAt: DateTime!
    resolvedAt: DateTime
    resolution: PaymentDifferenceResolution
    "Who resolved it; null when it closed by itself"
    resolvedBy: Administrator
    "Why, in the words of who resolved it"
    note: String
  }

  type PaymentDifferenceList implements PaginatedList {
    items: [PaymentDifference!]!
    totalItems: Int!
  }

  input PaymentDifferenceListOptions

  input ResolvePaymentDifferenceInput {
    id: ID!
    "One of the difference's actions"
    action: PaymentDifferenceAction!
    "Why; kept with the difference and in the attempt's log. At most 500 characters"
    reason: String!
    "For DECIDE_MOVED: the provider's id of the payment, capture or refund"
    transactionId: String
  }

  "Somebody else has resolved it, or both sides agree again"
  type PaymentDifferenceResolvedError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    resolution: PaymentDifferenceResolution!
  }

  "The action is not one of those that are possible for this difference as it is now, or the shop or provider refused it"
  type PaymentDifferenceActionError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "What stands in its way"
    problem: String!
    "What is possible"
    actions: [PaymentDifferenceAction!]!
  }

  "The provider did not answer. Nothing was changed in the shop: try again later"
  type PaymentProviderSilentError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    provider: String!
  }

  """
  The difference as it is now: resolved by the action, or still open where the action (CHECK_AGAIN, or one whose effect
  the provider is still busy with) has not ended it
  """
  union ResolvePaymentDifferenceResult =
    | PaymentDifference
    | PaymentDifferenceResolvedError
    | PaymentDifferenceActionError
    | PaymentProviderSilentError
    | PaymentInProgressError
    | PaymentOutcomeUnknownError
    | CardDataRefusedError
`;

const runs = gql`
  enum PaymentReconciliationState {
    "Asked for; a worker begins within seconds"
    queued
    running
    "What was due is compared, or as much of it as one run takes on: the next one goes on from there"
    done
    "It ended before its end; the next run goes on from there"
    failed
  }

  "One comparison of the ledger with the providers"
  type PaymentReconciliationRun implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    state: PaymentReconciliationState!
    "schedule or staff"
    trigger: String!
    startedAt: DateTime
    endedAt: DateTime
    "Payments whose provider was asked"
    checked: Int!
    "Payments that were brought to what the provider says, because it was certain"
    repaired: Int!
    "Differences that are new, or were seen again"
    differences: Int!
    "Payments whose provider did not answer: they are compared in the next run"
    unreachable: Int!
    "Why it failed"
    error: String
  }

  type PaymentReconciliationRunList implements PaginatedList {
    items: [PaymentReconciliationRun!]!
    totalItems: Int!
  }

  input PaymentReconciliationRunListOptions
`;

const disputes = gql`
  enum PaymentDisputeStatus {
    "The shop has to answer, by respondBy"
    needs_response
    "The bank decides"
    under_review
    "The shop keeps the money"
    won
    "The shopper has the money back"
    lost
  }

  "The shopper's bank wants the money back"
  type PaymentDispute implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    "The provider's code"
    provider: String!
    "The provider's id of the dispute"
    providerDisputeId: String!
    order: Order
    "The authorization that made the payment"
    attempt: PaymentAttempt
    orderId: ID
    paymentId: ID
    "What is in dispute, in minor units"
    amount: Money!
    currencyCode: CurrencyCode!
    "In the provider's words, such as fraudulent or product_not_received"
    reason: String!
    status: PaymentDisputeStatus!
    "By when the shop has to answer, on the provider's own pages"
    respondBy: DateTime
    openedAt: DateTime!
    "When it was won or lost"
    closedAt: DateTime
  }

  type PaymentDisputeList implements PaginatedList {
    items: [PaymentDispute!]!
    totalItems: Int!
  }

  input PaymentDisputeListOptions

  extend type Order {
    "Disputes of this order's payments, the newest first; at most 100"
    paymentDisputes: [PaymentDispute!]!
  }
`;

const report = gql`
  input PaymentDailyReportInput {
    "The first day, YYYY-MM-DD, in UTC"
    from: String!
    "The last day, YYYY-MM-DD, in UTC; it belongs to the report. At most 366 days in all"
    to: String!
    "A provider's code; all of them without it"
    provider: String
    "All of them without it"
    currencyCode: CurrencyCode
  }

  "What a provider has moved in a currency on a day, from the ledger. Minor units. Days without anything have no row"
  type PaymentDailyReportRow {
    "YYYY-MM-DD, in UTC"
    date: String!
    provider: String!
    currencyCode: CurrencyCode!
    "Taken on this day"
    captured: Money!
    capturedCount: Int!
    "Given back on this day, whenever it was taken"
    refunded: Money!
    refundedCount: Int!
    "What the provider keeps of what was moved on this day, as far as it has said"
    fees: Money!
    "Disputes that were opened on this day"
    disputed: Money!
    disputedCount: Int!
    "Disputes that were lost on this day, whenever they were opened: the money is gone"
    disputesLost: Money!
    disputesLostCount: Int!
    "Disputes that were won on this day, whenever they were opened"
    disputesWon: Money!
    disputesWonCount: Int!
  }

  "The sums of a currency over all days and providers of the report"
  type PaymentDailyReportTotal {
    currencyCode: CurrencyCode!
    captured: Money!
    capturedCount: Int!
    refunded: Money!
    refundedCount: Int!
    fees: Money!
    disputed: Money!
    disputedCount: Int!
    disputesLost: Money!
    disputesLostCount: Int!
    disputesWon: Money!
    disputesWonCount: Int!
  }

  type PaymentDailyReport {
    from: String!
    to: String!
    "The newest day first, then by provider and currency"
    rows: [PaymentDailyReportRow!]!
    totals: [PaymentDailyReportTotal!]!
  }
`;

export const reconciliationAdminSchema = gql`
  ${differences}
  ${runs}
  ${disputes}
  ${report}

  extend type Query {
    """
    Where the shop and its providers disagree, the newest first; filter by status for the queue. Concerns all channels,
    and is seen in the default channel only. Needs ReadPaymentReconciliation.
    """
    paymentDifferences(options: PaymentDifferenceListOptions): PaymentDifferenceList!
    "In the default channel only. Needs ReadPaymentReconciliation."
    paymentDifference(id: ID!): PaymentDifference
    "The newest first. In the default channel only. Needs ReadPaymentReconciliation."
    paymentReconciliationRuns(options: PaymentReconciliationRunListOptions): PaymentReconciliationRunList!
    "Disputes, the newest first. In the default channel only. Needs ReadPaymentReconciliation."
    paymentDisputes(options: PaymentDisputeListOptions): PaymentDisputeList!
    "What providers have moved, day by day. In the default channel only. Needs ReadPaymentReconciliation."
    paymentDailyReport(input: PaymentDailyReportInput!): PaymentDailyReport!
  }

  extend type Mutation {
    "Ends a difference. In the default channel only. Needs UpdatePaymentReconciliation."
    resolvePaymentDifference(input: ResolvePaymentDifferenceInput!): ResolvePaymentDifferenceResult!
    """
    Compares now, in a worker, what is due. Gives the run that is under way where there is one: there is never more than
    one. In the default channel only. Needs UpdatePaymentReconciliation.
    """
    reconcilePayments: PaymentReconciliationRun!
  }
`;
