const MAX_LENGTH = 2_000;

/** What is kept of a handler's failure: its kind and message, and where it came from. Bounded in length. */
export function describeFailure(error: unknown): string {
  const text =
    error instanceof Error
      ? `${error.name}: ${error.message}${firstFrames(error.stack)}`
      : `Thrown: ${typeof error === 'string' ? error : (safeJson(error) ?? String(error))}`;
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}…`;
}

function firstFrames(stack: string | undefined): string {
  const frames = (stack ?? '')
    .split('\n')
    .filter(line => /^\s+at /.test(line) && !line.includes('node:internal'))
    .slice(0, 3);
  return frames.length === 0 ? '' : `\n${frames.join('\n')}`;
}

function safeJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
