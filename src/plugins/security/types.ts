/** Who sent a request, as far as it can be known. */
export interface ClientInfo {
  /**
   * The shopper's address in the form that `normalizeIp` gives (IPv4 with dots, IPv6 compressed). Undefined
   * where there is no request (a job) or its connection is gone already.
   */
  ip: string | undefined;
  /** The shopper's browser as it names itself: at most 512 characters, no control characters. */
  userAgent: string | undefined;
  /**
   * What the address comes from: the connection itself, a trusted proxy's `X-Forwarded-For`, or a storefront's
   * signed `X-Storefront-Client`. `none` where there is no request.
   */
  source: 'socket' | 'proxy' | 'storefront' | 'none';
}

/** Why a storefront's signed header was not believed. */
export type StorefrontHeaderProblem = 'malformed' | 'wrong-signature' | 'expired' | 'no-secret-set';

export interface SecurityPluginOptions {
  /** Origins (`https://shop.example`) whose pages may call the APIs from a browser. */
  corsOrigins: readonly string[];
  /** The proxies in front of this server: addresses, networks, or `loopback`, `private`, `linklocal`. */
  trustedProxies: readonly string[];
  /** Secrets shared with the storefront servers: any of them is accepted, so that one can be replaced. */
  storefrontSecrets: readonly string[];
  /** The URL at which browsers reach this server; with https, they are told to use nothing else. */
  publicUrl: string;
  /** Whether the limits of production are on: query size, no playground, no introspection. */
  limits: boolean;
  /** Whether errors carry their cause. For development only: it shows the inside of the shop. */
  errorDetails: boolean;
}
