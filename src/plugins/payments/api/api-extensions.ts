import { gql } from 'graphql-tag';
import { routingAdminSchema } from './routing.schema';

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

  "The payment is refused because of its risk. No money was taken; what was reserved is given back"
  type FraudDetectedError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "FRAUD_DETECTED"
    code: String!
  }

  extend union AddPaymentToOrderResult =
    | PaymentInProgressError
    | PaymentOutcomeUnknownError
    | PaymentReturnedError
    | PaymentActionRequiredError
    | PaymentInputError
    | FraudDetectedError

  enum PaymentMethodType {
    card
    "Apple Pay, Google Pay and the like"
    digital_wallet
    bank_transfer
  }

  input InitiatePaymentInput {
    "The code of the payment method: one of eligiblePaymentMethods whose provider is chosen by routing rules"
    method: String!
    "Default card"
    methodType: PaymentMethodType
    "The provider's token of the card, to confirm the payment at once. Never a card number"
    token: String
    "A payment method that the signed-in customer has saved; instead of a token"
    savedPaymentMethodId: ID
    "Lower case, such as visa, where it is known: routing rules may ask for it"
    cardBrand: String
    "Where the shopper comes back to from the provider's page; http or https"
    returnUrl: String
  }

  "A payment that was started with a provider"
  type InitiatedPayment {
    "The attempt's reference"
    id: ID!
    "The provider's code, such as stripe: tells which script the browser needs"
    provider: String!
    "pending (the shopper has to confirm it), authorized or succeeded"
    status: String!
    "For the provider's own script; a secret of this one payment"
    clientSecret: String
    "The page to go to; it leads back to the returnUrl"
    redirectUrl: String
    order: Order!
  }

  union InitiatePaymentResult =
    | InitiatedPayment
    | NoActiveOrderError
    | OrderPaymentStateError
    | IneligiblePaymentMethodError
    | PaymentFailedError
    | PaymentDeclinedError
    | OrderStateTransitionError
    | InsufficientStockError
    | CouponRemovedDuringCheckoutError
    | PaymentInProgressError
    | PaymentOutcomeUnknownError
    | PaymentReturnedError
    | PaymentInputError
    | FraudDetectedError

  "A payment of one of the customer's orders"
  type CustomerPayment {
    id: ID!
    createdAt: DateTime!
    orderCode: String!
    "What was paid, or was to be"
    amount: Money!
    "What was given back of it"
    refunded: Money!
    currencyCode: CurrencyCode!
    "Authorized (reserved), Settled (taken), Declined, Error or Cancelled"
    state: String!
    method: String!
  }

  type CustomerPaymentList {
    items: [CustomerPayment!]!
    totalItems: Int!
  }

  extend type Customer {
    "Payments of this customer's orders, the newest first. Default: the first 20; at most 100 at once"
    payments(skip: Int, take: Int): CustomerPaymentList!
  }

  extend type Mutation {
    """
    Starts the payment of the active order, which must be in the state ArrangingPayment, with the provider that the
    shop's routing rules name. Asked again with the same input it gives the same payment; with another input, the one
    before is taken back. What the provider tells later finishes the order.
    """
    initiatePayment(input: InitiatePaymentInput!): InitiatePaymentResult!
  }
`;

export const adminApiExtensions = gql`
  ${errors}
  ${routingAdminSchema}

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

  "The amount to capture is not between one minor unit and what is left of the reserved amount"
  type CaptureAmountError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "What can be captured, in minor units; 0 where it is captured already"
    maximumCapturable: Money!
  }

  "The payment's provider takes all of it or nothing: capture all, and refund the rest"
  type PartialCaptureNotSupportedError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }

  input CapturePaymentInput {
    "A payment in the state Authorized"
    paymentId: ID!
    "In minor units, at most what is reserved"
    amount: Money!
  }

  union CapturePaymentResult =
    | Payment
    | SettlePaymentError
    | PaymentStateTransitionError
    | OrderStateTransitionError
    | CaptureAmountError
    | PartialCaptureNotSupportedError
    | PaymentInProgressError
    | PaymentOutcomeUnknownError
    | PaymentReturnedError

  extend union SettlePaymentResult = CaptureAmountError
  extend union TransitionPaymentToStateResult = CaptureAmountError

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

  "The attempt's outcome is known, or is found out by asking its provider: there is nothing to decide"
  type PaymentAttemptDecidedError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    status: String!
  }

  union DecidePaymentAttemptResult = PaymentAttempt | PaymentAttemptDecidedError

  input DecidePaymentAttemptInput {
    id: ID!
    "Whether the provider's own pages show that the money moved (was reserved or taken, or given back)"
    moved: Boolean!
    "The provider's id of it, where the money moved"
    transactionId: String
    "How it was found out; kept in the attempt's log"
    reason: String!
  }

  extend type Mutation {
    """
    Takes a part of a reserved payment, once; the provider lets go of the rest, and the payment's amount becomes what
    was taken. An order that is not covered by it any more stays where it is until the rest is paid. settlePayment
    takes all that is left.
    """
    capturePayment(input: CapturePaymentInput!): CapturePaymentResult!

    """
    Ends an attempt whose outcome is unknown and whose provider cannot be asked by the shop: the payment method of
    another plugin, or a provider that is not configured any more. Look at the provider's own pages first.
    """
    decidePaymentAttempt(input: DecidePaymentAttemptInput!): DecidePaymentAttemptResult!
  }

  extend type Order {
    "Everything that payment providers were asked for this order, the oldest first; at most 500"
    paymentAttempts: [PaymentAttempt!]!
  }
`;
