import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const MAX_LINES = 20;

/** Prints the lines of level "error" of all logs in a folder, equal ones once, with their number. */
export function printLoggedErrors(logDir: string): void {
  const counts = new Map<string, number>();
  for (const file of readdirSync(logDir)) {
    for (const line of readFileSync(join(logDir, file), 'utf8').split('\n')) {
      // The time stands between the level and the message.
      const message = /^error .*? - (.*)$/.exec(line)?.[1];
      if (message !== undefined) counts.set(message, (counts.get(message) ?? 0) + 1);
    }
  }
  if (counts.size === 0) return;
  process.stderr.write(`\nErrors that the shops logged (${logDir}):\n`);
  for (const [message, count] of [...counts].slice(0, MAX_LINES)) {
    process.stderr.write(`  ${count} x ${message}\n`);
  }
  if (counts.size > MAX_LINES) process.stderr.write(`  and ${counts.size - MAX_LINES} others\n`);
}
