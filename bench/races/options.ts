import { parseArgs } from 'node:util';
import { UserError } from '../../scripts/start/user-error';

export interface RacesOptions {
  /** Shoppers who go to the checkout at the same time. */
  shoppers: number;
  /** What there is for them. */
  units: number;
  /** Changes that come to one cart at the same time. */
  changes: number;
  /** Of the order in which they are sent. */
  seed: number;
  port: number;
  pgPort: number;
}

const NUMBERS = {
  shoppers: { default: 60, min: 2, max: 2_000, help: 'shoppers who go to the checkout at the same time' },
  units: { default: 10, min: 1, max: 1_000, help: 'that there are for them' },
  changes: { default: 200, min: 10, max: 500, help: 'changes that come to one cart at the same time' },
  seed: { default: 1, min: 0, max: 2_147_483_647, help: 'of the order in which they are sent' },
  port: { default: 3390, min: 1, max: 65_535, help: 'for the server that is raced' },
  'pg-port': { default: 54_390, min: 1, max: 65_535, help: "for the benchmark's own PostgreSQL" },
};

type NumberName = keyof typeof NUMBERS;

export const RACES_USAGE = [
  'usage: npm run bench -- races [options]',
  '',
  ...Object.entries(NUMBERS).map(
    ([name, bounds]) => `  ${`--${name} N`.padEnd(16)}${bounds.help} (${bounds.default})`,
  ),
].join('\n');

/** Reads the command line. @throws UserError that names the option and what is allowed */
export function parseRacesOptions(args: string[]): RacesOptions {
  let values: Partial<Record<string, string>>;
  try {
    const options = Object.fromEntries(Object.keys(NUMBERS).map(name => [name, { type: 'string' as const }]));
    values = parseArgs({ args, options, strict: true }).values;
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${RACES_USAGE}`);
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
    shoppers: number('shoppers'),
    units: number('units'),
    changes: number('changes'),
    seed: number('seed'),
    port: number('port'),
    pgPort: number('pg-port'),
  };
}
