import { ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import type { OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import {
  Logger,
  PluginCommonModule,
  type RuntimeVendureConfig,
  type Type,
  VendurePlugin,
} from '@vendure/core';
import type { Application, RequestHandler } from 'express';
import type { Server } from 'node:http';
import { networkMatcher, parseIpWithPort } from '../../common/ip-address';
import { ErrorHygienePlugin } from './api/error-hygiene.plugin';
import { QueryCostPlugin } from './api/query-cost.plugin';
import {
  ADMIN_BODY_LIMIT,
  HEADERS_TIMEOUT_MS,
  KEEP_ALIVE_TIMEOUT_MS,
  REQUEST_TIMEOUT_MS,
  SECURITY_PLUGIN_OPTIONS,
  SHOP_BODY_LIMIT,
  UPLOAD_FILE_LIMIT,
  loggerCtx,
} from './constants';
import { bodyErrors, jsonBody } from './middleware/body-limits';
import { allowOrigins } from './middleware/cors';
import { requestId } from './middleware/request-id';
import { developmentPage, securityHeaders } from './middleware/security-headers';
import { UploadGuard, refuseUploads } from './middleware/uploads';
import { knownOperationRule } from './rules/known-operation';
import {
  ADMIN_OPERATION_SIZE,
  SHOP_OPERATION_SIZE,
  clientErrorPlugin,
  operationSizeRule,
} from './rules/query-complexity';
import { ClientInfoService } from './services/client-info.service';
import { checkedIdStrategy } from './strategies/checked-id-strategy';
import type { SecurityPluginOptions } from './types';

/** Pages for developers, whose scripts the strict policy would stop. They do not exist in production. */
const DEVELOPMENT_PAGES = ['/shop-api', '/admin-api', '/mailbox'];

/**
 * Hardens the shop's HTTP side, and tells every other plugin who a request comes from (`ClientInfoService`).
 *
 * It sets the options of the platform that decide on trust (CORS, CSRF prevention, proxies, playground), puts
 * limits on what a request may send, and lets no error out that was not written for clients. `README.md` says
 * what each part is for. HardenPlugin stands beside it in `vendure-config.ts`.
 */
@VendurePlugin({
  imports: [PluginCommonModule],
  providers: [
    { provide: SECURITY_PLUGIN_OPTIONS, useFactory: () => SecurityPlugin.options },
    ClientInfoService,
  ],
  exports: [ClientInfoService],
  configuration: config => SecurityPlugin.configure(config),
  compatibility: '^3.0.0',
})
export class SecurityPlugin implements OnApplicationBootstrap, OnModuleInit {
  private static options: SecurityPluginOptions;

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  static init(options: SecurityPluginOptions): Type<SecurityPlugin> {
    this.options = options;
    return SecurityPlugin;
  }

  /** Nest has mounted its parsers by now, and mounts its handler of errors next: this has to be in between. */
  onModuleInit(): void {
    this.adapter()?.getInstance<Application>().use(bodyErrors);
  }

  /** The settings of the HTTP server. */
  onApplicationBootstrap(): void {
    const adapter = this.adapter();
    if (adapter === undefined) return;
    adapter.getInstance<Application>().disable('x-powered-by');
    const server = adapter.getHttpServer() as Server;
    server.headersTimeout = HEADERS_TIMEOUT_MS;
    server.requestTimeout = REQUEST_TIMEOUT_MS;
    server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
    this.warnAboutCookies();
  }

  /** A worker has none: there it is null, whatever the types say. */
  private adapter(): HttpAdapterHost['httpAdapter'] | undefined {
    return (this.adapterHost.httpAdapter as HttpAdapterHost['httpAdapter'] | null | undefined) ?? undefined;
  }

  /**
   * Express takes a request for insecure unless a trusted proxy says that it came by https, and then the session
   * cookie, which is for https only, is silently not set: nobody could sign in.
   */
  private warnAboutCookies(): void {
    const { publicUrl, trustedProxies } = SecurityPlugin.options;
    if (publicUrl.startsWith('https://') && trustedProxies.length === 0) {
      Logger.warn(
        'PUBLIC_URL is https, but TRUSTED_PROXIES is empty: set it to the proxy that ends TLS, ' +
          'or browsers get no session cookie.',
        loggerCtx,
      );
    }
  }

  private static configure(config: RuntimeVendureConfig): RuntimeVendureConfig {
    const options = this.options;
    const { apiOptions } = config;
    const shopApi = `/${apiOptions.shopApiPath}`;
    const adminApi = `/${apiOptions.adminApiPath}`;
    const { publicUrl } = options;
    const isTrusted = networkMatcher(options.trustedProxies);

    apiOptions.cors = false;
    apiOptions.csrfPrevention = true;
    // The same rule as ClientInfoService's, so that `req.secure` and `req.ip` agree with it.
    apiOptions.trustProxy = (address: string) => isTrusted(parseIpWithPort(address) ?? '');
    apiOptions.introspection = !options.limits;
    apiOptions.shopApiPlayground = !options.limits;
    apiOptions.adminApiPlayground = !options.limits;
    const early = (route: string, handler: RequestHandler) => ({ route, handler, beforeListen: true });
    apiOptions.middleware = [
      early('/', requestId),
      early('/', securityHeaders({ publicUrl })),
      ...allowOrigins(options.corsOrigins, config.authOptions.authTokenHeaderKey).map(part =>
        early('/', part),
      ),
      ...(options.limits ? [] : DEVELOPMENT_PAGES.map(page => early(page, developmentPage))),
      early(shopApi, refuseUploads),
      early(shopApi, jsonBody(SHOP_BODY_LIMIT)),
      early(adminApi, jsonBody(ADMIN_BODY_LIMIT)),
      { route: apiOptions.adminApiPath, handler: UploadGuard },
      ...apiOptions.middleware,
    ];
    apiOptions.shopApiValidationRules.push(knownOperationRule);
    apiOptions.adminApiValidationRules.push(knownOperationRule);
    if (options.limits) {
      apiOptions.shopApiValidationRules.push(operationSizeRule(SHOP_OPERATION_SIZE));
      apiOptions.adminApiValidationRules.push(operationSizeRule(ADMIN_OPERATION_SIZE));
      apiOptions.apolloServerPlugins.push(clientErrorPlugin, new QueryCostPlugin());
    }
    apiOptions.apolloServerPlugins.push(
      new ErrorHygienePlugin(options),
      // With APOLLO_KEY in the environment, for another program perhaps, Apollo would report every query.
      ApolloServerPluginUsageReportingDisabled(),
    );
    config.assetOptions.uploadMaxFileSize = UPLOAD_FILE_LIMIT;
    config.entityOptions.entityIdStrategy = checkedIdStrategy();
    return config;
  }
}
