export interface WaitOptions {
  /** How long to try, in ms. */
  timeoutMs?: number;
  /** The pause between two tries, in ms. */
  intervalMs?: number;
  /** What is waited for, for the message of a failure. */
  what: string;
}

/**
 * Tries until there is a value.
 *
 * @param probe gives `undefined` while there is none; what it throws ends the wait
 * @throws Error that names what did not come
 */
export async function waitFor<T>(
  probe: () => Promise<T | undefined> | T | undefined,
  { timeoutMs = 20_000, intervalMs = 100, what }: WaitOptions,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined) return value;
    if (Date.now() >= deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`);
    await sleep(intervalMs);
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
