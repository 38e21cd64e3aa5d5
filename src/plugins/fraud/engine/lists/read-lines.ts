import { normalizeListValue, type ListValueProblem } from './list-value';

export interface LineProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly value: string;
  readonly code: ListValueProblem;
}

export interface ReadLines {
  /** Each once, in the order of the lines. */
  readonly values: readonly string[];
  readonly duplicates: number;
  readonly refused: number;
  /** The first of them. */
  readonly problems: readonly LineProblem[];
}

const SHOWN_PROBLEMS = 100;
const SHOWN_LENGTH = 100;

/** The values of a list from what staff have sent. Empty lines, and remarks that begin with #, are passed over. */
export function readLines(list: string, lines: readonly string[]): ReadLines {
  const values = new Set<string>();
  const problems: LineProblem[] = [];
  let duplicates = 0;
  let refused = 0;
  lines.forEach((text, index) => {
    const trimmed = text.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return;
    const result = normalizeListValue(list, trimmed);
    if ('problem' in result) {
      refused += 1;
      if (problems.length < SHOWN_PROBLEMS) {
        const value = trimmed.slice(0, SHOWN_LENGTH).replace(/\p{Cc}/gu, '\ufffd');
        problems.push({ line: index + 1, value, code: result.problem });
      }
    } else if (values.has(result.value)) {
      duplicates += 1;
    } else {
      values.add(result.value);
    }
  });
  return { values: [...values], duplicates, refused, problems };
}
