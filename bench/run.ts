import { explain } from '../scripts/start/user-error';
import { EVENTS_USAGE, benchEvents, parseEventsOptions } from './events';
import { FRAUD_USAGE, benchFraud, parseFraudOptions } from './fraud';
import { Cleanup } from './journey/cleanup';
import { benchJourney } from './journey/journey';
import { USAGE, parseOptions } from './journey/options';
import { benchPayments, parsePaymentsOptions, PAYMENTS_USAGE } from './payments';
import { RACES_USAGE, benchRaces, parseRacesOptions } from './races';

/** `npm run bench -- <name> [options]`: see bench/README.md. */

const say = (line: string) => void process.stdout.write(`${line}\n`);
const cleanup = new Cleanup();
let stopped = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!stopped) say('\nStopping ...');
    stopped = true;
    void cleanup.run().then(
      () => process.exit(130),
      () => process.exit(130),
    );
  });
}

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  if (name === 'events' && !args.includes('--help')) {
    try {
      await benchEvents(cleanup, parseEventsOptions(args), say);
      return 0;
    } finally {
      await cleanup.run();
    }
  }
  if (name === 'fraud' && !args.includes('--help')) {
    try {
      await benchFraud(cleanup, parseFraudOptions(args), args, say);
      return 0;
    } finally {
      await cleanup.run();
    }
  }
  if (name === 'payments' && !args.includes('--help')) {
    try {
      await benchPayments(cleanup, parsePaymentsOptions(args), args, say);
      return 0;
    } finally {
      await cleanup.run();
    }
  }
  if (name === 'races' && !args.includes('--help')) {
    try {
      await benchRaces(cleanup, parseRacesOptions(args), args, say);
      return 0;
    } finally {
      await cleanup.run();
    }
  }
  if (name !== 'journey' || args.includes('--help')) {
    const usages: Partial<Record<string, string>> = {
      events: EVENTS_USAGE,
      fraud: FRAUD_USAGE,
      payments: PAYMENTS_USAGE,
      races: RACES_USAGE,
    };
    say(usages[name ?? ''] ?? [USAGE, EVENTS_USAGE, FRAUD_USAGE, PAYMENTS_USAGE, RACES_USAGE].join('\n\n'));
    return ['journey', 'events', 'fraud', 'payments', 'races'].includes(name ?? '') ? 0 : 2;
  }
  try {
    return (await benchJourney(cleanup, parseOptions(args), args, say)) ? 0 : 1;
  } finally {
    await cleanup.run();
  }
}

main().then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // What a Ctrl-C interrupts fails, and is no error.
    if (stopped) return;
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  },
);
