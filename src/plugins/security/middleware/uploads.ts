import { Injectable, type NestMiddleware } from '@nestjs/common';
import { ConfigService, SessionService, extractSessionToken } from '@vendure/core';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { UPLOAD_REQUEST_LIMIT } from '../constants';
import { refuse } from './refuse';

/** For an API to which nobody may send files. */
export const refuseUploads: RequestHandler = (req, res, next) => {
  if (!isMultipart(req)) return next();
  refuse(req, res, 415, 'UNSUPPORTED_MEDIA_TYPE', 'This API takes no file uploads: send application/json.');
};

/**
 * Lets an upload through only when its sender is signed in, and its size is known and allowed. The platform
 * writes the files of a multipart request to the disk before it asks who sent them, and takes any number of
 * them: without this, anybody could fill the disk.
 *
 * It also asks for the header that a form on another site cannot send; Apollo does so only afterwards.
 */
@Injectable()
export class UploadGuard implements NestMiddleware {
  constructor(
    private readonly sessionService: SessionService,
    private readonly configService: ConfigService,
  ) {}

  use(req: Request, res: Response, next: NextFunction): void {
    if (!isMultipart(req)) return next();
    if (!req.get('apollo-require-preflight') && !req.get('x-apollo-operation-name')) {
      return refuse(
        req,
        res,
        400,
        'CSRF_PREVENTION',
        'Send the header "Apollo-Require-Preflight: true" too.',
      );
    }
    const length = req.get('content-length');
    if (length === undefined) {
      return refuse(req, res, 411, 'LENGTH_REQUIRED', 'Uploads need a Content-Length.');
    }
    if (Number(length) > UPLOAD_REQUEST_LIMIT) {
      return refuse(
        req,
        res,
        413,
        'PAYLOAD_TOO_LARGE',
        `An upload may have ${UPLOAD_REQUEST_LIMIT} bytes in all.`,
      );
    }
    this.isSignedIn(req).then(
      signedIn => (signedIn ? next() : refuse(req, res, 401, 'UNAUTHORIZED', 'Sign in to upload files.')),
      next,
    );
  }

  /** Only whether there is a user: what the user may do, the platform asks where the upload is used. */
  private async isSignedIn(req: Request): Promise<boolean> {
    const { tokenMethod, apiKeyHeaderKey } = this.configService.authOptions;
    const session = extractSessionToken(req, tokenMethod, apiKeyHeaderKey);
    if (session === undefined) return false;
    return (await this.sessionService.getSessionFromToken(session.token))?.user !== undefined;
  }
}

function isMultipart(req: Request): boolean {
  return /^\s*multipart\//i.test(req.headers['content-type'] ?? '');
}
