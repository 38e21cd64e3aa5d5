import React, { type FormEvent, type ReactNode } from 'react';

/** Fields above a list. What is typed in them counts when it is applied, not with each letter. */
export function FilterForm(props: {
  label: string;
  onApply: () => void;
  onClear: () => void;
  children: ReactNode;
}) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onApply();
  };
  return (
    <form onSubmit={submit} aria-label={props.label}>
      <div className="tw-fields">
        {props.children}
        <div className="tw-actions">
          <button type="submit" className="button-small">
            Show
          </button>
          <button type="button" className="button-small" onClick={props.onClear}>
            Clear the filter
          </button>
        </div>
      </div>
    </form>
  );
}
