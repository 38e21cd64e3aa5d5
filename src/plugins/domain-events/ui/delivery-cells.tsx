import { FirstLine, StatusBadge, formatMoment } from '@tradewind/admin-ui-kit';
import React from 'react';
import { deliveryState } from './event-text';
import type { Delivery } from './events.query';

/** The state, and what belongs to it: when it runs next, or why it was discarded. */
export function DeliveryStateBadge({ delivery }: { delivery: Delivery }) {
  const { tone, text } = deliveryState(delivery.state);
  return (
    <>
      <StatusBadge tone={tone}>{text}</StatusBadge>
      {delivery.state === 'ready' && delivery.attempts > 0 && (
        <span className="tw-cell-note">again at {formatMoment(delivery.availableAt)}</span>
      )}
      {delivery.reason !== null && <span className="tw-cell-note">{delivery.reason}</span>}
      {delivery.changedAt !== null && (
        <span className="tw-cell-note">
          changed by user {delivery.changedBy ?? '–'}, {formatMoment(delivery.changedAt)}
        </span>
      )}
    </>
  );
}

export function DeliveryError({ delivery }: { delivery: Delivery }) {
  return delivery.lastError === null ? <>–</> : <FirstLine text={delivery.lastError} />;
}

/** When the last attempt began and ended. */
export function DeliveryTimes({ delivery }: { delivery: Delivery }) {
  if (delivery.startedAt === null && delivery.finishedAt === null) return <>not begun</>;
  return (
    <>
      {delivery.startedAt !== null && <div>begun {formatMoment(delivery.startedAt)}</div>}
      {delivery.finishedAt !== null && <div>ended {formatMoment(delivery.finishedAt)}</div>}
    </>
  );
}
