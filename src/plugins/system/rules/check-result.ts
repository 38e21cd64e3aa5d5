import type { CheckAnswer, Outcome, ServiceDescription, ServiceStatus } from '../types';

/** Longer messages are stack traces and server pages, which help nobody in a table. */
const MAX_REASON = 200;

/**
 * Does some work, but waits no longer than the limit, and never rejects. The work itself is not ended: it must
 * not hold on to anything that it cannot afford to lose.
 */
export async function bounded<T>(work: () => Promise<T>, limitMs: number): Promise<Outcome<T>> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Outcome<T>>(resolve => {
    const reason = `No answer within ${limitMs / 1000} s.`;
    timer = setTimeout(() => resolve({ ok: false, reason }), limitMs);
  });
  const end = work().then(
    (value): Outcome<T> => ({ ok: true, value }),
    (error: unknown): Outcome<T> => ({ ok: false, reason: reasonOf(error) }),
  );
  try {
    return await Promise.race([end, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a service and the check of its backend come to. */
export function serviceStatus(
  { role, engine, location }: ServiceDescription,
  check: Outcome<CheckAnswer>,
): ServiceStatus {
  return {
    role,
    engine,
    location,
    up: check.ok,
    latencyMs: check.ok ? rounded(check.value.latencyMs) : null,
    version: check.ok ? check.value.version : null,
    message: check.ok ? null : check.reason,
  };
}

/**
 * Why a check failed, in one line. Drivers put connection strings into some messages: user names and passwords
 * are cut out.
 */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const message = error instanceof Error && error.message !== '' ? error.message : (code ?? String(error));
  const line = message.split('\n')[0] ?? '';
  return line.replace(/\/\/[^/@\s]*@/g, '//***@').slice(0, MAX_REASON);
}

/** Tenths of a millisecond: finer than that is noise. */
function rounded(latencyMs: number | null): number | null {
  return latencyMs === null ? null : Math.round(latencyMs * 10) / 10;
}
