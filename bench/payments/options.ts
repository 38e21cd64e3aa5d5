import { parseNumbers, usageOf } from '../number-options';

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

export const PAYMENTS_USAGE = usageOf('payments', NUMBERS);

/** Reads the command line. @throws UserError that names the option and what is allowed */
export function parsePaymentsOptions(args: string[]): PaymentsOptions {
  const { 'pg-port': pgPort, ...others } = parseNumbers(args, NUMBERS, PAYMENTS_USAGE);
  return { ...others, pgPort };
}
