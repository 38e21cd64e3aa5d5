import { StatusBadge, formatDateTime } from '@tradewind/admin-ui-kit';
import React from 'react';
import { words } from './order-payments-text';
import { disputeState, timeToAnswer } from './reconciliation-text';
import type { Dispute } from './reconciliation.query';

/** Why the money is wanted back, and what the provider calls it. */
export function DisputeName({ dispute }: { dispute: Dispute }) {
  return (
    <>
      {words(dispute.reason)}
      <span className="tw-cell-note">
        {dispute.provider} {dispute.providerDisputeId}
      </span>
    </>
  );
}

export function DisputeBadge({ dispute }: { dispute: Dispute }) {
  const { tone, text } = disputeState(dispute.status);
  return <StatusBadge tone={tone}>{text}</StatusBadge>;
}

/** By when the shop has to answer; a dash where nobody waits for it. */
export function AnswerBy({ dispute }: { dispute: Dispute }) {
  const left = timeToAnswer(dispute, new Date());
  if (left === undefined) return <>–</>;
  return (
    <>
      <StatusBadge tone={left.tone}>{left.text}</StatusBadge>
      <span className="tw-cell-note">{formatDateTime(dispute.respondBy)}</span>
    </>
  );
}
