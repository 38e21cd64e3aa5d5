import React, { useId, useState, type FormEvent, type ReactNode } from 'react';
import { Dialog } from './dialog';
import { Field } from './field';
import { Notice } from './notice';

/** As long as a reason may be, where nothing else is said. */
const MAX_LENGTH = 1_000;

/** Asks for the reason of something that cannot be undone. */
export function ReasonDialog(props: {
  title: string;
  explanation: string;
  /** The text of the button that does it. */
  action: string;
  error: string | undefined;
  maxLength?: number;
  /** Further fields, below the reason. */
  fields?: ReactNode;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const form = useId();
  const problem = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') props.onConfirm(reason.trim());
  };
  return (
    <Dialog
      title={props.title}
      onClose={props.onClose}
      closeLabel="Cancel"
      actions={
        <button type="submit" form={form} className="button primary">
          {props.action}
        </button>
      }
    >
      <p>{props.explanation}</p>
      <form id={form} onSubmit={submit} noValidate>
        <Field label="Reason (required)">
          <textarea
            autoFocus
            required
            maxLength={props.maxLength ?? MAX_LENGTH}
            value={reason}
            aria-invalid={missing}
            aria-describedby={missing ? problem : undefined}
            onChange={event => setReason(event.target.value)}
          />
        </Field>
        {missing && (
          <p id={problem} role="alert">
            <strong>Give a reason.</strong>
          </p>
        )}
        {props.fields}
      </form>
      {props.error !== undefined && (
        <Notice tone="error" title="Nothing was changed">
          {props.error}
        </Notice>
      )}
    </Dialog>
  );
}
