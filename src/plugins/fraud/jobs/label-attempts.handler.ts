import { TransactionalConnection, Refund, type RequestContext } from '@vendure/core';
import type { DatabaseHandler, DomainEventMessage } from '../../domain-events';
import {
  FraudWarningReceived,
  PaymentDisputed,
  RefundSettled,
  type AttemptLedgerService,
} from '../../payments';
import { disputeSays, namesFraud } from '../engine/labels';
import { FraudCaseDecided } from '../events/case-events';
import type { LabelService, NewLabel } from '../services/labels/label.service';

type Said = Pick<NewLabel, 'attemptId' | 'source' | 'verdict' | 'reference'> & Partial<NewLabel>;

/** Keeps what disputes, warnings, decisions about cases and refunds say of a payment. */
export function labelAttemptsHandler(
  labels: LabelService,
  ledger: AttemptLedgerService,
  connection: TransactionalConnection,
): DatabaseHandler {
  return {
    name: 'fraud.label-attempts',
    kind: 'database',
    events: [PaymentDisputed, FraudWarningReceived, RefundSettled, FraudCaseDecided],
    handle: async (ctx, event) => {
      const said = await saidBy(ctx, event, ledger, connection);
      if (said === undefined) return;
      await labels.say(ctx, {
        orderId: String(event.eventData.orderId),
        knownAt: event.timestamp,
        key: event.eventId,
        ...said,
      });
    },
  };
}

async function saidBy(
  ctx: RequestContext,
  { eventType, eventData }: DomainEventMessage,
  ledger: AttemptLedgerService,
  connection: TransactionalConnection,
): Promise<Said | undefined> {
  switch (eventType) {
    case PaymentDisputed.type: {
      const { attemptId, disputeId, reason, status } = dataOf(PaymentDisputed, eventData);
      const says = disputeSays(reason, status);
      return says === null ? undefined : { attemptId, source: 'dispute', reference: disputeId, ...says };
    }
    case FraudWarningReceived.type: {
      const { attemptId, webhookId } = dataOf(FraudWarningReceived, eventData);
      return { attemptId, source: 'fraud_warning', verdict: 'fraud', reference: webhookId };
    }
    case FraudCaseDecided.type: {
      const { attemptId, caseId, fraud, userId } = dataOf(FraudCaseDecided, eventData);
      return { attemptId, source: 'staff', verdict: fraud ? 'fraud' : 'good', reference: caseId, userId };
    }
    default: {
      // The event is about the attempt to give money back; what is judged is the one that took it.
      const { paymentId, refundId } = dataOf(RefundSettled, eventData);
      if (paymentId === null || refundId === null) return undefined;
      const refund = await connection.getRepository(ctx, Refund).findOneBy({ id: refundId });
      if (!namesFraud(refund?.reason)) return undefined;
      const paid = await ledger.authorizationOf(ctx, paymentId);
      if (paid === null) return undefined;
      return { attemptId: paid.id, source: 'fraud_refund', verdict: 'fraud', reference: refundId };
    }
  }
}

/** The registry has checked it by the event's schema. */
function dataOf<Data extends Record<string, unknown>>(
  _: { of(aggregateId: string | number, data: Data): unknown },
  data: Record<string, unknown>,
): Data {
  return data as Data;
}
