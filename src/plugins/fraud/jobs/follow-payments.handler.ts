import {
  OrderStateChanged,
  PaymentStateChanged,
  type DatabaseHandler,
  type DomainEventMessage,
} from '../../domain-events';
import {
  PaymentAuthorized,
  PaymentCaptured,
  PaymentFailed,
  PaymentStranded,
  PaymentVoided,
} from '../../payments';
import { FraudDecisionMade } from '../events/decision-events';
import type { CaseFollower } from '../services/review/case-follower';

/** Opens and closes cases as payments and orders go on. All of these are about the order, so they come in their order. */
export function followPaymentsHandler(cases: CaseFollower): DatabaseHandler {
  return {
    name: 'fraud.follow-payments',
    kind: 'database',
    events: [
      FraudDecisionMade,
      PaymentAuthorized,
      PaymentCaptured,
      PaymentFailed,
      PaymentStranded,
      PaymentVoided,
      PaymentStateChanged,
      OrderStateChanged,
    ],
    // Each may lock an order: two in one transaction could wait for each other.
    batchSize: 1,
    handle: async (ctx, event) => {
      if (matters(event)) await cases.follow(ctx, event.aggregateId);
    },
  };
}

/** Most orders are never looked at, and change their state many times. */
function matters({ eventType, eventData }: DomainEventMessage): boolean {
  if (eventType === OrderStateChanged.type) {
    return ['Cancelled', 'Refunded', 'Returned'].includes(String(eventData.toState));
  }
  return eventType !== FraudDecisionMade.type || eventData.recommendation !== 'approve';
}
