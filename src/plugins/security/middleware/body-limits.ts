import express, { type ErrorRequestHandler, type NextFunction, type RequestHandler } from 'express';
import type { Request, Response } from 'express';
import { refuse } from './refuse';

/** How the parser's errors differ. Its messages are not used: one repeats the body. */
interface ParserError {
  status?: number;
  type?: string;
  /** Bytes, when the body has more. */
  limit?: number;
}

/**
 * Reads JSON bodies up to a size, before the platform would, which allows 100 kB everywhere.
 *
 * @param limit bytes, after decompression
 */
export function jsonBody(limit: number): RequestHandler {
  const parse = express.json({ limit });
  return (req, res, next) => {
    parse(req, res, (error?: unknown) => {
      if (error === undefined) return next();
      refuseBody(error, req, res, next);
    });
  };
}

/**
 * Answers what the platform's own parsers refuse, on all routes that have no limit of their own: the platform
 * takes it for a fault of the server. To be mounted behind the parsers.
 */
export const bodyErrors: ErrorRequestHandler = (error, req, res, next) => {
  const { type } = error as ParserError;
  // Whoever else raises an error has no type like these.
  if (typeof type === 'string' && PARSER_TYPES.test(type)) return refuseBody(error, req, res, next);
  next(error);
};

const PARSER_TYPES = /^(entity|encoding|charset|parameters|request)\./;

function refuseBody(error: unknown, req: Request, res: Response, next: NextFunction): void {
  const { status, type, limit } = error as ParserError;
  if (status === 413) {
    const most = limit === undefined ? 'is too large.' : `may have at most ${limit} bytes.`;
    return refuse(req, res, 413, 'PAYLOAD_TOO_LARGE', `A request ${most}`);
  }
  if (status === 415) {
    return refuse(req, res, 415, 'UNSUPPORTED_MEDIA_TYPE', 'The encoding of the body is not supported.');
  }
  if (type === 'entity.parse.failed') {
    return refuse(req, res, 400, 'MALFORMED_JSON', 'The body is not valid JSON.');
  }
  if (status !== undefined && status >= 400 && status < 500) {
    return refuse(req, res, status, 'BAD_REQUEST', 'The body could not be read.');
  }
  next(error);
}
