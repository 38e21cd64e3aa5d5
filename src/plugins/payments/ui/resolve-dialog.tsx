import { Field, ReasonDialog } from '@tradewind/admin-ui-kit';
import React, { useState } from 'react';
import { actionText } from './reconciliation-text';
import type { Difference, DifferenceAction } from './reconciliation.query';
import { nameOf, useResolve, type Outcome } from './use-resolve';

/** As long as the API allows. */
const MAX_REASON = 500;
const MAX_TRANSACTION = 255;

/** Does something about a difference, for a reason. */
export function ResolveDialog(props: {
  difference: Difference;
  action: DifferenceAction;
  /** The list is to be read anew. */
  onDone: (outcome: Outcome) => void;
  onClose: () => void;
}) {
  const { difference, action, onDone, onClose } = props;
  const [transactionId, setTransactionId] = useState('');
  const { resolve, problem } = useResolve();
  const { name, meaning } = actionText(action, difference.kind);
  const asksId = action === 'DECIDE_MOVED';

  const confirm = async (reason: string) => {
    const outcome = await resolve(difference, action, reason, asksId ? transactionId.trim() || null : null);
    if (outcome !== undefined) onDone(outcome);
  };
  return (
    <ReasonDialog
      title={`${name}?`}
      explanation={`${nameOf(difference)}. ${meaning}`}
      action={name}
      error={problem}
      maxLength={MAX_REASON}
      fields={
        asksId && (
          <Field label="The provider’s id of it (optional)">
            <input
              type="text"
              maxLength={MAX_TRANSACTION}
              value={transactionId}
              onChange={event => setTransactionId(event.target.value)}
            />
          </Field>
        )
      }
      onConfirm={reason => void confirm(reason)}
      onClose={onClose}
    />
  );
}
