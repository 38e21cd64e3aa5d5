import { count } from './fraud-text';
import type { DecideResult, Verdict } from './review.query';

/** What came of one case. */
export interface Decided {
  code: string;
  result: DecideResult;
}

/** What came of a decision, in words. */
export interface DecideOutcome {
  tone: 'success' | 'warning' | 'error';
  title: string;
  /** One line for each case that was not decided. */
  failures: string[];
}

const DONE: Record<Verdict, string> = { approve: 'approved', reject: 'rejected' };

export function outcomeOf(decided: readonly Decided[], verdict: Verdict): DecideOutcome {
  const done = decided.filter(({ result }) => result.__typename === 'FraudCase');
  const failures = decided.flatMap(({ code, result }) =>
    result.__typename === 'FraudCase' ? [] : [`${code}: ${failureText(result)}`],
  );
  const [only] = decided;
  if (decided.length === 1 && only !== undefined) {
    if (failures.length === 0)
      return { tone: 'success', title: `${only.code} is ${doneText(only, verdict)}`, failures };
    return { tone: 'error', title: `${only.code} is not ${DONE[verdict]}`, failures };
  }
  return {
    tone: failures.length === 0 ? 'success' : done.length === 0 ? 'error' : 'warning',
    title: `${done.length} of ${count(decided.length, 'case')} ${DONE[verdict]}`,
    failures,
  };
}

function doneText({ result }: Decided, verdict: Verdict): string {
  return result.__typename === 'FraudCase' && result.status === 'deciding'
    ? `being ${DONE[verdict]}`
    : DONE[verdict];
}

function failureText(result: Exclude<DecideResult, { __typename: 'FraudCase' }>): string {
  if (result.__typename !== 'FraudCaseDecisionFailedError') return result.message;
  const goesOn = result.status === 'deciding' ? ' The shop goes on by itself.' : '';
  return `${result.message} ${result.why}${goesOn}`;
}
