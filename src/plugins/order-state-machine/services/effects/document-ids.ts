import type { EffectResult } from '../../types';

/** The documents that an effect says it has made. */
export function documentIdsOf({ documents }: EffectResult): string[] {
  if (!Array.isArray(documents)) return [];
  return documents.flatMap(entry => {
    const id = entry !== null && typeof entry === 'object' && !Array.isArray(entry) ? entry.documentId : null;
    return typeof id === 'string' ? [id] : [];
  });
}
