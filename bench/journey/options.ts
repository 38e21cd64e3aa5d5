import { parseArgs } from 'node:util';
import { UserError } from '../../scripts/start/user-error';

export const MODES = ['embedded', 'full'] as const;
export type Mode = (typeof MODES)[number];

export interface JourneyOptions {
  products: number;
  customers: number;
  orders: number;
  /** Of the data and of the choice of products. */
  seed: number;
  /** Length of the loaded phase, for each side in each round. */
  seconds: number;
  /** Shoppers at the same time in the loaded phase. */
  vus: number;
  /** How often stock and Tradewind take turns. */
  rounds: number;
  /** Measured requests for each step in the single-user phase. */
  requests: number;
  mode: Mode;
  /** Take the data of an earlier run, when it was loaded for the same sizes, seed and mode. */
  reuse: boolean;
  port: number;
  pgPort: number;
}

interface Bounds {
  default: number;
  min: number;
  max: number;
  help: string;
}

/** Every size has an upper bound: a benchmark that was mistyped must still end. */
const NUMBERS = {
  products: { default: 1_000, min: 10, max: 200_000, help: 'products in both shops' },
  customers: { default: 300, min: 1, max: 200_000, help: 'customers in both shops' },
  orders: { default: 2_000, min: 0, max: 1_000_000, help: 'placed orders in both shops' },
  seed: { default: 1, min: 0, max: 2_147_483_647, help: 'of the data and of the choice of products' },
  seconds: { default: 30, min: 2, max: 600, help: 'of load, for each side in each round' },
  vus: { default: 8, min: 1, max: 500, help: 'shoppers at the same time' },
  rounds: { default: 2, min: 1, max: 10, help: 'turns of stock and Tradewind' },
  requests: { default: 100, min: 10, max: 2_000, help: 'of each step, one at a time' },
  port: { default: 3390, min: 1, max: 65_535, help: 'for the server under measurement' },
  'pg-port': { default: 54_390, min: 1, max: 65_535, help: "for the benchmark's own PostgreSQL" },
} satisfies Record<string, Bounds>;

type NumberName = keyof typeof NUMBERS;

export const USAGE = [
  'usage: npm run bench -- journey [options]',
  '',
  ...Object.entries(NUMBERS).map(
    ([name, bounds]) => `  ${`--${name} N`.padEnd(16)}${bounds.help} (${bounds.default})`,
  ),
  `  ${'--mode M'.padEnd(16)}embedded, or full: with the Redis and OpenSearch of REDIS_URL and SEARCH_URL (embedded)`,
  `  ${'--reuse'.padEnd(16)}keep the data of the last run, if its sizes, seed and mode were the same`,
].join('\n');

/**
 * Reads the command line.
 *
 * @throws UserError that names the option, what was given and what is allowed
 */
export function parseOptions(args: string[]): JourneyOptions {
  const values = rawValues(args);
  const number = (name: NumberName): number => {
    const bounds: Bounds = NUMBERS[name];
    const given = values[name];
    if (given === undefined) return bounds.default;
    const value = Number(given);
    if (!/^\d+$/.test(given) || value < bounds.min || value > bounds.max) {
      throw new UserError(
        `--${name}: given "${given}", needed: a whole number from ${bounds.min} to ${bounds.max}.`,
      );
    }
    return value;
  };
  const mode = MODES.find(known => known === (values.mode ?? 'embedded'));
  if (mode === undefined) {
    throw new UserError(`--mode: given "${values.mode}", needed: ${MODES.join(' or ')}.`);
  }
  return {
    products: number('products'),
    customers: number('customers'),
    orders: number('orders'),
    seed: number('seed'),
    seconds: number('seconds'),
    vus: number('vus'),
    rounds: number('rounds'),
    requests: number('requests'),
    mode,
    reuse: values.reuse === 'true',
    port: number('port'),
    pgPort: number('pg-port'),
  };
}

function rawValues(args: string[]): Partial<Record<string, string>> {
  const strings = Object.fromEntries(
    [...Object.keys(NUMBERS), 'mode'].map(name => [name, { type: 'string' as const }]),
  );
  try {
    const { values } = parseArgs({ args, options: { ...strings, reuse: { type: 'boolean' } }, strict: true });
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${USAGE}`);
  }
}
