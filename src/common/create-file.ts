import { linkSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

/**
 * Creates a file that nobody ever sees empty or half written: it gets its name by a link to a file that is
 * complete. (With the flag "wx", a second process can read it between its creation and its first byte.)
 *
 * @param mode the permissions, as for `chmod`
 * @returns false, with nothing changed, when a file of that name exists: of several that try, one succeeds
 */
export function createFile(file: string, content: string, mode = 0o644): boolean {
  const draft = `${file}.${randomUUID()}`;
  try {
    writeFileSync(draft, content, { mode });
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}
