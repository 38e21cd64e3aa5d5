import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of this installation: the nearest one above that has a package.json. It is the same for the sources
 * (`src/config`) and for the build (`dist/src/config`), and does not depend on the working directory.
 */
export function projectRoot(from: string = __dirname): string {
  for (let dir = from; dir !== dirname(dir); dir = dirname(dir)) {
    if (existsSync(join(dir, 'package.json'))) return dir;
  }
  throw new Error(`There is no package.json above ${from}.`);
}
