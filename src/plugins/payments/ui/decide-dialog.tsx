import { CheckedField, Dialog, Notice, ProblemText, useRequest } from '@tradewind/admin-ui-kit';
import React, { useId, useState, type FormEvent } from 'react';
import { moneyText } from './amounts';
import { kindName } from './order-payments-text';
import { DECIDE, type Attempt, type DecideAnswer } from './order-payments.query';

/** As long as the ledger keeps. */
const MAX_REASON = 1_000;
const MAX_TRANSACTION = 255;

/** Staff say what became of an attempt, after they have looked at the provider's own pages. */
export function DecideDialog(props: {
  attempt: Attempt;
  onDecided: (text: string) => void;
  onClose: () => void;
}) {
  const { attempt, onDecided, onClose } = props;
  const [moved, setMoved] = useState<boolean | undefined>(undefined);
  const [transactionId, setTransactionId] = useState('');
  const [reason, setReason] = useState('');
  const [sent, setSent] = useState(false);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const decide = useRequest<{ result: DecideAnswer }>(DECIDE);
  const form = useId();
  const choice = useId();
  const name = `${kindName(attempt.kind)} of ${moneyText(attempt.amount, attempt.currencyCode)}`;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSent(true);
    setRefused(undefined);
    if (moved === undefined || reason.trim() === '') {
      const element = event.currentTarget;
      requestAnimationFrame(() => element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const answer = await decide.send({
      input: {
        id: attempt.id,
        moved,
        transactionId: moved ? transactionId.trim() || null : null,
        reason: reason.trim(),
      },
    });
    if (answer === undefined) return;
    if (answer.result.__typename === 'PaymentAttempt') {
      return onDecided(`${name}: ${moved ? 'the money moved' : 'no money moved'}`);
    }
    setRefused(answer.result.message);
  };
  const option = (value: boolean, text: string) => (
    <label className="tw-check">
      <input
        type="radio"
        name={choice}
        autoFocus={value}
        checked={moved === value}
        aria-invalid={sent && moved === undefined}
        onChange={() => setMoved(value)}
      />
      {text}
    </label>
  );

  return (
    <Dialog
      title={`What became of the ${name}?`}
      onClose={onClose}
      closeLabel="Cancel"
      actions={
        <button type="submit" form={form} className="button primary">
          Decide
        </button>
      }
    >
      <p>
        Nobody has heard how it ended. Look at the pages of {attempt.provider} first, for the reference{' '}
        {attempt.reference}. The shop asks a provider by itself that can be asked: then there is nothing to
        decide.
      </p>
      <form id={form} onSubmit={event => void submit(event)} noValidate>
        <fieldset className="tw-fieldset">
          <legend>The provider’s pages show</legend>
          {option(true, 'The money moved (was reserved or taken, or given back)')}
          {option(false, 'No money moved')}
          <ProblemText text={sent && moved === undefined ? 'Choose one of them.' : undefined} />
        </fieldset>
        {moved === true && (
          <CheckedField label="The provider’s id of it (optional)" problem={undefined}>
            {attributes => (
              <input
                {...attributes}
                type="text"
                maxLength={MAX_TRANSACTION}
                value={transactionId}
                onChange={event => setTransactionId(event.target.value)}
              />
            )}
          </CheckedField>
        )}
        <CheckedField
          label="How you found out (required, kept in the attempt’s log)"
          problem={sent && reason.trim() === '' ? 'Say how you found out.' : undefined}
        >
          {attributes => (
            <textarea
              {...attributes}
              required
              maxLength={MAX_REASON}
              value={reason}
              onChange={event => setReason(event.target.value)}
            />
          )}
        </CheckedField>
      </form>
      <div aria-live="polite">
        {(decide.error ?? refused) !== undefined && (
          <Notice tone="error" title="Nothing was changed">
            {decide.error ?? refused}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
