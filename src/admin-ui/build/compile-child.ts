import { setPriority } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { compileUiExtensions, type AdminUiExtension } from '@vendure/ui-devkit/compiler';
import { isSource } from './content-hash';
import { scanPluginUis, type PluginUi } from './extension-scan';
import { listFiles } from './files';
import { adminUiPaths, type AdminUiPaths } from './paths';

/**
 * The process that compiles: `node compile-child.js <root> <work folder>`. It is a process of its own because the
 * compiler writes to the terminal, takes both cores for minutes, and has to be stoppable with all that it starts:
 * its parent makes it the leader of a process group.
 */

/** As `nice 10`: the shop's own processes go first. The compiler's processes inherit it. */
const LOW_PRIORITY = 10;

/** The plugins' pages import the kit by this name. */
const KIT_ALIAS = '@tradewind/admin-ui-kit';

async function main(root: string, workDir: string): Promise<void> {
  setPriority(LOW_PRIORITY);
  const paths = adminUiPaths(root);
  const app = compileUiExtensions({
    outputPath: workDir,
    baseHref: '/admin/',
    // Quoted: the compiler is started through a shell, and the path may have spaces in it. Started directly, it
    // needs no package manager, which would look for a newer version of itself.
    ngCompilerPath: JSON.stringify(ngCompiler()),
    additionalProcessArguments: ['--progress=false', '--source-map=false'],
    extensions: [kitExtension(paths), ...scanPluginUis([paths.plugins]).map(pluginExtension)],
  });
  await app.compile?.();
}

function kitExtension(paths: AdminUiPaths): AdminUiExtension {
  return {
    id: 'kit',
    extensionPath: paths.kit,
    pathAlias: KIT_ALIAS,
    globalStyles: [join(paths.kit, 'tradewind-kit.scss')],
    staticAssets: listFiles(paths.assets).map(file => join(paths.assets, file)),
    exclude: specsIn(paths.kit),
  };
}

function pluginExtension(ui: PluginUi): AdminUiExtension {
  return {
    id: ui.name,
    extensionPath: ui.dir,
    routes: ui.hasRoutes ? [{ route: ui.name, filePath: 'routes.ts' }] : [],
    providers: ui.hasProviders ? ['providers.ts'] : [],
    translations: translationsIn(ui.dir),
    exclude: specsIn(ui.dir),
  };
}

/** Texts for the platform's own parts of the app, by language: `translations/de.json`. */
function translationsIn(dir: string): Record<string, string> {
  return Object.fromEntries(
    listFiles(dir).flatMap(file => {
      const language = /^translations[\\/](\w+)\.json$/.exec(file)?.[1];
      return language === undefined ? [] : [[language, join(dir, file)]];
    }),
  );
}

function specsIn(dir: string): string[] {
  return listFiles(dir).filter(file => !isSource(file));
}

function ngCompiler(): string {
  return require.resolve('@angular/cli/bin/ng.js');
}

// The parent is gone, even by kill -9: end the compiler with us instead of leaving it to work for nobody.
process.once('disconnect', () => process.kill(-process.pid, 'SIGKILL'));

const [, , root, workDir] = process.argv;
if (root === undefined || workDir === undefined)
  throw new Error('Usage: compile-child.js <root> <work folder>');

main(root, workDir).then(
  () => process.exit(0),
  (error: unknown) => {
    // A number is the compiler's exit code: it has already written what is wrong.
    if (typeof error !== 'number') process.stderr.write(`Error: ${inspect(error)}\n`);
    process.exit(1);
  },
);
