import { seedShop, type SeedTarget } from '../../scripts/seed/seed';
import type { SeedOptions } from '../../scripts/seed/options';

/**
 * The body of a process that loads the shop into the database of DATABASE_URL; its argument is the seed's options as
 * JSON. Custom fields that a schema lacks are left out; all else is the same on both sides, down to the ids.
 */
export function seedFromArguments(config: SeedTarget['config']): void {
  const options = JSON.parse(process.argv[2] ?? 'null') as SeedOptions;
  const databaseUrl = process.env.DATABASE_URL ?? '';
  seedShop({ config, databaseUrl }, options, () => undefined).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      // Connections of a shop that came up half-way would keep the process.
      process.exit(1);
    },
  );
}
