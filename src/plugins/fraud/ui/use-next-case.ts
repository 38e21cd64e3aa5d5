import { useNavigate, useRequest } from '@tradewind/admin-ui-kit';
import { useState } from 'react';
import { NEXT } from './review.query';

export const QUEUE_PAGE_PATH = '/extensions/fraud/review';

export function casePath(id: string): string {
  return `/extensions/fraud/cases/${id}`;
}

/** Takes the next case that nobody works on, and opens it. */
export function useNextCase() {
  const navigate = useNavigate();
  const request = useRequest<{ nextFraudCase: { id: string } | null }>(NEXT);
  const [none, setNone] = useState(false);
  const next = async (except: readonly string[] = []) => {
    setNone(false);
    const answer = await request.send({ except });
    if (answer === undefined) return;
    if (answer.nextFraudCase === null) setNone(true);
    else navigate(casePath(answer.nextFraudCase.id));
  };
  return { next, none, problem: request.error };
}
