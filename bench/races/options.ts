import { parseNumbers, usageOf } from '../number-options';

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

export const RACES_USAGE = usageOf('races', NUMBERS);

/** Reads the command line. @throws UserError that names the option and what is allowed */
export function parseRacesOptions(args: string[]): RacesOptions {
  const { 'pg-port': pgPort, ...others } = parseNumbers(args, NUMBERS, RACES_USAGE);
  return { ...others, pgPort };
}
