import { RE2JS } from 're2js';

/** Longer ones are mistakes, or lists that should be lists. */
export const MAX_PATTERN = 500;

/** Steps of the compiled pattern: times the length of the text, the most that a search can take. */
const MAX_PROGRAM = 2_000;

/** Of a text, only so much is looked at: a search stays below a few milliseconds. */
export const MAX_SEARCHED = 1_000;

export type PatternProblem = 'too-long' | 'too-complex' | 'malformed';

export type Pattern = (text: string) => boolean;

/**
 * A search by RE2: its time is linear in the length of the text, whatever the pattern is. Look-around and
 * back-references, which would need more, do not exist in it.
 */
export function compilePattern(source: string): { search: Pattern } | { problem: PatternProblem } {
  if (source.length > MAX_PATTERN) return { problem: 'too-long' };
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source);
  } catch (error) {
    return { problem: /too large/.test((error as Error).message) ? 'too-complex' : 'malformed' };
  }
  if (compiled.programSize() > MAX_PROGRAM) return { problem: 'too-complex' };
  return { search: text => compiled.matcher(text.slice(0, MAX_SEARCHED)).find() };
}
