/** What is wrong with rules, settings, lists or backtests, by its key in the translations. */
export interface Problem {
  /** Where, such as `rules.0.when.members.1.value`. */
  readonly path: string;
  readonly code: string;
  /** With an error nothing is saved; with warnings it is. */
  readonly severity: 'error' | 'warning';
  /** For the message. */
  readonly variables: Readonly<Record<string, string | number>>;
}

export type Checked<T> =
  { readonly value: T; readonly problems: readonly Problem[] } | { readonly problems: readonly Problem[] };

export function problem(path: string, code: string, variables: Problem['variables'] = {}): Problem {
  return { path, code, severity: 'error', variables };
}

export function warning(path: string, code: string, variables: Problem['variables'] = {}): Problem {
  return { path, code, severity: 'warning', variables };
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** What staff have written, in their own words. PostgreSQL's texts have no zero character, and nobody sees the others. */
export function isVisibleText(text: unknown, max: number): text is string {
  return typeof text === 'string' && text.length <= max && !/\p{Cc}/u.test(text);
}
