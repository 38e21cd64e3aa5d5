import { parseArgs } from 'node:util';
import { UserError } from '../../scripts/start/user-error';

export interface PaymentsOptions {
  /** Payments that are measured at each of the provider's paces. */
  payments: number;
  /** Of those, how many are under way at once. */
  parallel: number;
  /** Shoppers who pay at the same instant while somebody browses. */
  shoppers: number;
  port: number;
  pgPort: number;
}

const NUMBERS = {
  payments: {
    default: 60,
    min: 10,
    max: 5_000,
    help: 'payments with a provider of 0 ms, and as many of 300 ms',
  },
  parallel: { default: 8, min: 1, max: 200, help: 'of them at once' },
  shoppers: { default: 100, min: 2, max: 1_000, help: 'who pay at once while somebody browses' },
  port: { default: 3390, min: 1, max: 65_535, help: 'for the server that is measured' },
  'pg-port': { default: 54_390, min: 1, max: 65_535, help: "for the benchmark's own PostgreSQL" },
};

type NumberName = keyof typeof NUMBERS;

export const PAYMENTS_USAGE = [
  'usage: npm run bench -- payments [options]',
  '',
  ...Object.entries(NUMBERS).map(
    ([name, bounds]) => `  ${`--${name} N`.padEnd(16)}${bounds.help} (${bounds.default})`,
  ),
].join('\n');

/** Reads the command line. @throws UserError that names the option and what is allowed */
export function parsePaymentsOptions(args: string[]): PaymentsOptions {
  let values: Partial<Record<string, string>>;
  try {
    const options = Object.fromEntries(Object.keys(NUMBERS).map(name => [name, { type: 'string' as const }]));
    values = parseArgs({ args, options, strict: true }).values;
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${PAYMENTS_USAGE}`);
  }
  const number = (name: NumberName): number => {
    const { default: fallback, min, max } = NUMBERS[name];
    const given = values[name];
    if (given === undefined) return fallback;
    const value = Number(given);
    if (!/^\d+$/.test(given) || value < min || value > max) {
      throw new UserError(`--${name}: given "${given}", needed: a whole number from ${min} to ${max}.`);
    }
    return value;
  };
  return {
    payments: number('payments'),
    parallel: number('parallel'),
    shoppers: number('shoppers'),
    port: number('port'),
    pgPort: number('pg-port'),
  };
}
