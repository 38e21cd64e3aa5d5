import { extname } from 'node:path';
import express, { type RequestHandler, type Response } from 'express';
import type { AdminUiConfig } from '@vendure/common/lib/shared-types';
import type { BuiltApp } from './built-app';
import { RETRY_AFTER_SECONDS, waitingPage } from './waiting-page';

const YEAR_MS = 365 * 24 * 3600 * 1000;

/** The compiler puts a hash of the content into these names: what has such a name never changes. */
const HASHED_NAME = /-[A-Z0-9]{8}\.(js|css|woff2?|ttf|svg)$/;

export interface AppHandlerOptions {
  find: () => BuiltApp;
  config: () => AdminUiConfig;
  /** Where pictures of products come from, when that is another origin than the page's. */
  assetOrigin: string;
}

/**
 * Serves the app's files below a route, and its first page for every other path there (the app has routes of its
 * own). Until there is an app it answers 503 with a page that reloads itself.
 */
export function appHandler(options: AppHandlerOptions): RequestHandler {
  const policy = contentSecurityPolicy(options.assetOrigin);
  const files = new Map<string, RequestHandler>();
  const filesOf = (dir: string): RequestHandler => {
    const known = files.get(dir) ?? express.static(dir, { index: false, setHeaders: setCaching });
    files.set(dir, known);
    return known;
  };
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next();
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('X-Frame-Options', 'DENY');
    res.setHeader('Referrer-Policy', 'no-referrer');
    const app = options.find();
    if (app.dir === undefined) {
      res.setHeader('Retry-After', RETRY_AFTER_SECONDS);
      res.setHeader('Cache-Control', 'no-store');
      res.status(503).type('html').send(waitingPage(app.unready));
      return;
    }
    const { dir } = app;
    res.setHeader('Content-Security-Policy', policy);
    if (req.path === '/vendure-ui-config.json') {
      res.setHeader('Cache-Control', 'no-store');
      res.json(options.config());
      return;
    }
    filesOf(dir)(req, res, (error?: unknown) => {
      if (error !== undefined) return next(error);
      // A missing script must not be answered with a page: the browser would run it.
      if (extname(req.path) !== '') {
        res.status(404).type('text').send('Not found');
        return;
      }
      res.setHeader('Cache-Control', 'no-cache');
      res.sendFile('index.html', { root: dir });
    });
  };
}

function setCaching(res: Response, path: string): void {
  res.setHeader(
    'Cache-Control',
    HASHED_NAME.test(path) ? `public, max-age=${YEAR_MS / 1000}, immutable` : 'no-cache',
  );
}

/**
 * The app loads nothing from elsewhere, and nothing may make it. It compiles its translations (`unsafe-eval`) and
 * sets styles of its own; descriptions that staff write may show pictures from anywhere.
 */
function contentSecurityPolicy(assetOrigin: string): string {
  return [
    "default-src 'self'",
    "script-src 'self' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: https: ${assetOrigin}`,
    "font-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
