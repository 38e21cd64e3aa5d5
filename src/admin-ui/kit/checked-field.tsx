import React, { useId, type ReactNode } from 'react';
import { Field } from './field';

/** What ties a control to the message about it. */
export interface InvalidAttributes {
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

/** A control with its label above, and what is wrong with it below. */
export function CheckedField(props: {
  label: string;
  problem: string | undefined;
  children: (attributes: InvalidAttributes) => ReactNode;
}) {
  const id = useId();
  const { label, problem } = props;
  return (
    <div>
      <Field label={label}>
        {props.children({
          'aria-invalid': problem !== undefined,
          'aria-describedby': problem === undefined ? undefined : id,
        })}
      </Field>
      <ProblemText id={id} text={problem} />
    </div>
  );
}

/** What is wrong, where it can be seen and is heard at once. */
export function ProblemText({ id, text }: { id?: string; text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p id={id} role="alert">
      <strong>{text}</strong>
    </p>
  );
}
