import { Inject, type MiddlewareConsumer } from '@nestjs/common';
import { AdminUiPlugin } from '@vendure/admin-ui-plugin';
import { ConfigService, registerPluginStartupMessage, type Type } from '@vendure/core';
import type { Env } from '../config/env';
import { projectRoot } from '../config/project-root';
import { adminUiPaths } from './build/paths';
import { appHandler } from './serving/app-handler';
import { findBuiltApp } from './serving/built-app';
import { uiConfig } from './serving/ui-config';

const ROUTE = 'admin';

/**
 * The platform's Admin UI with the pages of all plugins, at `/admin`.
 *
 * It is the platform's plugin (with its query `metricSummary`), but serves the app in its own way: the platform's
 * wants the app to be there when the server starts, and writes the settings into the app's files. Here the app may
 * come later, may be replaced while the server runs, and is never written to.
 */
export class StaffPagesPlugin extends AdminUiPlugin {
  private static assetOrigin = '';

  @Inject(ConfigService) private readonly settings!: ConfigService;

  static forShop(env: Pick<Env, 'PUBLIC_URL'>): Type<StaffPagesPlugin> {
    StaffPagesPlugin.assetOrigin = new URL(env.PUBLIC_URL).origin;
    return StaffPagesPlugin;
  }

  /** Called in the server only: a worker has no routes. */
  override configure(consumer: MiddlewareConsumer): Promise<void> {
    const paths = adminUiPaths(projectRoot());
    const handler = appHandler({
      find: () => findBuiltApp(paths),
      config: () => uiConfig(this.settings),
      assetOrigin: StaffPagesPlugin.assetOrigin,
    });
    consumer.apply(handler).forRoutes(ROUTE);
    registerPluginStartupMessage('Admin UI', ROUTE);
    return Promise.resolve();
  }
}
