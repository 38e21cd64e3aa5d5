import { gql } from 'graphql-tag';

const errors = gql`
  "An attempt to pay this order is under way, or its outcome is not known yet: wait for it, it is not charged twice"
  type PaymentInProgressError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }

  "The provider was asked and its answer was lost. The shop finds out by itself what became of it: do not pay again"
  type PaymentOutcomeUnknownError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }

  "The money was taken but cannot be used for this order any more: it is given back by itself"
  type PaymentReturnedError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }
`;

export const shopApiExtensions = gql`
  ${errors}

  "The shopper has to confirm the payment in the browser or on the page of the bank"
  type PaymentActionRequiredError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "For the provider's own script; a secret of this one payment"
    clientSecret: String
    "The page to go to; it leads back to the returnUrl that was given"
    redirectUrl: String
  }

  "What was sent as metadata of the payment cannot be used"
  type PaymentInputError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "Which field is wrong, and what it may be"
    problem: String!
  }

  extend union AddPaymentToOrderResult =
    | PaymentInProgressError
    | PaymentOutcomeUnknownError
    | PaymentReturnedError
    | PaymentActionRequiredError
    | PaymentInputError
`;

export const adminApiExtensions = gql`
  ${errors}

  extend union SettlePaymentResult =
    | PaymentInProgressError
    | PaymentOutcomeUnknownError
    | PaymentReturnedError
  extend union CancelPaymentResult =
    | PaymentInProgressError
    | PaymentOutcomeUnknownError
    | PaymentReturnedError
  extend union TransitionPaymentToStateResult =
    | PaymentInProgressError
    | PaymentOutcomeUnknownError
    | PaymentReturnedError
  extend union RefundOrderResult = PaymentInProgressError | PaymentOutcomeUnknownError | PaymentReturnedError

  "One thing that a payment provider was asked for. Written before it is asked"
  type PaymentAttempt implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    "authorize, capture, void or refund"
    kind: String!
    "The provider's code; for a payment method of another plugin, its handler's"
    provider: String!
    "The code of the payment method"
    method: String!
    "What was asked for, in minor units"
    amount: Money!
    currencyCode: CurrencyCode!
    "open (asked, nothing heard), pending (the shopper has to act), processing, authorized, succeeded, failed, cancelled or unknown (the answer was lost)"
    status: String!
    "What became of it in the shop: none (yet), applied, stranded (no order can take it: it is given back) or returned"
    disposition: String!
    "What the provider knows it by: the idempotency key of the call"
    reference: String!
    "The provider's id of the payment or refund"
    transactionId: String
    "What the provider keeps, in minor units; null where it has not said"
    fees: Int
    "declined, unavailable (the provider never acted on it) or invalid"
    failureKind: String
    failureCode: String
    failureMessage: String
    strandedBecause: String
    paymentId: ID
    refundId: ID
    "What was heard of it, the oldest first"
    entries: [PaymentAttemptEntry!]!
  }

  type PaymentAttemptEntry implements Node {
    id: ID!
    createdAt: DateTime!
    "started, answered, asked (the provider was asked again), applied, stranded, returned or decided (by staff)"
    kind: String!
    status: String!
    note: String
  }

  extend type Order {
    "Everything that payment providers were asked for this order, the oldest first; at most 500"
    paymentAttempts: [PaymentAttempt!]!
  }
`;
