import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAdminUi, exportBuild } from '../src/admin-ui/build';
import { projectRoot } from '../src/config/project-root';
import { UserError, explain } from './start/user-error';

const USAGE = `Usage: npm run build:admin-ui -- [--out <folder>]

Compiles the staff pages, unless a build of the same sources is there already (.cache/admin-ui).
--out copies the build to a folder as well. A server without the sources, as in a container image,
serves the one in dist/admin-ui.`;

async function main(): Promise<void> {
  const { out } = readArguments();
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stop.abort(new UserError('Stopped. Nothing was changed.')));
  }
  const build = await buildAdminUi({
    root: projectRoot(),
    signal: stop.signal,
    onProgress: ({ phase, elapsedMs }) =>
      console.log(
        phase === 'waiting'
          ? 'Another process compiles the staff pages. Waiting for it ...'
          : `Compiling the staff pages: ${Math.round(elapsedMs / 1000)} s (usually 1 to 3 minutes)`,
      ),
  });
  const seconds = (build.durationMs / 1000).toFixed(1);
  console.log(`The staff pages are ${build.reused ? 'up to date' : 'compiled'} (${seconds} s): ${build.dir}`);
  if (out === undefined) return;
  exportBuild(build.dir, resolve(out));
  console.log(`Copied to ${resolve(out)}`);
}

function readArguments(): { out?: string } {
  try {
    return parseArgs({ options: { out: { type: 'string' } } }).values;
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n${USAGE}`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
