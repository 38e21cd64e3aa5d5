import gql from 'graphql-tag';

/** What staff see and do. The options of the lists get their filters and sorting from the platform. */
export const adminApiExtensions = gql`
  "A fact of the shop, kept durably and delivered to every handler that subscribed to it."
  type DomainEvent implements Node {
    "Its position in the global sequence."
    id: ID!
    "A UUID of version 7: the identity that handlers and the outside see."
    eventId: String!
    "What happened, in the past tense, such as OrderPlaced."
    eventType: String!
    "What it is about, such as Order."
    aggregateType: String!
    "The id of what it is about."
    aggregateId: String!
    "Rises by one with every event of the same aggregate."
    version: Int!
    "Which shape the data has."
    schemaVersion: Int!
    "The facts: ids, and amounts in minor units."
    eventData: JSON!
    "When it was published."
    timestamp: DateTime!
    "The channel it happened in."
    channelId: String
    "The user who caused it, if one was signed in."
    userId: String
    "The customer whom it concerns."
    customerId: String
    "Whom it was delivered to, and how that went."
    deliveries: [DomainEventDelivery!]!
  }

  type DomainEventList implements PaginatedList {
    items: [DomainEvent!]!
    totalItems: Int!
  }

  "How far a delivery is."
  enum DomainEventDeliveryState {
    "Behind an earlier event of the same aggregate."
    waiting
    "Runs next; after a failure at the time in availableAt."
    ready
    "Handed to the job queue."
    queued
    "The handler runs."
    running
    "Handled."
    done
    "A dead letter: its attempts are used up."
    dead
    "Given up by staff, with a reason."
    discarded
  }

  "One event for one handler."
  type DomainEventDelivery implements Node {
    id: ID!
    "The event."
    event: DomainEvent!
    "The handler's name."
    handler: String!
    eventType: String!
    aggregateType: String!
    aggregateId: String!
    state: DomainEventDeliveryState!
    "How often the handler was started for it."
    attempts: Int!
    "How many of the attempts ended with their worker process."
    crashes: Int!
    "Not started before this time."
    availableAt: DateTime!
    "Why the last attempt failed."
    lastError: String
    startedAt: DateTime
    finishedAt: DateTime
    "Who of the staff retried, discarded or replayed it last: a user's id."
    changedBy: String
    changedAt: DateTime
    "Why it was discarded."
    reason: String
  }

  type DomainEventDeliveryList implements PaginatedList {
    items: [DomainEventDelivery!]!
    totalItems: Int!
  }

  "What reacts to events."
  type DomainEventHandler {
    name: String!
    "database: takes effect exactly once. effect: a job with an idempotency key."
    kind: String!
    "The event types that it wants."
    eventTypes: [String!]!
    "Whether a dead letter holds up the later events of its aggregate."
    strict: Boolean!
    "How often a delivery is tried."
    maxAttempts: Int!
    "Whether this release has it. One that no release has any more can be retired."
    registered: Boolean!
    retiredAt: DateTime
    "Deliveries that are not finished."
    backlog: Int!
    "The age of the oldest of them, in seconds."
    lagSeconds: Float!
    deadLetters: Int!
  }

  "A kind of event that this release can publish."
  type DomainEventType {
    "Such as OrderPlaced."
    name: String!
    "What its events are about, such as Order."
    aggregateType: String!
  }

  "What a dry run says about one delivery."
  type DomainEventDryRun {
    delivery: DomainEventDelivery!
    "Whether a retry would start it."
    wouldRun: Boolean!
    "Why not, or what it waits for."
    explanation: String!
    "What was rehearsed: the handler ran in a transaction that was rolled back. False for effects, which are never rehearsed."
    rehearsed: Boolean!
    "How the rehearsal failed; null when it went through."
    failure: String
  }

  "A delivery that staff could not change, and why."
  type DomainEventRefusal {
    id: ID!
    "NOT_FOUND, NOT_DEAD, RUNNING or FINISHED."
    code: String!
    message: String!
  }

  type DomainEventDeliveryChange {
    changed: [DomainEventDelivery!]!
    refused: [DomainEventRefusal!]!
  }

  "Which past events go to a handler again."
  input DomainEventReplayInput {
    "The handler that gets them. It must be a database handler."
    handler: String!
    "From this time on, by the events' timestamp."
    from: DateTime!
    "Up to this time, not included."
    to: DateTime!
    "Only these types; all that the handler wants when left out."
    eventTypes: [String!]
    "Only of this aggregate; needs aggregateId."
    aggregateType: String
    aggregateId: String
  }

  type DomainEventReplayEstimate {
    "How many events match."
    events: Int!
    "How many of them the handler has had already and would get again."
    again: Int!
    "How many it would get for the first time."
    first: Int!
    "The most that one replay takes. With more, nothing is replayed: choose a shorter time."
    limit: Int!
  }

  input DomainEventListOptions
  input DomainEventDeliveryListOptions

  extend type Query {
    "Events of the channel, in the default channel of all channels; newest first. So are deliveries."
    domainEvents(options: DomainEventListOptions): DomainEventList!
    domainEvent(id: ID!): DomainEvent
    "Deliveries, newest first."
    domainEventDeliveries(options: DomainEventDeliveryListOptions): DomainEventDeliveryList!
    "Deliveries whose attempts are used up, newest first."
    domainEventDeadLetters(options: DomainEventDeliveryListOptions): DomainEventDeliveryList!
    "All handlers, with backlog and lag over all channels. In the default channel only."
    domainEventHandlers: [DomainEventHandler!]!
    "All kinds of events of this release, by name. Events of earlier releases may have others."
    domainEventTypes: [DomainEventType!]!
    "What would run for these deliveries. Nothing is done; with rehearse, database handlers run in a transaction that is rolled back."
    dryRunDomainEvents(deliveryIds: [ID!]!, rehearse: Boolean = false): [DomainEventDryRun!]!
    "How much a replay would do. In the default channel only."
    domainEventReplayEstimate(input: DomainEventReplayInput!): DomainEventReplayEstimate!
  }

  extend type Mutation {
    "Has dead letters run again, with all their attempts. At most 500 at once."
    retryDomainEventDeliveries(ids: [ID!]!): DomainEventDeliveryChange!
    "Gives deliveries up that are not running; the reason is kept. At most 500 at once."
    discardDomainEventDeliveries(ids: [ID!]!, reason: String!): DomainEventDeliveryChange!
    "Gives past events to one handler again. All or, above the limit, none. In the default channel only."
    replayDomainEvents(input: DomainEventReplayInput!): DomainEventReplayEstimate!
    "Ends the subscription of a handler that this release does not have, and discards what waits for it. In the default channel only."
    retireDomainEventHandler(name: String!, reason: String!): DomainEventHandler!
  }
`;
