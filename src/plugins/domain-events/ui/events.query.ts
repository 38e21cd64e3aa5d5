import { gql } from 'graphql-tag';

/** What the API asks for; see the plugin's constants. */
export const READ = 'ReadDomainEvents';
export const UPDATE = 'UpdateDomainEvents';

export type DeliveryState = 'waiting' | 'ready' | 'queued' | 'running' | 'done' | 'dead' | 'discarded';

export interface EventSummary {
  id: string;
  eventType: string;
  aggregateType: string;
  aggregateId: string;
  version: number;
  timestamp: string;
}

export interface Delivery {
  id: string;
  handler: string;
  eventType: string;
  aggregateType: string;
  aggregateId: string;
  state: DeliveryState;
  attempts: number;
  crashes: number;
  availableAt: string;
  lastError: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  changedBy: string | null;
  changedAt: string | null;
  reason: string | null;
  event: { id: string };
}

export interface EventDetail extends EventSummary {
  eventId: string;
  schemaVersion: number;
  eventData: unknown;
  channelId: string | null;
  userId: string | null;
  customerId: string | null;
  deliveries: Delivery[];
}

export interface Handler {
  name: string;
  kind: string;
  eventTypes: string[];
  strict: boolean;
  registered: boolean;
  retiredAt: string | null;
  backlog: number;
  lagSeconds: number;
  deadLetters: number;
}

export interface EventType {
  name: string;
  aggregateType: string;
}

export interface List<T> {
  items: T[];
  totalItems: number;
}

export interface DryRun {
  delivery: Pick<Delivery, 'id' | 'handler' | 'eventType' | 'aggregateType' | 'aggregateId'>;
  wouldRun: boolean;
  explanation: string;
  rehearsed: boolean;
  failure: string | null;
}

export interface DeliveryChange {
  changed: Array<{ id: string }>;
  refused: Array<{ id: string; code: string; message: string }>;
}

export interface ReplayEstimate {
  events: number;
  again: number;
  first: number;
  limit: number;
}

const DELIVERY = gql`
  fragment EventsPageDelivery on DomainEventDelivery {
    id
    handler
    eventType
    aggregateType
    aggregateId
    state
    attempts
    crashes
    availableAt
    lastError
    startedAt
    finishedAt
    changedBy
    changedAt
    reason
    event {
      id
    }
  }
`;

export const OVERVIEW = gql`
  query EventsPageOverview {
    domainEventHandlers {
      name
      kind
      eventTypes
      strict
      registered
      retiredAt
      backlog
      lagSeconds
      deadLetters
    }
  }
`;

export const EVENT_TYPES = gql`
  query EventsPageTypes {
    domainEventTypes {
      name
      aggregateType
    }
  }
`;

export const EVENTS = gql`
  query EventsPageEvents($options: DomainEventListOptions) {
    domainEvents(options: $options) {
      totalItems
      items {
        id
        eventType
        aggregateType
        aggregateId
        version
        timestamp
      }
    }
  }
`;

export const EVENT = gql`
  query EventsPageEvent($id: ID!) {
    domainEvent(id: $id) {
      id
      eventId
      eventType
      aggregateType
      aggregateId
      version
      schemaVersion
      timestamp
      eventData
      channelId
      userId
      customerId
      deliveries {
        ...EventsPageDelivery
      }
    }
  }
  ${DELIVERY}
`;

export const DELIVERIES = gql`
  query EventsPageDeliveries($options: DomainEventDeliveryListOptions) {
    domainEventDeliveries(options: $options) {
      totalItems
      items {
        ...EventsPageDelivery
      }
    }
  }
  ${DELIVERY}
`;

export const DRY_RUN = gql`
  query EventsPageDryRun($ids: [ID!]!, $rehearse: Boolean!) {
    dryRunDomainEvents(deliveryIds: $ids, rehearse: $rehearse) {
      delivery {
        id
        handler
        eventType
        aggregateType
        aggregateId
      }
      wouldRun
      explanation
      rehearsed
      failure
    }
  }
`;

export const RETRY = gql`
  mutation EventsPageRetry($ids: [ID!]!) {
    change: retryDomainEventDeliveries(ids: $ids) {
      changed {
        id
      }
      refused {
        id
        code
        message
      }
    }
  }
`;

export const DISCARD = gql`
  mutation EventsPageDiscard($ids: [ID!]!, $reason: String!) {
    change: discardDomainEventDeliveries(ids: $ids, reason: $reason) {
      changed {
        id
      }
      refused {
        id
        code
        message
      }
    }
  }
`;

export const REPLAY_ESTIMATE = gql`
  query EventsPageReplayEstimate($input: DomainEventReplayInput!) {
    estimate: domainEventReplayEstimate(input: $input) {
      events
      again
      first
      limit
    }
  }
`;

export const REPLAY = gql`
  mutation EventsPageReplay($input: DomainEventReplayInput!) {
    estimate: replayDomainEvents(input: $input) {
      events
      again
      first
      limit
    }
  }
`;

export const RETIRE = gql`
  mutation EventsPageRetire($name: String!, $reason: String!) {
    retireDomainEventHandler(name: $name, reason: $reason) {
      name
    }
  }
`;
