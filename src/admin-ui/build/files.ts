import { readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

/** All files under a folder, as paths relative to it with forward slashes, sorted; an absent folder has none. */
export function listFiles(dir: string): string[] {
  let entries;
  try {
    entries = readdirSync(dir, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
  return entries
    .flatMap(entry =>
      entry.isDirectory()
        ? listFiles(join(dir, entry.name)).map(file => `${entry.name}/${file}`)
        : [entry.name],
    )
    .sort();
}

/** How many files a folder holds, and their size in bytes. */
export function measure(dir: string, except: readonly string[] = []): { files: number; bytes: number } {
  const files = listFiles(dir).filter(file => !except.includes(file));
  return {
    files: files.length,
    bytes: files.reduce((sum, file) => sum + statSync(join(dir, file)).size, 0),
  };
}

/** Writes a file so that a reader sees the old or the new content, never a part. */
export function writeFileAtomically(file: string, content: string): void {
  const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}

export function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
