/** A run of as many digits could be a card number, or another that is nobody's business. */
const LONG_NUMBER = /\p{Nd}(?:[^\p{L}\p{Nd}]{0,3}\p{Nd}){11,}/gu;

/** A text for the log: messages about values that cannot be used repeat these values. */
export function hideDigits(text: string): string {
  return text.replace(LONG_NUMBER, '[digits]');
}
