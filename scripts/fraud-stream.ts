import { createInterface } from 'node:readline';
import { StreamScorer } from '../src/plugins/fraud/stream';

/**
 * Scores attempts as they come: JSON lines in, one line for each attempt out. See `src/plugins/fraud/README.md`.
 *
 *   {"type":"tx","id":"1","ts":"2026-01-01T00:00:00Z","amount":20,"customer_id":"7",...}   ->  {"id":"1","score":1.2345}
 *   {"type":"label","id":"1","fraud":true}
 *   {"type":"retrain"}
 */
async function main(): Promise<void> {
  const say = (message: string) => void process.stderr.write(`fraud:stream: ${message}\n`);
  let line = 0;
  const scorer = new StreamScorer(message => say(`line ${line}: ${message}`));
  // Whoever reads may have seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    line++;
    if (text.trim() === '') continue;
    try {
      const score = scorer.take(text);
      if (score) process.stdout.write(`${JSON.stringify(score)}\n`);
    } catch (error) {
      say(`line ${line} is left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

main().catch((error: unknown) => {
  process.stderr.write(
    `fraud:stream: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
