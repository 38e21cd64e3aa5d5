import { parseArgs } from 'node:util';
import { UserError } from '../start/user-error';

export interface SeedOptions {
  products: number;
  /** In all: every eighth is a guest without an account. */
  customers: number;
  orders: number;
  /** Any number or word: another one gives another shop of the same sizes. */
  seed: number | string;
  /** The history ends here (epoch ms); the same sizes, seed and end give the same shop. */
  end: number;
}

export const DEFAULT_SIZES = { products: 200, customers: 300, orders: 2_000 } as const;

const DEFAULT_SEED = 1;

/** The sizes are bounded by ids of 32 bits in tables with several rows for each order or product. */
const LIMITS = {
  products: [1, 1_000_000],
  customers: [0, 5_000_000],
  orders: [0, 20_000_000],
} as const;

/** What is sown when nothing else is asked for: a small shop whose history ends today at midnight, UTC. */
export function defaultOptions(now: number): SeedOptions {
  return { ...DEFAULT_SIZES, seed: DEFAULT_SEED, end: Math.floor(now / 86_400_000) * 86_400_000 };
}

/** @throws UserError that names what is wrong and what is allowed */
export function checkOptions(options: SeedOptions): SeedOptions {
  for (const name of ['products', 'customers', 'orders'] as const) {
    const value = options[name];
    const [min, max] = LIMITS[name];
    if (!Number.isSafeInteger(value) || value < min || value > max) {
      throw new UserError(`--${name} must be a whole number from ${min} to ${max}, not ${value}.`);
    }
  }
  if (!/^[\w.-]{1,64}$/.test(String(options.seed))) {
    throw new UserError('--seed must be a number or a word of at most 64 letters, digits, dots and dashes.');
  }
  if (!Number.isFinite(options.end)) throw new UserError('--end-date must be a date such as 2026-01-31.');
  if (options.orders > 0 && options.customers === 0) {
    throw new UserError('Orders need somebody who places them: --customers must be at least 1.');
  }
  return options;
}

/** Reads `--products 200 --customers 300 --orders 2000 --seed 1 --end-date 2026-01-31`; all may be left out. */
export function parseOptions(args: readonly string[], now: number): SeedOptions {
  const string = { type: 'string' } as const;
  let values: Record<string, string | undefined>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: { products: string, customers: string, orders: string, seed: string, 'end-date': string },
    }));
  } catch (error) {
    throw new UserError(`${(error as Error).message.split('. ')[0] ?? ''}. ${USAGE}`);
  }
  const defaults = defaultOptions(now);
  const number = (name: keyof typeof DEFAULT_SIZES) => {
    const text = values[name];
    if (text === undefined) return defaults[name];
    return /^\d+$/.test(text) ? Number(text) : fail(name, text);
  };
  const date = values['end-date'];
  return checkOptions({
    products: number('products'),
    customers: number('customers'),
    orders: number('orders'),
    seed: values.seed ?? defaults.seed,
    end: date === undefined ? defaults.end : parseDate(date),
  });
}

const USAGE =
  'Usage: npm run seed -- [--products N] [--customers N] [--orders N] [--seed S] [--end-date YYYY-MM-DD]';

function fail(name: keyof typeof DEFAULT_SIZES, text: string): never {
  const [min, max] = LIMITS[name];
  throw new UserError(`--${name} must be a whole number from ${min} to ${max}, not "${text}".`);
}

function parseDate(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // Date.parse takes 2026-02-30 for a day in March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) {
    throw new UserError(`--end-date must be a date such as 2026-01-31, not "${text}".`);
  }
  return time;
}
