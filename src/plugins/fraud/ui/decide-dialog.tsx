import { CheckedField, Dialog, Notice } from '@tradewind/admin-ui-kit';
import React, { useId, useState, type FormEvent } from 'react';
import type { DecideOutcome } from './decide-outcome';
import { count } from './fraud-text';
import { moneyText } from './money';
import type { QueueCase, Verdict } from './review.query';
import { useDecide } from './use-decide';

/** As long as the API allows. */
const MAX_REASON = 500;

const VERDICTS: Record<Verdict, { name: string; meaning: string }> = {
  approve: {
    name: 'Approve',
    meaning: 'What is reserved is captured, and the order counts as good.',
  },
  reject: {
    name: 'Reject',
    meaning:
      'What is reserved or taken is given back, the order is cancelled, its units go back into stock, and it counts as fraud.',
  },
};

/** Decides one case or several. A rejection, and what is done to several at once, needs a reason. */
export function DecideDialog(props: {
  cases: readonly QueueCase[];
  verdict: Verdict;
  onDone: (outcome: DecideOutcome) => void;
  onClose: () => void;
}) {
  const { cases, verdict, onDone, onClose } = props;
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const { decide, busy, problem } = useDecide();
  const form = useId();
  const { name, meaning } = VERDICTS[verdict];
  const required = verdict === 'reject' || cases.length > 1;
  const [only] = cases;
  const what =
    cases.length === 1 && only !== undefined
      ? `${only.orderCode}, ${moneyText(only.amount, only.currencyCode)}`
      : count(cases.length, 'case');

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = reason.trim();
    setMissing(required && given === '');
    if (required && given === '') {
      event.currentTarget.querySelector('textarea')?.focus();
      return;
    }
    if (busy) return;
    const outcome = await decide(cases, verdict, given);
    if (outcome !== undefined) onDone(outcome);
  };
  return (
    <Dialog
      title={`${name} ${what}?`}
      onClose={onClose}
      closeLabel="Cancel"
      actions={
        <button type="submit" form={form} className="button primary" aria-disabled={busy}>
          {name}
        </button>
      }
    >
      <p>{meaning}</p>
      <form id={form} onSubmit={event => void submit(event)} noValidate>
        <CheckedField
          label={required ? 'Reason (required)' : 'Reason (optional)'}
          problem={missing ? 'Give a reason.' : undefined}
        >
          {attributes => (
            <textarea
              {...attributes}
              autoFocus
              maxLength={MAX_REASON}
              value={reason}
              onChange={event => setReason(event.target.value)}
            />
          )}
        </CheckedField>
      </form>
      {problem !== undefined && (
        <Notice tone="error" title="Nothing was decided">
          {problem}
        </Notice>
      )}
    </Dialog>
  );
}
