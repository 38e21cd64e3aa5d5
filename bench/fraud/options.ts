import { parseNumbers, usageOf } from '../number-options';

const NUMBERS = {
  rate: { default: 50, min: 1, max: 1_000, help: 'payments a second' },
  seconds: { default: 30, min: 5, max: 3_600, help: 'how long each measurement takes' },
  attempts: { default: 1_000_000, min: 1_000, max: 20_000_000, help: 'past attempts' },
  training: { default: 65_000, min: 5_000, max: 1_000_000, help: 'rows that a model learns from' },
  decisions: { default: 100_000, min: 1_000, max: 1_000_000, help: 'past decisions of the backtest' },
  'pg-port': { default: 54_341, min: 1_024, max: 65_535, help: "port of the benchmark's own PostgreSQL" },
} as const;

export const FRAUD_USAGE = usageOf('fraud', NUMBERS);

export interface FraudBenchOptions {
  readonly rate: number;
  readonly seconds: number;
  readonly attempts: number;
  readonly training: number;
  readonly decisions: number;
  readonly pgPort: number;
}

/** Reads the command line. @throws UserError that names the option and what is allowed */
export function parseFraudOptions(args: string[]): FraudBenchOptions {
  const { 'pg-port': pgPort, ...rest } = parseNumbers(args, NUMBERS, FRAUD_USAGE);
  return { ...rest, pgPort };
}
