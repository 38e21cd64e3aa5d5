import { gql } from 'graphql-tag';

export const webhooksAdminSchema = gql`
  "A message of a payment provider. Of the message itself nothing is kept but what stands here."
  type PaymentWebhook implements Node {
    id: ID!
    "The provider's code"
    provider: String!
    "The provider's id of the message: it is kept once, however often it is sent"
    eventId: String!
    "The provider's own name of it, such as payment_intent.succeeded"
    type: String!
    kind: PaymentWebhookKind!
    "The provider's id of the payment that it is about"
    transactionId: String
    "The attempt that it is about, where the message names it"
    reference: String
    "When it happened, as the provider says"
    occurredAt: DateTime
    dispute: PaymentWebhookDispute
    state: PaymentWebhookState!
    "How often its work was begun"
    attempts: Int!
    "Why the last attempt failed, or why it was ignored"
    error: String
    receivedAt: DateTime!
    "When its work ended, whatever came of it; it is deleted 90 days later"
    processedAt: DateTime
  }

  enum PaymentWebhookKind {
    payment
    refund
    dispute
    "The bank warns that the payment may be fraud"
    fraud_warning
    "Nothing that the shop acts on"
    other
  }

  enum PaymentWebhookState {
    "Kept, and to be worked off"
    received
    "Worked off"
    done
    "Nothing of this shop was concerned"
    ignored
    "Given up after all attempts; it can be tried again"
    failed
  }

  "What a message says of a dispute"
  type PaymentWebhookDispute {
    "The provider's id"
    disputeId: String!
    "In minor units of the currency"
    amount: Money!
    "ISO 4217"
    currency: String!
    "In the provider's words"
    reason: String!
    "needs_response, under_review, won or lost"
    status: String!
    "By when the shop has to answer"
    respondBy: DateTime
  }

  type PaymentWebhookList implements PaginatedList {
    items: [PaymentWebhook!]!
    totalItems: Int!
  }

  input PaymentWebhookListOptions

  "The message is worked off: there is nothing to try again"
  type PaymentWebhookStateError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    state: PaymentWebhookState!
  }

  union RetryPaymentWebhookResult = PaymentWebhook | PaymentWebhookStateError

  extend type Query {
    """
    Messages of the payment providers, the newest first; by filter those of a provider, in a state or about a payment.
    They concern all channels and are seen in the default channel only. Needs ReadPaymentWebhooks.
    """
    paymentWebhooks(options: PaymentWebhookListOptions): PaymentWebhookList!
  }

  extend type Mutation {
    "Has a message worked off once more, unless it is done. In the default channel only. Needs UpdatePaymentWebhooks."
    retryPaymentWebhook(id: ID!): RetryPaymentWebhookResult!
  }
`;
