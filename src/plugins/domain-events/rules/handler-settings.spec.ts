import type { AnyEventDefinition, DomainEventHandler } from '../types';
import { handlerProblems, resolveHandler } from './handler-settings';

const handler = (changes: Partial<DomainEventHandler> = {}) =>
  resolveHandler({
    name: 'test.note',
    kind: 'database',
    events: [{ type: 'Noted' } as AnyEventDefinition],
    handle: () => Promise.resolve(),
    ...changes,
  } as DomainEventHandler);

describe('handler settings', () => {
  it('fills in the defaults', () => {
    expect(handlerProblems(handler())).toEqual([]);
    expect(handler({ retry: { attempts: 3 } }).retry).toEqual({ attempts: 3, baseMs: 1_000, maxMs: 600_000 });
  });

  it('runs effects one by one', () => {
    expect(handler({ kind: 'effect' }).batchSize).toBe(1);
  });

  it.each([
    ['a name without a plugin', { name: 'note' }],
    ['a name with a colon, which would make the idempotency key ambiguous', { name: 'test.no:te' }],
    ['no event', { events: [] }],
    ['no attempt', { retry: { attempts: 0 } }],
    ['half an attempt', { retry: { attempts: 1.5 } }],
    ['no time', { timeoutMs: 0 }],
    ['no concurrency', { concurrency: 0 }],
  ] as Array<[string, Partial<DomainEventHandler>]>)('refuses %s', (_name, changes) => {
    expect(handlerProblems(handler(changes))).toHaveLength(1);
  });
});
