const COLOURS = /\u001b\[[0-9;]*m/g;
const MAX_LINES = 40;
const LAST_LINES = 15;

/**
 * What to tell of a compiler's output: its errors, from the first one on, or, when it names none (it was killed,
 * or could not be started), its last lines.
 */
export function failureReason(log: string): string {
  const lines = log
    .replace(COLOURS, '')
    .split(/\r?\n/)
    .map(line => line.trimEnd());
  const firstError = lines.findIndex(line => /\[ERROR\]|^Error:|^\s*error TS\d+/i.test(line));
  const told =
    firstError === -1 ? lines.filter(line => line !== '').slice(-LAST_LINES) : lines.slice(firstError);
  const reason = told.slice(0, MAX_LINES).join('\n').trim();
  return reason === ''
    ? 'The compiler ended without a message. It may have been killed for lack of memory.'
    : reason;
}
