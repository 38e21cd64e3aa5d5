import { gql } from 'graphql-tag';

/** What became of attempts to pay, for staff. */
export const labelsAdminSchema = gql`
  "Where it is known from, the strongest first: what a stronger source says counts"
  enum FraudLabelSource {
    "The card holder's bank took the payment for fraud and wants the money back"
    dispute
    "Staff have decided"
    staff
    "Staff gave the money back and named fraud as the reason"
    fraud_refund
    "The bank suspects that the card is not the shopper's"
    fraud_warning
    "Paid, and nothing bad was heard for the days that the settings name"
    matured
  }

  enum FraudVerdict {
    fraud
    good
    "What was said before does not count any more, such as a dispute that the shop has won"
    withdrawn
  }

  "What was said of an attempt to pay. Nothing of it is ever changed: whoever thinks again says it anew"
  type FraudLabel implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    source: FraudLabelSource!
    verdict: FraudVerdict!
    "When it became known: attempts before that moment are never judged by it"
    knownAt: DateTime!
    "What it came from, in that source's words: the provider's id of the dispute, the refund's id, the case's id"
    reference: String!
    note: String
    "The login of who said it; null where nobody of the staff did, or when the login is gone"
    by: String
  }

  "What became of an attempt to pay, by all that was said of it"
  type FraudOutcome {
    "Of the authorization in the ledger of payments"
    attemptId: ID!
    orderId: ID!
    "When it was assessed"
    at: DateTime!
    "Null while nobody knows"
    fraud: Boolean
    "What counted"
    source: FraudLabelSource
    "When it became known"
    knownAt: DateTime
    "All that was said, the newest first; at most 100"
    labels: [FraudLabel!]!
  }

  "By its attempt, or by its order; exactly one of both"
  input LabelFraudAttemptInput {
    attemptId: ID
    "The attempt that paid the order; where none did, the newest"
    orderId: ID
    verdict: FraudVerdict!
    "Why; at most 1000 characters"
    note: String
  }

  "No attempt to pay was assessed under this id"
  type FraudAttemptNotFoundError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }

  union LabelFraudAttemptResult = FraudOutcome | FraudAttemptNotFoundError

  extend type Query {
    "What is known of the attempts to pay an order, the newest first; at most 100. Needs ReadFraudModels or ReadFraudReview."
    fraudOutcomes(orderId: ID!): [FraudOutcome!]!
  }

  extend type Mutation {
    """
    Says what became of an attempt to pay, for orders that no case is open about. The next training and the reputation of
    its device, card and address know it. Needs UpdateFraudModels or UpdateFraudReview.
    """
    labelFraudAttempt(input: LabelFraudAttemptInput!): LabelFraudAttemptResult!
  }
`;
