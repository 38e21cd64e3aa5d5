import { useRequest } from '@tradewind/admin-ui-kit';
import { useState } from 'react';
import { outcomeOf, type Decided, type DecideOutcome } from './decide-outcome';
import {
  APPROVE,
  DECIDE_MANY,
  REJECT,
  type DecideResult,
  type QueueCase,
  type Verdict,
} from './review.query';

/** Decides one case, or several at once. `problem` says why nothing was even tried. */
export function useDecide() {
  const approve = useRequest<{ result: DecideResult }>(APPROVE);
  const reject = useRequest<{ result: DecideResult }>(REJECT);
  const many = useRequest<{ results: Array<{ id: string; result: DecideResult }> }>(DECIDE_MANY);
  const [busy, setBusy] = useState(false);

  const decided = async (cases: readonly QueueCase[], verdict: Verdict, reason: string) => {
    const [only] = cases;
    if (cases.length === 1 && only !== undefined) {
      const answer = await (verdict === 'approve' ? approve : reject).send({
        input: { id: only.id, reason: reason === '' ? null : reason },
      });
      return answer && [{ code: only.orderCode, result: answer.result }];
    }
    const answer = await many.send({ input: { ids: cases.map(({ id }) => id), verdict, reason } });
    return answer?.results.map(({ id, result }): Decided => {
      return { code: cases.find(each => each.id === id)?.orderCode ?? id, result };
    });
  };

  /** Nothing where the request itself failed. */
  const decide = async (
    cases: readonly QueueCase[],
    verdict: Verdict,
    reason: string,
  ): Promise<DecideOutcome | undefined> => {
    setBusy(true);
    try {
      const results = await decided(cases, verdict, reason);
      return results === undefined ? undefined : outcomeOf(results, verdict);
    } finally {
      setBusy(false);
    }
  };
  return { decide, busy, problem: approve.error ?? reject.error ?? many.error };
}
