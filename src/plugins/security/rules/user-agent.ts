/** Longer ones are cut: real browsers stay below 300 characters. */
export const MAX_USER_AGENT_LENGTH = 512;

/** A user agent that can be stored and logged: no control characters, a bounded length, never empty. */
export function cleanUserAgent(text: string | undefined): string | undefined {
  // A line break, for one, would forge a line in a log.
  const clean = text?.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ').trim();
  return clean === undefined || clean === '' ? undefined : clean.slice(0, MAX_USER_AGENT_LENGTH);
}
