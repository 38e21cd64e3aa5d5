import { join } from 'node:path';
import { AssetServerPlugin } from '@vendure/asset-server-plugin';
import type { Env } from './env';

/** Product images: files under the data directory, served and resized by the shop itself. */
export function assetPlugin(env: Env) {
  return AssetServerPlugin.init({
    route: 'assets',
    assetUploadDir: join(env.DATA_DIR, 'assets'),
    assetUrlPrefix: `${env.PUBLIC_URL}/assets/`,
  });
}
