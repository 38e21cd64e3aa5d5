import { Logger } from '@vendure/core';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { WEBHOOK_BODY_LIMIT, WEBHOOK_RATE, loggerCtx } from '../constants';
import { RateLimiter } from '../rules/rate-limit';
import type { WebhookHeaders } from '../types';

const TYPES = /^application\/(json|x-www-form-urlencoded)\s*(;|$)/i;

/**
 * Reads the bodies of webhooks as they are, for signatures are over exact bytes: before the platform's parsers, which
 * let alone what was read. Refuses what is no message of a provider from its headers, if it can.
 */
export function webhookBody(now: () => number = Date.now): RequestHandler {
  const limiter = new RateLimiter(WEBHOOK_RATE);
  // Compressed bodies are refused: no provider sends any, and a small one can become a large one.
  const parse = express.raw({ type: () => true, limit: WEBHOOK_BODY_LIMIT, inflate: false });
  return (req, res, next) => {
    if (req.method !== 'POST') return next();
    if (!limiter.allows(req.ip ?? '', now())) {
      res.set('Retry-After', '10');
      return refuseWebhook(res, 429, 'TOO_MANY_REQUESTS', 'Too many messages: send them again later.');
    }
    if (!TYPES.test(req.headers['content-type'] ?? '')) {
      return refuseWebhook(res, 415, 'UNSUPPORTED_MEDIA_TYPE', 'A message is JSON or a form.');
    }
    parse(req, res, (error?: unknown) => {
      if (error === undefined) return next();
      const { status = 400 } = error as { status?: number };
      if (status === 413) {
        Logger.warn(`A webhook was refused: it has more than ${WEBHOOK_BODY_LIMIT} bytes.`, loggerCtx);
        return refuseWebhook(
          res,
          413,
          'PAYLOAD_TOO_LARGE',
          `A message may have at most ${WEBHOOK_BODY_LIMIT} bytes.`,
        );
      }
      if (status === 415) {
        return refuseWebhook(res, 415, 'UNSUPPORTED_MEDIA_TYPE', 'A message must not be compressed.');
      }
      refuseWebhook(res, 400, 'BAD_REQUEST', 'The message could not be read.');
    });
  };
}

/** Answers without a word of what was sent. */
export function refuseWebhook(res: Response, status: number, code: string, message: string): void {
  res
    .status(status)
    .set('Cache-Control', 'no-store')
    .json({ errors: [{ message, extensions: { code } }] });
}

/** The bytes that were sent. */
export function bytesOf({ body }: Request): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

export function headersOf({ headers }: Request): WebhookHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}
