import { ProblemText } from '@tradewind/admin-ui-kit';
import React, { useId } from 'react';
import type { Named } from './routing.query';

/** Some of several. What the person may not read stays as it is. */
export function Choice(props: {
  legend: string;
  /** Nothing when they may not be read. */
  options: readonly Named[] | undefined;
  chosen: readonly string[];
  problem: string | undefined;
  onChange: (chosen: string[]) => void;
}) {
  const { options, chosen, problem } = props;
  const id = useId();
  if (options?.length === 0 && chosen.length === 0) return null;
  const known = new Set((options ?? []).map(option => option.id));
  // One that is gone can be taken out.
  const all = [
    ...(options ?? []),
    ...chosen.filter(each => !known.has(each)).map(each => ({ id: each, name: `#${each}` })),
  ];
  return (
    <fieldset className="tw-fieldset" aria-describedby={problem === undefined ? undefined : id}>
      <legend>{props.legend}</legend>
      <div className="tw-actions">
        {options === undefined && <span>You may not read what there is to choose from.</span>}
        {all.map(option => (
          <label key={option.id} className="tw-check">
            <input
              type="checkbox"
              checked={chosen.includes(option.id)}
              onChange={({ target }) =>
                props.onChange(
                  target.checked ? [...chosen, option.id] : chosen.filter(each => each !== option.id),
                )
              }
            />
            {option.name}
          </label>
        ))}
      </div>
      <ProblemText id={id} text={problem} />
    </fieldset>
  );
}
