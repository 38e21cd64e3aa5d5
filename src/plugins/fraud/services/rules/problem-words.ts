import type { RequestContext } from '@vendure/core';
import type { Problem } from '../../engine/rules/problems';

/** A problem as staff read it. */
export interface ProblemView {
  path: string;
  code: string;
  severity: 'error' | 'warning';
  message: string;
}

export function inWords(ctx: RequestContext, problems: readonly Problem[]): ProblemView[] {
  return problems.map(({ path, code, severity, variables }) => ({
    path,
    code,
    severity,
    message: ctx.translate(`message.fraud-problem-${code}`, { ...variables }),
  }));
}
