import { join, resolve } from 'node:path';

/** The repository's root. */
export const ROOT = resolve(__dirname, '../..');

/** A file of the build. */
export const built = (path: string) => join(ROOT, 'dist', path);

/** What is kept from one run to the next. */
export const CACHE_DIR = join(ROOT, '.cache', 'e2e');
