import type { AdminClient } from './admin-client';
import { waitFor } from './wait-for';

export interface StatusEntry {
  status: string;
  trigger: string;
  actor: { kind: string; userId: string | null };
  notes: string | null;
}

export interface Effect {
  id: string;
  action: string;
  state: string;
  compensation: boolean;
  fulfillmentId: string | null;
  attempts: number;
  result: Record<string, unknown> | null;
  error: string | null;
  reason: string | null;
  canRetry: boolean;
  canSkip: boolean;
}

export interface LifecycleOrder {
  id: string;
  code: string;
  state: string;
  lifecycleStatus: string;
  statusHistory: StatusEntry[];
  effects: Effect[];
  lines: { id: string; quantity: number; productVariant: { id: string } }[];
  payments: { id: string; amount: number; state: string }[];
  fulfillments: {
    id: string;
    state: string;
    trackingCode: string;
    customFields: { deliveredAt: string | null };
    lines: { orderLineId: string; quantity: number }[];
  }[];
  pickLists: { id: string; state: string; stockLocationId: string; lines: { quantity: number }[] }[];
}

export interface Trigger {
  trigger: string;
  to: string | null;
  possible: boolean;
  reasons: { code: string; reason: string }[];
  actions: string[];
}

/** What `triggerOrderTransition` answers. */
export interface Fired {
  __typename: string;
  state?: string;
  lifecycleStatus?: string;
  message?: string;
  from?: string;
  trigger?: string;
  allowed?: string[];
  condition?: string;
  reason?: string;
}

const ORDER = `id code state lifecycleStatus
  statusHistory { status trigger actor { kind userId } notes }
  effects { id action state compensation fulfillmentId attempts result error reason canRetry canSkip }
  lines { id quantity productVariant { id } }
  payments { id amount state }
  fulfillments { id state trackingCode customFields { deliveredAt } lines { orderLineId quantity } }
  pickLists { id state stockLocationId lines { quantity } }`;

/** The life cycle as staff see and drive it. */
export class LifecycleStaff {
  constructor(private readonly admin: AdminClient) {}

  async order(id: string): Promise<LifecycleOrder> {
    const { order } = await this.admin.api.request<{ order: LifecycleOrder }>(
      `query($id: ID!) { order(id: $id) { ${ORDER} } }`,
      { id },
    );
    return order;
  }

  /** The order once it has this status. */
  whenIs(id: string, status: string): Promise<LifecycleOrder> {
    return waitFor(
      async () => {
        const order = await this.order(id);
        return order.lifecycleStatus === status ? order : undefined;
      },
      { what: `order ${id} to be ${status}` },
    );
  }

  /** The order once each of its effects has ended, or waits for a day to come. */
  whenSettled(id: string): Promise<LifecycleOrder> {
    return waitFor(
      async () => {
        const order = await this.order(id);
        const open = order.effects.filter(
          ({ state, action }) =>
            ['requested', 'running'].includes(state) ||
            (state === 'waiting' && action !== 'request_feedback'),
        );
        return open.length === 0 ? order : undefined;
      },
      { what: `the effects of order ${id} to end` },
    );
  }

  async triggers(orderId: string): Promise<Trigger[]> {
    const { orderTriggers } = await this.admin.api.request<{ orderTriggers: Trigger[] }>(
      `query($orderId: ID!) {
        orderTriggers(orderId: $orderId) { trigger to possible reasons { code reason } actions }
      }`,
      { orderId },
    );
    return orderTriggers;
  }

  async fire(
    orderId: string,
    trigger: string,
    more: { note?: string; notePublic?: boolean; ifStatus?: string } = {},
  ): Promise<Fired> {
    const { result } = await this.admin.api.request<{ result: Fired }>(
      `mutation($orderId: ID!, $trigger: String!, $note: String, $notePublic: Boolean, $ifStatus: OrderLifecycleStatus) {
        result: triggerOrderTransition(
          orderId: $orderId, trigger: $trigger, note: $note, notePublic: $notePublic, ifStatus: $ifStatus
        ) {
          __typename
          ... on Order { state lifecycleStatus }
          ... on ErrorResult { message }
          ... on InvalidTransitionError { from trigger allowed }
          ... on ConditionNotMetError { condition reason }
        }
      }`,
      { orderId, trigger, ...more },
    );
    return result;
  }

  async retry(effectId: string): Promise<{ __typename: string; state: string; message?: string }> {
    const { result } = await this.admin.api.request<{
      result: { __typename: string; state: string; message?: string };
    }>(
      `mutation($effectId: ID!) {
        result: retryOrderEffect(effectId: $effectId) {
          __typename
          ... on OrderEffect { effectState: state }
          ... on EffectStateError { state message }
        }
      }`,
      { effectId },
    );
    return result;
  }

  async skip(effectId: string, reason: string): Promise<{ __typename: string; message?: string }> {
    const { result } = await this.admin.api.request<{ result: { __typename: string; message?: string } }>(
      `mutation($effectId: ID!, $reason: String!) {
        result: skipOrderEffect(effectId: $effectId, reason: $reason) {
          __typename
          ... on EffectStateError { state message }
        }
      }`,
      { effectId, reason },
    );
    return result;
  }
}

/** The states of an order's effects, by action; compensations apart. */
export function effectStates(order: LifecycleOrder, compensations = false): Record<string, string> {
  return Object.fromEntries(
    order.effects
      .filter(({ compensation }) => compensation === compensations)
      .map(({ action, state }) => [action, state]),
  );
}
