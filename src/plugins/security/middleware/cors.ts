import cors from 'cors';
import type { RequestHandler } from 'express';
import { REQUEST_ID_HEADER } from '../constants';
import { refuse } from './refuse';

/** How long a browser may keep the answer to a preflight (s). Chrome keeps none longer than 2 hours. */
const PREFLIGHT_MAX_AGE_S = 600;

/**
 * Which pages may call this server from a browser. The platform would do it too late: after the limits on
 * bodies, whose refusals a page could not read then.
 *
 * @param origins the allowed ones. They are given to `cors` as a function: with a list, refused origins would
 *   get all CORS headers but one.
 * @param sessionHeader the header in which the platform sends the session's token
 */
export function allowOrigins(origins: readonly string[], sessionHeader: string): RequestHandler[] {
  const allowed = new Set(origins);
  return [
    cors({
      origin: (origin, callback) => callback(null, origin !== undefined && allowed.has(origin)),
      credentials: true,
      methods: ['GET', 'POST'],
      exposedHeaders: [REQUEST_ID_HEADER, sessionHeader],
      maxAge: PREFLIGHT_MAX_AGE_S,
    }),
    refusePreflight,
  ];
}

/** Answers the preflights that were not answered as allowed ones; and tells caches that origins matter. */
const refusePreflight: RequestHandler = (req, res, next) => {
  res.vary('Origin');
  const preflight = req.method === 'OPTIONS' && req.headers['access-control-request-method'] !== undefined;
  if (!preflight) return next();
  refuse(req, res, 403, 'ORIGIN_NOT_ALLOWED', 'This origin is not in CORS_ORIGINS.');
};
