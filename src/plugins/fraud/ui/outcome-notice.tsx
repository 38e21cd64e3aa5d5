import { Notice } from '@tradewind/admin-ui-kit';
import React from 'react';
import type { DecideOutcome } from './decide-outcome';

/** What came of a decision, with those that failed. */
export function OutcomeNotice({ outcome }: { outcome: DecideOutcome }) {
  return (
    <Notice tone={outcome.tone} title={outcome.title} takesFocus>
      {outcome.failures.length > 0 && (
        <ul className="tw-lines">
          {outcome.failures.map(failure => (
            <li key={failure}>{failure}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
