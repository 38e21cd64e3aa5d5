import { type IpMatcher, normalizeIp } from '../../../common/ip-address';
import type { ClientInfo, StorefrontHeaderProblem } from '../types';
import { clientBehindProxies } from './forwarded-for';
import { verifyStorefrontHeader } from './storefront-header';
import { cleanUserAgent } from './user-agent';

/** What of a request says who sent it. Only `peer` cannot be chosen by the sender. */
export interface RequestOrigin {
  /** The address at the other end of the connection; undefined when it is closed already. */
  peer: string | undefined;
  userAgent?: string | undefined;
  forwardedFor?: string | undefined;
  storefrontClient?: string | undefined;
}

export interface ClientInfoSettings {
  isTrustedProxy: IpMatcher;
  storefrontSecrets: readonly string[];
  nowMs: number;
}

export interface ClientInfoResult {
  client: ClientInfo;
  /** Set when the request has a storefront's header that was not believed. */
  storefrontProblem?: StorefrontHeaderProblem;
}

export const NO_CLIENT: ClientInfo = { ip: undefined, userAgent: undefined, source: 'none' };

/**
 * Who sent a request. A storefront's signed header says it best, wherever it comes from: the storefront knows
 * its shopper, while the proxies between it and us know the storefront only. Without it, trusted proxies are
 * asked; without those, the address is the connection's. Headers of anybody else change nothing.
 */
export function resolveClientInfo(origin: RequestOrigin, settings: ClientInfoSettings): ClientInfoResult {
  const { storefrontClient } = origin;
  if (storefrontClient === undefined) return { client: withoutStorefront(origin, settings) };
  const verified = verifyStorefrontHeader(storefrontClient, settings.storefrontSecrets, settings.nowMs);
  if (!verified.ok) {
    return { client: withoutStorefront(origin, settings), storefrontProblem: verified.problem };
  }
  return { client: { ip: verified.ip, userAgent: verified.userAgent, source: 'storefront' } };
}

function withoutStorefront(origin: RequestOrigin, settings: ClientInfoSettings): ClientInfo {
  const userAgent = cleanUserAgent(origin.userAgent);
  const peer = normalizeIp(origin.peer ?? '');
  if (peer === undefined) return { ip: undefined, userAgent, source: 'socket' };
  if (origin.forwardedFor === undefined || !settings.isTrustedProxy(peer)) {
    return { ip: peer, userAgent, source: 'socket' };
  }
  const ip = clientBehindProxies(peer, origin.forwardedFor, settings.isTrustedProxy);
  return { ip, userAgent, source: 'proxy' };
}
