import type { Terminal } from '../start/terminal';
import { describeStep, type ReportProgress } from './progress';

/** Shows the seed's progress: a line for each step that is done, and its percentage meanwhile. */
export function reportTo(terminal: Terminal): ReportProgress {
  let last = '';
  return (step, done, total) => {
    const now = `${step}: ${Math.floor((100 * done) / total)} %`;
    if (done >= total) terminal.step(describeStep(step, total));
    else if (now !== last) terminal.progress(now);
    last = now;
  };
}
