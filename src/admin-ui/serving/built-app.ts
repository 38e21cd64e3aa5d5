import { join } from 'node:path';
import { BuildLock } from '../build/build-lock';
import { BuildStore, isBuild } from '../build/build-store';
import type { AdminUiPaths } from '../build/paths';
import type { Unready } from './waiting-page';

/** The app's folder, or why there is none. */
export type BuiltApp = { dir: string } | { dir: undefined; unready: Unready };

/**
 * Looks for the app to serve: the current build of this checkout, else the one that came with the installation.
 * It is cheap enough (one or two small reads) to be asked for each request, so a build that ends while the server
 * runs is served at once.
 */
export function findBuiltApp(paths: AdminUiPaths): BuiltApp {
  const store = new BuildStore(paths.cache);
  const dir = store.current() ?? (isBuild(paths.prebuilt) ? paths.prebuilt : undefined);
  if (dir !== undefined) return { dir };
  if (new BuildLock(join(paths.cache, 'lock')).isHeld()) return { dir, unready: { state: 'building' } };
  const failure = store.failure();
  return {
    dir,
    unready:
      failure === undefined
        ? { state: 'missing' }
        : { state: 'failed', at: failure.at, reason: failure.reason },
  };
}
