import { parseEnv } from '../src/config/env';
import { migrate } from './start/migrate';
import { explain } from './start/user-error';

/** Brings the database of DATABASE_URL up to this release's schema. */
migrate(parseEnv(process.env))
  .then(names => {
    process.stdout.write(names.length === 0 ? 'The schema is up to date.\n' : `Ran ${names.join(', ')}.\n`);
  })
  .catch((error: unknown) => {
    process.stderr.write(`The migrations did not run: ${explain(error)}\n`);
    process.exitCode = 1;
  });
