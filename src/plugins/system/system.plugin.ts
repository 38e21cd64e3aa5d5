import { PluginCommonModule, VendurePlugin, type Type } from '@vendure/core';
import { adminApiExtensions } from './api/api-extensions';
import { SystemAdminResolver } from './api/system-admin.resolver';
import { SYSTEM_PLUGIN_OPTIONS, readSystemStatus } from './constants';
import { ProbeService } from './services/probe.service';
import { QueueDepthService } from './services/queue-depth.service';
import { SystemService } from './services/system.service';
import type { SystemPluginOptions } from './types';

/**
 * Tells staff what this installation consists of and whether it works: the Admin API query `systemStatus` and the
 * page "System".
 *
 * @example
 * ```ts
 * plugins: [SystemPlugin.init(env)]
 * ```
 */
@VendurePlugin({
  imports: [PluginCommonModule],
  compatibility: '^3.0.0',
  adminApiExtensions: { schema: adminApiExtensions, resolvers: [SystemAdminResolver] },
  providers: [
    SystemService,
    ProbeService,
    QueueDepthService,
    { provide: SYSTEM_PLUGIN_OPTIONS, useFactory: () => SystemPlugin.options },
  ],
  configuration: config => {
    config.authOptions.customPermissions.push(readSystemStatus);
    return config;
  },
})
export class SystemPlugin {
  private static settings: SystemPluginOptions | undefined;

  static init(options: SystemPluginOptions): Type<SystemPlugin> {
    SystemPlugin.settings = options;
    return SystemPlugin;
  }

  static get options(): SystemPluginOptions {
    if (SystemPlugin.settings === undefined)
      throw new Error('Call SystemPlugin.init(env) in vendure-config.ts.');
    return SystemPlugin.settings;
  }
}
