import type { Request, Response } from 'express';
import { requestIdOf } from './request-id';

/** Answers a request before it reaches GraphQL, in the form in which GraphQL's own errors come. */
export function refuse(req: Request, res: Response, status: number, code: string, message: string): void {
  res
    .status(status)
    .set('Cache-Control', 'no-store')
    .json({ errors: [{ message, extensions: { code, reference: requestIdOf(req) } }] });
}
