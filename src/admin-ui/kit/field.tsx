import React, { type PropsWithChildren } from 'react';

/** A control with its label above. */
export function Field({ label, children }: PropsWithChildren<{ label: string }>) {
  return (
    <label className="tw-field">
      <span className="tw-field-label">{label}</span>
      {children}
    </label>
  );
}
