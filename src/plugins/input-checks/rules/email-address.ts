import type { InputProblem } from './problem';

/** RFC 5321, 4.5.3.1.3: a path is at most 256 characters, with its two brackets. */
const MAX_LENGTH = 254;

/**
 * One `@`, something before it without spaces or what could begin another header or recipient, and a domain of
 * two labels or more; letters of any script. Whether a mail arrives only a mail can tell.
 */
const SHAPE =
  /^[^\s@"<>(),;:\\[\]\p{Cc}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}\p{N}-]{2,63}$/u;

/** @param text spaces around it do not count: the platform removes them */
export function findEmailProblem(text: string): InputProblem | undefined {
  const address = text.trim();
  if (address.length <= MAX_LENGTH && SHAPE.test(address)) return undefined;
  return { key: 'error.email-address-malformed' };
}
