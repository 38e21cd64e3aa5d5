import { CheckedField, Dialog, Notice, useRequest } from '@tradewind/admin-ui-kit';
import React, { useId, useState, type FormEvent } from 'react';
import { amountText, amountUpTo, moneyText } from './amounts';
import { CAPTURE, type CaptureAnswer, type OrderPayment } from './order-payments.query';

export interface Outcome {
  tone: 'success' | 'warning';
  text: string;
}

/** Takes what is reserved, or a part of it. */
export function CaptureDialog(props: {
  payment: OrderPayment;
  /** What can be captured. */
  most: number;
  currency: string;
  onDone: (outcome: Outcome) => void;
  onClose: () => void;
}) {
  const { payment, most, currency, onDone, onClose } = props;
  const [text, setText] = useState(() => amountText(most));
  const [sent, setSent] = useState(false);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const capture = useRequest<{ result: CaptureAnswer }>(CAPTURE);
  const form = useId();
  const typed = amountUpTo(text, most, currency);
  const rest = 'amount' in typed ? most - typed.amount : 0;
  const problem = sent && 'problem' in typed ? typed.problem : undefined;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setRefused(undefined);
    setSent(true);
    if ('problem' in typed) {
      event.currentTarget.querySelector('input')?.focus();
      return;
    }
    const answer = await capture.send({ input: { paymentId: payment.id, amount: typed.amount } });
    if (answer === undefined) return;
    const { result } = answer;
    switch (result.__typename) {
      case 'Payment':
        return onDone({
          tone: 'success',
          text: `Payment ${payment.id}: ${moneyText(typed.amount, currency)} captured`,
        });
      case 'PaymentOutcomeUnknownError':
        return onDone({ tone: 'warning', text: `Payment ${payment.id}: ${result.message}` });
      case 'SettlePaymentError':
        return setRefused(`${result.message} ${result.paymentErrorMessage}`);
      case 'ErrorResult':
      default:
        return setRefused(result.message);
    }
  };

  return (
    <Dialog
      title={`Capture payment ${payment.id}?`}
      onClose={onClose}
      closeLabel="Cancel"
      actions={
        <button type="submit" form={form} className="button primary">
          Capture
        </button>
      }
    >
      <p>{moneyText(most, currency)} can be captured, once. Of a part, the provider lets go of the rest.</p>
      <form id={form} onSubmit={event => void submit(event)} noValidate>
        <CheckedField label={`Amount in ${currency}`} problem={problem}>
          {attributes => (
            <input
              {...attributes}
              type="text"
              inputMode="decimal"
              autoFocus
              value={text}
              onChange={event => setText(event.target.value)}
            />
          )}
        </CheckedField>
      </form>
      <div aria-live="polite">
        {rest > 0 && (
          <p>
            {moneyText(rest, currency)} are let go: the order owes them until they are paid in another way.
          </p>
        )}
        {(capture.error ?? refused) !== undefined && (
          <Notice tone="error" title="Nothing was captured">
            {capture.error ?? refused}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
