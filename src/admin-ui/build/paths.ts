import { join } from 'node:path';

/** Where the staff pages' sources are, and where their builds go. All paths are absolute. */
export interface AdminUiPaths {
  root: string;
  /** Holds one folder per plugin, each with or without a `ui/` folder. */
  plugins: string;
  kit: string;
  /** Pictures that are copied into the app's `assets/` folder. */
  assets: string;
  lockfile: string;
  /**
   * Holds the finished builds (one folder per content hash), and the work in progress. It is inside the project
   * because the Angular compiler looks for `node_modules` in the folders above its sources.
   */
  cache: string;
  /** A build that came with the installation (a container image). It is used when the cache has none. */
  prebuilt: string;
}

export function adminUiPaths(root: string): AdminUiPaths {
  return {
    root,
    plugins: join(root, 'src/plugins'),
    kit: join(root, 'src/admin-ui/kit'),
    assets: join(root, 'src/admin-ui/assets'),
    lockfile: join(root, 'package-lock.json'),
    cache: join(root, '.cache/admin-ui'),
    prebuilt: join(root, 'dist/admin-ui'),
  };
}
