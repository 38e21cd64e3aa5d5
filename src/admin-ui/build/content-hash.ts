import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AdminUiBuildError } from './errors';
import type { PluginUi } from './extension-scan';
import { isMissing, listFiles } from './files';
import type { AdminUiPaths } from './paths';

/** Goes up when the way of compiling changes, so that older builds are not used again. */
const RECIPE = 1;

/** The packages whose code ends up in the app, or that write it. */
const PACKAGES =
  /^node_modules\/(@vendure\/(admin-ui|ui-devkit|common)|@angular\/[^/]+|@angular-devkit\/[^/]+|@clr\/[^/]+|@cds\/core|@apollo\/client|apollo-angular|graphql|graphql-tag|react|react-dom|rxjs|typescript|zone\.js)$/;

const lockfileSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), integrity: z.string().optional() }),
  ),
});

/** A file that decides what the compiled app is like. `name` is stable from machine to machine. */
export interface HashedFile {
  name: string;
  content: Buffer | string;
}

/**
 * The hash of everything that the compiled app depends on: two equal hashes are the same app.
 *
 * @throws AdminUiBuildError when there is no lockfile to read the packages' versions from
 */
export function contentHash(paths: AdminUiPaths, uis: readonly PluginUi[]): string {
  const files = [
    ...uis.flatMap(ui => sourcesIn(ui.dir, `plugins/${ui.name}`)),
    ...sourcesIn(paths.kit, 'kit'),
    ...sourcesIn(paths.assets, 'assets'),
  ];
  return hashOf(files, packageVersions(readLockfile(paths.lockfile)));
}

/** The hash of files and package versions, whatever order they come in: 20 hexadecimal digits. */
export function hashOf(files: readonly HashedFile[], versions: readonly string[]): string {
  const lines = [
    ...files.map(({ name, content }) => `file ${name} ${sha256(content)}`),
    ...versions.map(version => `package ${version}`),
  ];
  return sha256([`recipe ${RECIPE}`, ...lines.sort()].join('\n')).slice(0, 20);
}

/** Name, version and checksum of each package of the app, out of the text of a package-lock.json. */
export function packageVersions(lockfile: string): string[] {
  return Object.entries(lockfileSchema.parse(JSON.parse(lockfile)).packages)
    .filter(([path]) => PACKAGES.test(path))
    .map(([path, { version, integrity }]) => `${path} ${version ?? ''} ${integrity ?? ''}`);
}

/** Specs lie beside what they test but are no part of the app. */
export function isSource(file: string): boolean {
  return !/\.spec\.tsx?$/.test(file);
}

function sourcesIn(dir: string, name: string): HashedFile[] {
  return listFiles(dir)
    .filter(isSource)
    .map(file => ({ name: `${name}/${file}`, content: readFileSync(join(dir, file)) }));
}

function readLockfile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new AdminUiBuildError(
      `${file} is missing. Restore it from the repository: it pins the packages of the staff pages.`,
    );
  }
}

function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}
