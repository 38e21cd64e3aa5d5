import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { BuildLock } from './build-lock';
import { BuildStore } from './build-store';
import { compile as compileWithAngular } from './compile';
import { contentHash } from './content-hash';
import { AdminUiBuildError } from './errors';
import { scanPluginUis } from './extension-scan';
import { adminUiPaths, type AdminUiPaths } from './paths';

/** The one that is served and the one before it, to which a checkout of an older commit goes back. */
const KEPT_BUILDS = 2;

const PROGRESS_MS = 10_000;

/** What the build is doing: waiting for another process that compiles, or compiling for so many ms. */
export interface AdminUiProgress {
  phase: 'waiting' | 'compiling';
  elapsedMs: number;
}

export interface BuildAdminUiOptions {
  /** The project's folder, with sources and node_modules. */
  root: string;
  /** Called when a phase begins and every ten seconds while compiling; not at all when a build is reused. */
  onProgress?: (progress: AdminUiProgress) => void;
  /** Ends the compilation at once, with all its processes. */
  signal?: AbortSignal;
  /** For tests: what fills the work folder. */
  compile?: typeof compileWithAngular;
}

export interface AdminUiBuild {
  hash: string;
  dir: string;
  /** Whether the build was there already. */
  reused: boolean;
  durationMs: number;
}

/**
 * Brings the staff pages up to date with their sources: reuses the build of these very sources, or compiles one
 * (1 to 3 minutes on two cores, at low priority). Either way it is served from then on, by servers that already
 * run, too.
 *
 * It may run in several processes at once, and may be killed at any time: a build appears whole or not at all.
 *
 * @throws AdminUiBuildError when it cannot be compiled. The reason is also kept for the page that people see
 *   instead; a build that was served before stays in service.
 */
export async function buildAdminUi(options: BuildAdminUiOptions): Promise<AdminUiBuild> {
  const startedAt = performance.now();
  const elapsedMs = () => performance.now() - startedAt;
  const paths = adminUiPaths(options.root);
  const store = new BuildStore(paths.cache);
  mkdirSync(paths.cache, { recursive: true });
  let hash = '';
  const reuse = (): AdminUiBuild | undefined => {
    const dir = store.find(hash);
    if (dir === undefined) return undefined;
    store.makeCurrent(hash);
    return { hash, dir, reused: true, durationMs: elapsedMs() };
  };
  try {
    hash = hashSources(paths);
    const ready = reuse();
    if (ready !== undefined) return ready;
    return await new BuildLock(join(paths.cache, 'lock')).run(
      async () =>
        // The process that we waited for may have built just this.
        reuse() ?? { ...(await compileAndPublish(paths, store, hash, options)), durationMs: elapsedMs() },
      () => options.onProgress?.({ phase: 'waiting', elapsedMs: elapsedMs() }),
      options.signal,
    );
  } catch (error) {
    if (options.signal?.aborted !== true) {
      store.recordFailure(hash, error instanceof Error ? error.message : String(error));
    }
    throw error;
  }
}

async function compileAndPublish(
  paths: AdminUiPaths,
  store: BuildStore,
  hash: string,
  { onProgress, signal, compile = compileWithAngular }: BuildAdminUiOptions,
): Promise<Omit<AdminUiBuild, 'durationMs'>> {
  const startedAt = performance.now();
  const report = () => onProgress?.({ phase: 'compiling', elapsedMs: performance.now() - startedAt });
  store.removeWorkDirs();
  const workDir = store.createWorkDir();
  const progress = setInterval(report, PROGRESS_MS);
  report();
  try {
    const app = await compile(paths, workDir, join(paths.cache, 'build.log'), signal);
    if (hashSources(paths) !== hash) {
      throw new AdminUiBuildError(
        "The staff pages' sources were changed while they were compiled. Start the build again.",
      );
    }
    const dir = store.publish(app, hash);
    store.makeCurrent(hash);
    store.prune(KEPT_BUILDS);
    return { hash, dir, reused: false };
  } finally {
    clearInterval(progress);
    rmSync(workDir, { recursive: true, force: true });
  }
}

function hashSources(paths: AdminUiPaths): string {
  return contentHash(paths, scanPluginUis([paths.plugins]));
}
