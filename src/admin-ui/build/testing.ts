import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** For specs: a folder that is gone after each test, and a way to fill it. */
export function useTemporaryFolder(): {
  path: (name?: string) => string;
  write: (files: Record<string, string>) => void;
} {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'tradewind-admin-ui-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  const path = (name = '') => join(dir, name);
  return {
    path,
    write: files => {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(path(name)), { recursive: true });
        writeFileSync(path(name), content);
      }
    },
  };
}
