import { gql } from 'graphql-tag';

/** What the API asks for. */
export const READ = 'ReadOrder';
export const UPDATE = 'UpdateOrder';
/** Of the page that has the stock ledger. */
export const READ_STOCK = ['ReadCatalog', 'ReadProduct'];

export type Status =
  | 'pending'
  | 'payment_pending'
  | 'payment_confirmed'
  | 'processing'
  | 'ready_to_ship'
  | 'shipped'
  | 'delivered'
  | 'cancelled'
  | 'refunded'
  | 'returned';

export type EffectState =
  | 'waiting'
  | 'requested'
  | 'running'
  | 'done'
  | 'not_needed'
  | 'failed'
  | 'unknown'
  | 'skipped'
  | 'cancelled';

export interface Step {
  status: Status;
  timestamp: string;
  trigger: string;
  actor: { kind: 'customer' | 'staff' | 'system'; userId: string | null };
  notes: string | null;
}

export interface Effect {
  id: string;
  createdAt: string;
  action: string;
  state: EffectState;
  compensation: boolean;
  compensatesId: string | null;
  fulfillmentId: string | null;
  attempts: number;
  dueAt: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  result: unknown;
  error: string | null;
  reason: string | null;
  canRetry: boolean;
  canSkip: boolean;
}

export interface Hold {
  id: string;
  createdAt: string;
  orderLineId: string;
  quantity: number;
  expiresAt: string;
  state: string;
  endedAt: string | null;
}

export interface PickList {
  id: string;
  createdAt: string;
  stockLocationName: string;
  state: 'open' | 'picked' | 'cancelled';
  lines: Array<{ orderLineId: string; sku: string; name: string; quantity: number }>;
}

export interface Parcel {
  id: string;
  createdAt: string;
  updatedAt: string;
  state: string;
  method: string;
  trackingCode: string;
  lines: Array<{ orderLineId: string; quantity: number }>;
}

export interface Paper {
  id: string;
  createdAt: string;
  kind: 'label' | 'packing_list';
  stockLocationName: string;
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
  size: number;
  url: string;
  voidedAt: string | null;
}

export interface Trigger {
  trigger: string;
  to: Status | null;
  possible: boolean;
  reasons: Array<{ code: string; reason: string }>;
  actions: string[];
}

interface Administrator {
  firstName: string;
  lastName: string;
  user: { id: string };
}

export interface TimelineOrder {
  id: string;
  code: string;
  state: string;
  updatedAt: string;
  lifecycleStatus: Status;
  statusHistory: Step[];
  effects: Effect[];
  stockHolds: Hold[];
  pickLists: PickList[];
  fulfillments: Parcel[] | null;
  documents: Paper[];
  lines: Array<{ id: string; productVariant: { id: string; name: string } }>;
  history: { items: Array<{ id: string; administrator: Administrator | null }> };
}

export interface TimelineResult {
  order: TimelineOrder | null;
  orderTriggers: Trigger[];
}

const EFFECT = gql`
  fragment TimelineEffect on OrderEffect {
    id
    createdAt
    action
    state
    compensation
    compensatesId
    fulfillmentId
    attempts
    dueAt
    startedAt
    finishedAt
    result
    error
    reason
    canRetry
    canSkip
  }
`;

/** Core's history names the staff who moved the order. */
export const TIMELINE = gql`
  query OrderTimeline($id: ID!) {
    order(id: $id) {
      id
      code
      state
      updatedAt
      lifecycleStatus
      statusHistory {
        status
        timestamp
        trigger
        actor {
          kind
          userId
        }
        notes
      }
      effects {
        ...TimelineEffect
      }
      stockHolds {
        id
        createdAt
        orderLineId
        quantity
        expiresAt
        state
        endedAt
      }
      pickLists {
        id
        createdAt
        stockLocationName
        state
        lines {
          orderLineId
          sku
          name
          quantity
        }
      }
      fulfillments {
        id
        createdAt
        updatedAt
        state
        method
        trackingCode
        lines {
          orderLineId
          quantity
        }
      }
      documents {
        id
        createdAt
        kind
        stockLocationName
        carrier
        trackingNumber
        trackingUrl
        size
        url
        voidedAt
      }
      lines {
        id
        productVariant {
          id
          name
        }
      }
      history(options: { take: 100, sort: { createdAt: DESC } }) {
        items {
          id
          administrator {
            id
            firstName
            lastName
            user {
              id
            }
          }
        }
      }
    }
    orderTriggers(orderId: $id) {
      trigger
      to
      possible
      reasons {
        code
        reason
      }
      actions
    }
  }
  ${EFFECT}
`;

export type FireAnswer =
  | { __typename: 'Order'; lifecycleStatus: Status }
  | { __typename: 'InvalidTransitionError'; message: string; from: Status; allowed: string[] }
  | { __typename: 'ConditionNotMetError'; message: string; condition: string; reason: string };

export const FIRE = gql`
  mutation FireOrderTrigger(
    $orderId: ID!
    $trigger: String!
    $note: String
    $notePublic: Boolean
    $ifStatus: OrderLifecycleStatus
  ) {
    result: triggerOrderTransition(
      orderId: $orderId
      trigger: $trigger
      note: $note
      notePublic: $notePublic
      ifStatus: $ifStatus
    ) {
      __typename
      ... on Order {
        id
        state
        updatedAt
        lifecycleStatus
      }
      ... on InvalidTransitionError {
        message
        from
        allowed
      }
      ... on ConditionNotMetError {
        message
        condition
        reason
      }
    }
  }
`;

export type EffectAnswer =
  | ({ __typename: 'OrderEffect' } & Effect)
  | { __typename: 'EffectStateError'; message: string; stateNow: EffectState };

export const RETRY = gql`
  mutation RetryOrderEffect($effectId: ID!) {
    result: retryOrderEffect(effectId: $effectId) {
      __typename
      ...TimelineEffect
      ... on EffectStateError {
        message
        stateNow: state
      }
    }
  }
  ${EFFECT}
`;

export const SKIP = gql`
  mutation SkipOrderEffect($effectId: ID!, $reason: String!) {
    result: skipOrderEffect(effectId: $effectId, reason: $reason) {
      __typename
      ...TimelineEffect
      ... on EffectStateError {
        message
        stateNow: state
      }
    }
  }
  ${EFFECT}
`;
