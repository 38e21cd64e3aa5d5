import express, { type RequestHandler } from 'express';
import { refuse } from './refuse';

/**
 * Reads JSON bodies up to a size, before the platform would (which allows 100 kB everywhere, and answers more
 * with a status of 500).
 *
 * @param limit bytes, after decompression
 */
export function jsonBody(limit: number): RequestHandler {
  const parse = express.json({ limit });
  return (req, res, next) => {
    parse(req, res, (error?: unknown) => {
      if (error === undefined) return next();
      const { status, type } = error as { status?: number; type?: string };
      if (status === 413) {
        return refuse(req, res, 413, 'PAYLOAD_TOO_LARGE', `A request may have at most ${limit} bytes.`);
      }
      if (status === 415) {
        return refuse(req, res, 415, 'UNSUPPORTED_MEDIA_TYPE', 'The encoding of the body is not supported.');
      }
      // The parser's own message repeats the body.
      if (type === 'entity.parse.failed') {
        return refuse(req, res, 400, 'MALFORMED_JSON', 'The body is not valid JSON.');
      }
      if (status !== undefined && status >= 400 && status < 500) {
        return refuse(req, res, status, 'BAD_REQUEST', 'The body could not be read.');
      }
      next(error);
    });
  };
}
