import { LABEL_SOURCES, type LabelSource } from '../types';

/** Whether what is known from one source takes the place of what is known from another: a weaker one never does. */
export function outranks(source: LabelSource, known: LabelSource | null): boolean {
  return known === null || LABEL_SOURCES.indexOf(source) <= LABEL_SOURCES.indexOf(known);
}
