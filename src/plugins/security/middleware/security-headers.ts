import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** One year, in seconds. */
const HSTS_MAX_AGE_S = 31_536_000;

/**
 * What a page from this server may load. Angular writes style elements, the staff's editor shows images from
 * memory, and images may be in a bucket elsewhere. Nothing else is fetched from third parties: this also keeps
 * the Admin UI's sign-in page from asking login-image.vendure.io for a picture.
 */
const PAGE_DIRECTIVES = {
  defaultSrc: ["'self'"],
  baseUri: ["'self'"],
  fontSrc: ["'self'", 'data:'],
  formAction: ["'self'"],
  frameAncestors: ["'self'"],
  imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
  objectSrc: ["'none'"],
  scriptSrc: ["'self'"],
  scriptSrcAttr: ["'none'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
};

export interface HeaderOptions {
  /**
   * The URL at which browsers reach this server. Only if it is https are they told to insist on that. Pages show
   * images from it also when they were opened by another name of the server (`localhost`, `127.0.0.1`).
   */
  publicUrl: string;
}

/** The security headers of responses. The Admin UI has a policy of its own (`src/admin-ui/serving`). */
export function securityHeaders({ publicUrl }: HeaderOptions): RequestHandler {
  const { protocol, origin } = new URL(publicUrl);
  const https = protocol === 'https:';
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        ...PAGE_DIRECTIVES,
        imgSrc: [...PAGE_DIRECTIVES.imgSrc, origin],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: https ? { maxAge: HSTS_MAX_AGE_S, includeSubDomains: false } : false,
    // Product images are shown on the storefront's pages, which are another origin.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
  });
}

/**
 * For the pages of development: the GraphQL playground is loaded from a CDN, and it and the mailbox have
 * scripts inside their pages.
 */
export const developmentPage: RequestHandler = (req, res, next) => {
  if (req.method === 'GET') res.removeHeader('Content-Security-Policy');
  next();
};
