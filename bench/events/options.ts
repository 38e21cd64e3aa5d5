import { parseArgs } from 'node:util';
import { UserError } from '../../scripts/start/user-error';

export interface EventsBenchOptions {
  /** Where the benchmark's own PostgreSQL listens. */
  pgPort: number;
  /** Events per measurement of the throughput. */
  events: number;
  /** Events per measurement of the time from publishing to handled, one at a time. */
  idle: number;
  /** Sizes of the outbox, rising. */
  rows: number[];
  /** Deliveries per transaction of the handler. */
  batch: number;
}

const DEFAULTS: EventsBenchOptions = {
  pgPort: 54_339,
  events: 3_000,
  idle: 60,
  rows: [10_000, 1_000_000],
  batch: 10,
};

export const EVENTS_USAGE = [
  'usage: npm run bench -- events [options]',
  '',
  `  --events N      events per measurement (${DEFAULTS.events})`,
  `  --idle N        events one at a time, for the latency (${DEFAULTS.idle})`,
  `  --rows A,B      sizes of the outbox, rising (${DEFAULTS.rows.join(',')})`,
  `  --batch N       deliveries per transaction of the handler (${DEFAULTS.batch})`,
  `  --pg-port N     port of the benchmark's own PostgreSQL (${DEFAULTS.pgPort})`,
].join('\n');

/** Reads the command line. @throws UserError that names the option and what is allowed */
export function parseEventsOptions(args: string[]): EventsBenchOptions {
  const text = { type: 'string' } as const;
  let values: Partial<Record<'events' | 'idle' | 'rows' | 'batch' | 'pg-port', string>>;
  try {
    values = parseArgs({
      args,
      options: { events: text, idle: text, rows: text, batch: text, 'pg-port': text },
    }).values;
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${EVENTS_USAGE}`);
  }
  const whole = (name: string, given: string | undefined, fallback: number, max: number): number => {
    if (given === undefined) return fallback;
    const value = Number(given);
    if (!/^\d+$/.test(given) || value < 1 || value > max)
      throw new UserError(`--${name}: given "${given}", needed: a whole number from 1 to ${max}.`);
    return value;
  };
  const rows = values.rows?.split(',').map(size => whole('rows', size, 0, 20_000_000)) ?? DEFAULTS.rows;
  if (rows.some((size, index) => index > 0 && size <= (rows[index - 1] ?? 0)))
    throw new UserError('--rows: needed: sizes that rise, such as 10000,1000000.');
  return {
    pgPort: whole('pg-port', values['pg-port'], DEFAULTS.pgPort, 65_535),
    events: whole('events', values.events, DEFAULTS.events, 1_000_000),
    idle: whole('idle', values.idle, DEFAULTS.idle, 10_000),
    batch: whole('batch', values.batch, DEFAULTS.batch, 1_000),
    rows,
  };
}
