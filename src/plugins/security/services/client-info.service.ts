import type { IncomingMessage } from 'node:http';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { Logger, type RequestContext } from '@vendure/core';
import { type IpMatcher, networkMatcher } from '../../../common/ip-address';
import { SECURITY_PLUGIN_OPTIONS, STOREFRONT_CLIENT_HEADER, loggerCtx } from '../constants';
import { NO_CLIENT, resolveClientInfo } from '../rules/client-info';
import type { ClientInfo, SecurityPluginOptions, StorefrontHeaderProblem } from '../types';

/** Between two warnings about storefront headers: a wrong secret spoils every request. */
const WARNING_INTERVAL_MS = 60_000;

/** The clock of this plugin, for tests that set it. */
export const SECURITY_CLOCK = Symbol('SECURITY_CLOCK');

/**
 * The one place to ask for a shopper's address and user agent. Never read `req.ip`, `X-Forwarded-For` or
 * `User-Agent` elsewhere: behind a storefront's server they are those of the storefront.
 */
@Injectable()
export class ClientInfoService {
  private readonly isTrustedProxy: IpMatcher;
  /** A request is asked about several times, and its connection may be gone the second time. */
  private readonly known = new WeakMap<IncomingMessage, ClientInfo>();
  private nextWarningAt = 0;

  constructor(
    @Inject(SECURITY_PLUGIN_OPTIONS) private readonly options: SecurityPluginOptions,
    @Optional() @Inject(SECURITY_CLOCK) private readonly now: () => number = Date.now,
  ) {
    this.isTrustedProxy = networkMatcher(options.trustedProxies);
  }

  /** Who the request behind a context comes from; `source: 'none'` in jobs and scripts, which have none. */
  of(ctx: RequestContext): ClientInfo {
    return ctx.req === undefined ? NO_CLIENT : this.ofRequest(ctx.req);
  }

  /** The same for code that has no context, such as middleware and webhooks. */
  ofRequest(req: IncomingMessage): ClientInfo {
    const known = this.known.get(req);
    if (known !== undefined) return known;
    const { client, storefrontProblem } = resolveClientInfo(
      {
        peer: req.socket?.remoteAddress,
        userAgent: req.headers['user-agent'],
        forwardedFor: one(req.headers['x-forwarded-for']),
        storefrontClient: one(req.headers[STOREFRONT_CLIENT_HEADER]),
      },
      {
        isTrustedProxy: this.isTrustedProxy,
        storefrontSecrets: this.options.storefrontSecrets,
        nowMs: this.now(),
      },
    );
    this.known.set(req, client);
    if (storefrontProblem !== undefined) this.warn(storefrontProblem, client.ip);
    return client;
  }

  /** The header itself is never logged: it is a credential until it expires. */
  private warn(problem: StorefrontHeaderProblem, ip: string | undefined): void {
    const now = this.now();
    if (now < this.nextWarningAt) return;
    this.nextWarningAt = now + WARNING_INTERVAL_MS;
    Logger.warn(
      `X-Storefront-Client from ${ip ?? 'a closed connection'} is not believed: ${EXPLANATIONS[problem]}. ` +
        'Its shoppers all appear under that address.',
      loggerCtx,
    );
  }
}

const EXPLANATIONS: Record<StorefrontHeaderProblem, string> = {
  malformed: 'it is not of the documented form',
  'wrong-signature': 'it is not signed with STOREFRONT_SECRET',
  expired: "its time is more than 5 minutes from this server's clock",
  'no-secret-set': 'STOREFRONT_SECRET is not set here',
};

/** Node joins repeated headers of these names with commas; its types do not know. */
function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}
