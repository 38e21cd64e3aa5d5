import type { DomainEventHandler, ResolvedHandler, RetryPolicy } from '../types';

/** Twelve attempts over at most 27 minutes (half of that on average), the wait doubling from one second. */
export const DEFAULT_RETRY: RetryPolicy = { attempts: 12, baseMs: 1_000, maxMs: 600_000 };

export const DEFAULT_TIMEOUT_MS = 30_000;
export const DEFAULT_CONCURRENCY = 2;
export const DEFAULT_BATCH_SIZE = 10;

/** A name such as `inventory.hold-stock`. */
const NAME = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/;

/** What is wrong with a handler, in words; nothing when it is fine. */
export function handlerProblems(handler: ResolvedHandler): string[] {
  const problems: string[] = [];
  const whole = (label: string, value: number, min: number, max: number) => {
    if (!Number.isInteger(value) || value < min || value > max) {
      problems.push(`${label} must be a whole number from ${min} to ${max}, not ${value}`);
    }
  };
  if (!NAME.test(handler.name) || handler.name.length > 100) {
    problems.push('its name must be <plugin>.<verb> in lower case, at most 100 characters');
  }
  if (handler.events.length === 0) problems.push('it subscribes to no event');
  whole('retry.attempts', handler.retry.attempts, 1, 1_000);
  whole('retry.baseMs', handler.retry.baseMs, 1, 86_400_000);
  whole('retry.maxMs', handler.retry.maxMs, 1, 86_400_000);
  whole('timeoutMs', handler.timeoutMs, 1, 3_600_000);
  whole('concurrency', handler.concurrency, 1, 100);
  whole('batchSize', handler.batchSize, 1, 1_000);
  return problems;
}

/** The handler with every default filled in. */
export function resolveHandler(handler: DomainEventHandler): ResolvedHandler {
  return {
    ...handler,
    handle: handler.handle.bind(handler),
    retry: { ...DEFAULT_RETRY, ...handler.retry },
    timeoutMs: handler.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    concurrency: handler.concurrency ?? DEFAULT_CONCURRENCY,
    batchSize: handler.kind === 'database' ? (handler.batchSize ?? DEFAULT_BATCH_SIZE) : 1,
    onDeadLetter: handler.onDeadLetter ?? 'continue',
  } as ResolvedHandler;
}
