import { HandlerTimeoutError } from '../errors';

/**
 * Awaits a handler's call, but not longer than its limit. The call itself cannot be stopped: it sees the aborted
 * signal, and its later failure is swallowed.
 *
 * @throws HandlerTimeoutError, or whatever the call threw
 */
export async function callWithTimeout<T>(
  handler: string,
  timeoutMs: number,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new HandlerTimeoutError(handler, timeoutMs);
      controller.abort(error);
      reject(error);
    }, timeoutMs);
  });
  try {
    return await Promise.race([call(controller.signal), limit]);
  } finally {
    clearTimeout(timer);
  }
}
