import { CheckedField } from '@tradewind/admin-ui-kit';
import React from 'react';
import type { DraftRule } from './routing-draft';
import type { Provider } from './routing.query';

/** Who takes the payments of a rule, with their parts, and who is tried when they cannot. */
export function RuleProviders(props: {
  draft: DraftRule;
  providers: readonly Provider[];
  problemOf: (field: string) => string | undefined;
  onChange: (fields: Partial<DraftRule>) => void;
}) {
  const { draft, providers, problemOf, onChange } = props;
  const { to, failover } = draft;
  const options = (chosen: string) => {
    const codes = providers.map(({ code }) => code);
    // One that the shop has no more is shown until another one is chosen.
    return codes.includes(chosen) ? codes : [chosen, ...codes];
  };
  const select = (chosen: string, set: (code: string) => void, more: object) => (
    <select {...more} value={chosen} onChange={event => set(event.target.value)}>
      {options(chosen).map(code => (
        <option key={code} value={code}>
          {code}
        </option>
      ))}
    </select>
  );
  const setTarget = (index: number, fields: Partial<DraftRule['to'][number]>) =>
    onChange({ to: to.map((target, at) => (at === index ? { ...target, ...fields } : target)) });
  const unused = (used: readonly string[]) =>
    providers.map(({ code }) => code).find(code => !used.includes(code));
  const nextTarget = unused(to.map(({ provider }) => provider));
  const nextFailover = unused([...failover, ...(to.length === 1 ? to.map(({ provider }) => provider) : [])]);

  return (
    <>
      <h3>Go to</h3>
      {to.map(({ provider, weight }, index) => (
        <div key={index} className="tw-fields tw-fields-checked">
          <CheckedField label={`Provider ${index + 1}`} problem={problemOf(`to.${index}.provider`)}>
            {attributes => select(provider, code => setTarget(index, { provider: code }), attributes)}
          </CheckedField>
          <CheckedField label={`Weight of provider ${index + 1}`} problem={problemOf(`to.${index}.weight`)}>
            {attributes => (
              <input
                {...attributes}
                type="text"
                inputMode="numeric"
                value={weight}
                onChange={event => setTarget(index, { weight: event.target.value })}
              />
            )}
          </CheckedField>
          <div className="tw-actions">
            <button
              type="button"
              className="button-small"
              aria-label={`Take out provider ${index + 1}`}
              aria-disabled={to.length === 1}
              onClick={() => to.length > 1 && onChange({ to: to.filter((_, at) => at !== index) })}
            >
              Take out
            </button>
          </div>
        </div>
      ))}
      {nextTarget !== undefined && (
        <div className="tw-actions">
          <button
            type="button"
            className="button-small"
            onClick={() => onChange({ to: [...to, { provider: nextTarget, weight: '1' }] })}
          >
            Share with another provider
          </button>
        </div>
      )}
      <h3>Where that provider proves not to have charged, try</h3>
      {failover.map((code, index) => (
        <div key={index} className="tw-fields tw-fields-checked">
          <CheckedField label={`Fallback ${index + 1}`} problem={problemOf(`failover.${index}`)}>
            {attributes =>
              select(
                code,
                next => onChange({ failover: failover.map((each, at) => (at === index ? next : each)) }),
                attributes,
              )
            }
          </CheckedField>
          <div className="tw-actions">
            <button
              type="button"
              className="button-small"
              aria-label={`Take out fallback ${index + 1}`}
              onClick={() => onChange({ failover: failover.filter((_, at) => at !== index) })}
            >
              Take out
            </button>
          </div>
        </div>
      ))}
      {nextFailover === undefined ? (
        failover.length === 0 && <p>There is no other provider.</p>
      ) : (
        <div className="tw-actions">
          <button
            type="button"
            className="button-small"
            onClick={() => onChange({ failover: [...failover, nextFailover] })}
          >
            Add a fallback
          </button>
        </div>
      )}
    </>
  );
}
