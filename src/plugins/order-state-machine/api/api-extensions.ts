import { gql } from 'graphql-tag';
import { orderDocumentsSchema } from './order-documents.schema';

const shared = gql`
  """
  Where an order is in its life. Core's own \`state\` is finer; this follows the least advanced line: until the first
  shipment the order's preparation, after it the parcels.
  """
  enum OrderLifecycleStatus {
    "A cart, or a draft of staff"
    pending
    "The checkout is at the payment, or the payment is authorized and not yet taken"
    payment_pending
    "Paid; not yet in preparation"
    payment_confirmed
    "Units are assigned to locations and being picked"
    processing
    "Packed; label and packing list are made"
    ready_to_ship
    "All of it is on its way"
    shipped
    "All of it has arrived"
    delivered
    cancelled
    "All that was paid has gone back"
    refunded
    "The goods have come back"
    returned
  }

  enum OrderActorKind {
    customer
    staff
    "A job, a handler or the platform itself"
    system
  }

  type OrderActor {
    kind: OrderActorKind!
    "The user who was signed in, for staff only"
    userId: ID
  }

  "One step in the life of an order"
  type OrderStatusEntry {
    "The status that the step led to"
    status: OrderLifecycleStatus!
    timestamp: DateTime!
    "What made the order move: a trigger of the life cycle, or the name of what the platform did by itself"
    trigger: String!
    actor: OrderActor!
    "What the actor wrote. Customers see the notes that are meant for them"
    notes: String
  }

  extend type Order {
    lifecycleStatus: OrderLifecycleStatus!
    "All steps so far, the first one first; at most 500"
    statusHistory: [OrderStatusEntry!]!
  }
`;

export const shopApiExtensions = shared;

export const adminApiExtensions = gql`
  ${shared}
  ${orderDocumentsSchema}

  "Why an order may not move"
  type OrderTransitionRefusal {
    "Stable, for programs: the name of a condition, of a guard's reason, or invalid_transition"
    code: String!
    "For people"
    reason: String!
  }

  "A trigger, and what firing it would do now"
  type OrderTrigger {
    trigger: String!
    "The status that it leads to; null when the order's status has no such transition"
    to: OrderLifecycleStatus
    possible: Boolean!
    "Empty when it is possible"
    reasons: [OrderTransitionRefusal!]!
    "What would happen, in this order"
    actions: [String!]!
  }

  enum OrderEffectState {
    "For its time, or for other effects"
    waiting
    requested
    running
    done
    "There was nothing to do; \`error\` says why"
    not_needed
    "All attempts are used, or it was refused for good. Staff retry or skip it"
    failed
    "A run was cut off, and whether it took effect cannot be told. Staff retry or skip it"
    unknown
    "Given up by staff, for \`reason\`"
    skipped
    "The order was cancelled before it ran"
    cancelled
  }

  "Something that happens outside because an order moved: an e-mail, a webhook, a label"
  type OrderEffect implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    "The action's name in the transition table, such as create_shipping_label"
    action: String!
    state: OrderEffectState!
    "Whether it takes back what an earlier effect did, because the order was cancelled"
    compensation: Boolean!
    "The effect that it takes back"
    compensatesId: ID
    "The fulfilment it is about; null when it is about the whole order"
    fulfillmentId: ID
    attempts: Int!
    "When it runs, while it waits for its time"
    dueAt: DateTime
    startedAt: DateTime
    finishedAt: DateTime
    "What it says of its work"
    result: JSON
    "The last failure, or why it was not needed"
    error: String
    "Why staff skipped it"
    reason: String
    canRetry: Boolean!
    canSkip: Boolean!
  }

  extend type Order {
    "The ledger of what happened outside because of this order, the first one first; at most 500"
    effects: [OrderEffect!]!
  }

  type InvalidTransitionError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "The order's status"
    from: String!
    trigger: String!
    "The triggers that the status has"
    allowed: [String!]!
  }

  type ConditionNotMetError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "The condition or guard, or shipment when the platform refuses the parcel"
    condition: String!
    reason: String!
  }

  type EffectStateError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    state: String!
  }

  union TriggerOrderTransitionResult = Order | InvalidTransitionError | ConditionNotMetError
  union OrderEffectResult = OrderEffect | EffectStateError

  extend type Query {
    "Every trigger that staff can fire: what is possible now, and why the rest is not. Needs ReadOrder"
    orderTriggers(orderId: ID!): [OrderTrigger!]!
  }

  extend type Mutation {
    """
    Fires a trigger of the life cycle. Needs UpdateOrder. All of it happens or nothing: what runs outside the database
    follows after it and is in \`Order.effects\`.
    """
    triggerOrderTransition(
      orderId: ID!
      trigger: String!
      "At most 1,000 characters; kept in the history"
      note: String
      "Whether the customer may read the note"
      notePublic: Boolean
      "Refuse (InvalidTransitionError) unless the order still has this status"
      ifStatus: OrderLifecycleStatus
    ): TriggerOrderTransitionResult!
    "Has an effect that failed, or whose outcome is unknown, run again. Needs UpdateOrder"
    retryOrderEffect(effectId: ID!): OrderEffectResult!
    "Gives an effect up: it is not needed, or was done by hand. The reason (1 to 1,000 characters) is kept. Needs UpdateOrder"
    skipOrderEffect(effectId: ID!, reason: String!): OrderEffectResult!
  }
`;
