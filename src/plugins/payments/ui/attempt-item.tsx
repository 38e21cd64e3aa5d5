import { EntryTitle, Facts, StatusBadge, TimelineItem, formatMoment } from '@tradewind/admin-ui-kit';
import React from 'react';
import { moneyText } from './amounts';
import { isLost } from './order-payments';
import {
  attemptState,
  count,
  dispositionState,
  entryName,
  failureText,
  kindName,
  statusText,
} from './order-payments-text';
import type { Attempt, AttemptEntry } from './order-payments.query';

/** One thing that a provider was asked for, how it stands, and what was heard of it. */
export function AttemptItem(props: {
  attempt: Attempt;
  /** Without it, the person may only look. */
  onDecide?: ((attempt: Attempt) => void) | undefined;
}) {
  const { attempt, onDecide } = props;
  const { kind, amount, currencyCode, transactionId, fees, reference } = attempt;
  const name = `${kindName(kind)} of ${moneyText(amount, currencyCode)}`;
  const disposition = dispositionState(attempt);
  const failure = failureText(attempt);
  return (
    <TimelineItem at={attempt.createdAt} note={attempt.provider} marked={kind === 'authorize'}>
      <EntryTitle text={name} state={attemptState(attempt)}>
        {disposition !== undefined && <StatusBadge tone={disposition.tone}>{disposition.text}</StatusBadge>}
      </EntryTitle>
      <Facts
        facts={[
          transactionId === null ? 'no transaction id' : `transaction ${transactionId}`,
          ...(fees === null ? [] : [`fees ${moneyText(fees, currencyCode)}`]),
          `reference ${reference}`,
        ]}
      />
      {failure !== undefined && (
        <div className={attempt.status === 'succeeded' ? 'tw-entry-note' : 'tw-entry-error'}>{failure}</div>
      )}
      {attempt.strandedBecause !== null && <div className="tw-entry-error">{attempt.strandedBecause}</div>}
      <Log entries={attempt.entries} />
      {isLost(attempt) && onDecide !== undefined && (
        <div className="tw-actions tw-entry-actions">
          <button
            type="button"
            className="button-small"
            aria-haspopup="dialog"
            aria-label={`Decide the ${name}`}
            onClick={() => onDecide(attempt)}
          >
            Decide …
          </button>
        </div>
      )}
    </TimelineItem>
  );
}

function Log({ entries }: { entries: readonly AttemptEntry[] }) {
  if (entries.length === 0) return null;
  return (
    <details className="tw-more">
      <summary>What was heard when: {count(entries.length, 'entry', 'entries')}</summary>
      <ol className="tw-log">
        {entries.map(entry => (
          <li key={entry.id}>
            <time dateTime={entry.createdAt}>{formatMoment(entry.createdAt)}</time>
            <span>
              {entryName(entry)} ({statusText(entry.status)})
              {entry.note !== null && <span className="tw-entry-note">: {entry.note}</span>}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
