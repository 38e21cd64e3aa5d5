import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { REQUEST_ID_HEADER } from '../constants';

const ids = new WeakMap<IncomingMessage, string>();

/**
 * Gives each request a reference of its own, which the client sees in the response (`X-Request-Id`) and in its
 * errors, and staff find in the log. A reference that a client sends is not used: it could be another's.
 */
export const requestId: RequestHandler = (req, res, next) => {
  res.setHeader(REQUEST_ID_HEADER, requestIdOf(req));
  next();
};

/** The reference of a request; a new one where there is no request. */
export function requestIdOf(req: IncomingMessage | undefined): string {
  const id = (req && ids.get(req)) ?? randomBytes(9).toString('base64url');
  if (req !== undefined) ids.set(req, id);
  return id;
}
