import { useRequest } from '@tradewind/admin-ui-kit';
import { useState } from 'react';
import { moneyText } from './amounts';
import { KINDS, resolutionText } from './reconciliation-text';
import { RESOLVE, type Difference, type DifferenceAction, type ResolveAnswer } from './reconciliation.query';

/** What came of an action. */
export interface Outcome {
  tone: 'success' | 'warning';
  text: string;
}

/** Whether somebody has to say why: looking again changes nothing. */
export function asksReason(action: DifferenceAction): boolean {
  return action !== 'CHECK_AGAIN';
}

/** What it is and of how much, as it is called everywhere on the page. */
export function nameOf({ kind, amount, currencyCode }: Difference): string {
  return `${KINDS[kind].name}, ${moneyText(amount, currencyCode)}`;
}

/** Does something about a difference. `problem` says why the last one was refused. */
export function useResolve() {
  const request = useRequest<{ result: ResolveAnswer }>(RESOLVE);
  const [refused, setRefused] = useState<string | undefined>(undefined);

  /** Nothing where it was refused. */
  const resolve = async (
    difference: Difference,
    action: DifferenceAction,
    reason: string,
    transactionId: string | null = null,
  ): Promise<Outcome | undefined> => {
    setRefused(undefined);
    const answer = await request.send({ input: { id: difference.id, action, reason, transactionId } });
    if (answer === undefined) return undefined;
    const { result } = answer;
    const name = nameOf(difference);
    switch (result.__typename) {
      case 'PaymentDifference':
        return result.status === 'resolved'
          ? { tone: 'success', text: `${name}: ${resolutionText(result.resolution).toLowerCase()}` }
          : { tone: 'warning', text: `${name}: both sides still differ` };
      case 'PaymentDifferenceResolvedError':
        return {
          tone: 'warning',
          text: `${name}: it was resolved meanwhile (${resolutionText(result.resolvedAs).toLowerCase()})`,
        };
      case 'PaymentOutcomeUnknownError':
        return { tone: 'warning', text: `${name}: ${result.message}` };
      case 'ErrorResult':
      default:
        setRefused(result.message);
        return undefined;
    }
  };
  const forget = () => {
    request.reset();
    setRefused(undefined);
  };
  return { resolve, forget, problem: request.error ?? refused };
}
