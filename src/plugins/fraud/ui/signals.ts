import type { Signal } from './review.query';

/** Signals whose name, value or meaning has all words of the text. */
export function matching(signals: readonly Signal[], text: string): Signal[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return signals.filter(({ name, description, value }) => {
    const all = `${name} ${description} ${String(value)}`.toLowerCase();
    return words.every(word => all.includes(word));
  });
}
