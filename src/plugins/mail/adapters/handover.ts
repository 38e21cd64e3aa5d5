import { Transform, type TransformCallback } from 'node:stream';

/**
 * The mail on its way to the mail server. It knows whether the whole of it went out, since from then on a failure does
 * not mean that the mail was not sent; and it stops a mail that nobody waits for any more, since a mail that is not
 * whole is never accepted.
 */
export class Handover extends Transform {
  private whole = false;

  constructor(private readonly signal: AbortSignal | undefined) {
    super();
  }

  /** The mail server has all of it, or may have. */
  get complete(): boolean {
    return this.whole;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.signal?.aborted === true) return done(abortReason(this.signal));
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    if (this.signal?.aborted === true) return done(abortReason(this.signal));
    this.whole = true;
    done();
  }
}

export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('The mail was given up.');
}
