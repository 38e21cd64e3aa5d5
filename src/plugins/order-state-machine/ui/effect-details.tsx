import { FirstLine, formatMoment } from '@tradewind/admin-ui-kit';
import React from 'react';
import { count, effectName, resultFacts } from './timeline-text';
import type { Effect } from './timeline.query';

/** How an effect went, and the way to retry or skip it. */
export function EffectDetails(props: {
  effect: Effect;
  onRetry?: (effect: Effect) => void;
  onSkip?: (effect: Effect) => void;
}) {
  const { effect, onRetry, onSkip } = props;
  const facts = [
    effect.attempts > 0 && count(effect.attempts, 'attempt'),
    effect.finishedAt !== null && `ended ${formatMoment(effect.finishedAt)}`,
    effect.state === 'waiting' && effect.dueAt !== null && `due ${formatMoment(effect.dueAt)}`,
    effect.fulfillmentId !== null && `parcel ${effect.fulfillmentId}`,
    // Why there was nothing to do is no error.
    effect.state === 'not_needed' && effect.error,
    effect.reason !== null && `reason: ${effect.reason}`,
    ...resultFacts(effect.result),
  ].filter(fact => typeof fact === 'string');
  const retry = effect.canRetry && onRetry !== undefined;
  const skip = effect.canSkip && onSkip !== undefined;
  const name = effectName(effect);
  return (
    <>
      {facts.length > 0 && (
        <ul className="tw-facts">
          {facts.map((fact, index) => (
            <li key={index}>{fact}</li>
          ))}
        </ul>
      )}
      {effect.error !== null && effect.state !== 'not_needed' && (
        <div className="tw-entry-error">
          <FirstLine text={effect.error} />
        </div>
      )}
      {(retry || skip) && (
        <div className="tw-actions tw-entry-actions">
          {retry && (
            <button
              type="button"
              className="button-small"
              aria-label={`Retry ${name}`}
              onClick={() => onRetry(effect)}
            >
              Retry
            </button>
          )}
          {skip && (
            <button
              type="button"
              className="button-small"
              aria-label={`Skip ${name}`}
              aria-haspopup="dialog"
              onClick={() => onSkip(effect)}
            >
              Skip …
            </button>
          )}
        </div>
      )}
    </>
  );
}
