import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { AdminUiBuildError } from './errors';
import { isMissing, listFiles } from './files';

/** A plugin's part of the staff pages. */
export interface PluginUi {
  /** The plugin's folder name. It is also its route: `/admin/extensions/<name>`. */
  name: string;
  /** Its `ui/` folder. */
  dir: string;
  /** Has `routes.ts`: pages of its own. */
  hasRoutes: boolean;
  /** Has `providers.ts`: navigation items, alerts, parts of the platform's own pages. */
  hasProviders: boolean;
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** The compiler's names for the parts that do not belong to a plugin. */
const RESERVED = ['kit'];

const IMPORT = /\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]*)['"]/g;

/**
 * Finds the `ui/` folder of every plugin and checks what the compiler would only notice after minutes, or not
 * at all.
 *
 * @param pluginFolders folders that hold one folder per plugin; one that is absent has no plugins
 * @returns the parts, sorted by name
 * @throws AdminUiBuildError which names every problem
 */
export function scanPluginUis(pluginFolders: readonly string[]): PluginUi[] {
  const found = pluginFolders.flatMap(folder =>
    foldersIn(folder)
      .map(name => ({ name, dir: join(folder, name, 'ui') }))
      .filter(({ dir }) => existsSync(dir)),
  );
  const uis = found.map(({ name, dir }) => ({
    name,
    dir,
    hasRoutes: existsSync(join(dir, 'routes.ts')),
    hasProviders: existsSync(join(dir, 'providers.ts')),
  }));
  const problems = [...uis.flatMap(problemsOf), ...duplicatesIn(uis)];
  if (problems.length > 0) {
    throw new AdminUiBuildError(`The staff pages cannot be compiled:\n${problems.join('\n')}`);
  }
  return uis.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function problemsOf(ui: PluginUi): string[] {
  const problems: string[] = [];
  if (!NAME.test(ui.name)) {
    problems.push(
      `${ui.dir}: a plugin with pages is named in lower-case words joined by dashes, not "${ui.name}".`,
    );
  }
  if (RESERVED.includes(ui.name))
    problems.push(`${ui.dir}: the name "${ui.name}" is taken. Use another one.`);
  if (!ui.hasRoutes && !ui.hasProviders) {
    problems.push(
      `${ui.dir}: has neither routes.ts nor providers.ts. Add one of them, or remove the folder.`,
    );
  }
  return [...problems, ...escapingImports(ui.dir)];
}

/** The compiler copies each `ui/` folder to another place, where a path that leaves the folder leads nowhere. */
function escapingImports(dir: string): string[] {
  return listFiles(dir)
    .filter(file => /\.tsx?$/.test(file))
    .flatMap(file => {
      const path = join(dir, file);
      return [...readFileSync(path, 'utf8').matchAll(IMPORT)]
        .map(match => match[1] ?? '')
        .filter(target => relative(dir, resolve(dirname(path), target)).split(sep)[0] === '..')
        .map(
          target =>
            `${path}: imports "${target}" from outside its ui folder. Copy what it needs, or ask the API for it.`,
        );
    });
}

function duplicatesIn(uis: readonly PluginUi[]): string[] {
  const byName = new Map<string, string[]>();
  for (const { name, dir } of uis) {
    // Without case: some file systems cannot tell the two folders of the compiled app apart.
    const key = name.toLowerCase();
    byName.set(key, [...(byName.get(key) ?? []), dir]);
  }
  return [...byName]
    .filter(([, dirs]) => dirs.length > 1)
    .map(([name, dirs]) => `${dirs.join(' and ')}: both are named "${name}". Rename one plugin.`);
}

function foldersIn(dir: string): string[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(entry => entry.name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
