/**
 * The one form in which texts of rules, lists and signals are compared: compatibility forms of Unicode made one (NFKC:
 * full-width letters, ligatures), without spaces around it, in lower case. Accents count.
 */
export function normalizeText(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
