const DAY_MS = 86_400_000;

/** So many days that end now. */
export function lastDays(count: number, now: Date): { from: string; to: string } {
  return { from: new Date(now.getTime() - count * DAY_MS).toISOString(), to: now.toISOString() };
}
