import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@vendure/core';

/** What the retry of a request must know of what happened inside. Kept by the HTTP request, which all contexts share. */
@Injectable()
export class RetryNotes {
  private readonly failures = new WeakMap<object, unknown>();
  private readonly final = new WeakSet<object>();

  /** An error that will not reach the retry as such, because core makes an answer of it. */
  noteFailure(ctx: RequestContext, error: unknown): void {
    if (ctx.req !== undefined) this.failures.set(ctx.req, error);
  }

  takeFailure(req: object): unknown {
    const failure = this.failures.get(req);
    this.failures.delete(req);
    return failure;
  }

  /**
   * From here on something outside may know of this request (a payment provider, a carrier): it is not run again,
   * whatever the database says. To be called before such a call.
   */
  callsOutside(ctx: RequestContext): void {
    if (ctx.req !== undefined) this.final.add(ctx.req);
  }

  calledOutside(req: object): boolean {
    return this.final.has(req);
  }

  /** For the next operation of the same HTTP request. */
  forget(req: object): void {
    this.failures.delete(req);
    this.final.delete(req);
  }
}
