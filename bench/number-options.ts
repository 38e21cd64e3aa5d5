import { parseArgs } from 'node:util';
import { UserError } from '../scripts/start/user-error';

/** A whole number on a benchmark's command line. */
export interface NumberOption {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly help: string;
}

/** How a benchmark is called. */
export function usageOf(name: string, numbers: Readonly<Record<string, NumberOption>>): string {
  return [
    `usage: npm run bench -- ${name} [options]`,
    '',
    ...Object.entries(numbers).map(
      ([option, bounds]) => `  ${`--${option} N`.padEnd(16)}${bounds.help} (${bounds.default})`,
    ),
  ].join('\n');
}

/** Reads the command line. @throws UserError that names the option and what is allowed */
export function parseNumbers<Name extends string>(
  args: string[],
  numbers: Readonly<Record<Name, NumberOption>>,
  usage: string,
): Record<Name, number> {
  let values: Partial<Record<string, string>>;
  try {
    const options = Object.fromEntries(Object.keys(numbers).map(name => [name, { type: 'string' as const }]));
    values = parseArgs({ args, options, strict: true }).values;
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${usage}`);
  }
  const read = ([name, { default: fallback, min, max }]: [string, NumberOption]): [string, number] => {
    const given = values[name];
    if (given === undefined) return [name, fallback];
    const value = Number(given);
    if (!/^\d+$/.test(given) || value < min || value > max) {
      throw new UserError(`--${name}: given "${given}", needed: a whole number from ${min} to ${max}.`);
    }
    return [name, value];
  };
  return Object.fromEntries(Object.entries<NumberOption>(numbers).map(read)) as Record<Name, number>;
}
