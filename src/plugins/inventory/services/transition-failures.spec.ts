import { IllegalOperationError, Logger, type RequestContext } from '@vendure/core';
import { RetryNotes } from './retry-notes';
import { type GuardedProcess, guardTransitions } from './transition-failures';

const req = {};
const ctx = { req, translate: (key: string) => `translated ${key}` } as unknown as RequestContext;

async function start(onTransitionStart: () => unknown) {
  const notes = new RetryNotes();
  const process: GuardedProcess = { onTransitionStart };
  guardTransitions([process, {}], notes);
  const run = process.onTransitionStart as unknown as (...args: unknown[]) => Promise<unknown>;
  const outcome = await run('AddingItems', 'ArrangingPayment', { ctx }).then(
    answer => ({ answer }),
    (error: Error) => ({ error }),
  );
  return { ...outcome, noted: notes.takeFailure(req) };
}

const fail = (error: Error) => () => {
  throw error;
};

describe('guardTransitions', () => {
  const logged = jest.spyOn(Logger, 'error').mockImplementation(() => undefined);
  afterEach(() => logged.mockClear());

  it.each([undefined, false, 'message.no-shipping'])('lets the answer %s through', async answer => {
    expect(await start(() => Promise.resolve(answer))).toEqual({ answer, noted: undefined });
  });

  it('lets a refusal through that was written for people', async () => {
    const error = new IllegalOperationError('error.no');
    expect(await start(fail(error))).toEqual({ error, noted: undefined });
    expect(logged).not.toHaveBeenCalled();
  });

  it('notes an error of the database, for the whole request to end with it', async () => {
    const error = Object.assign(new Error('canceling statement due to lock timeout'), {
      driverError: { code: '55P03', severity: 'ERROR' },
    });
    expect(await start(fail(error))).toEqual({ error, noted: error });
  });

  it('keeps the message of any other error inside', async () => {
    const { error, noted } = (await start(fail(new TypeError("reading 'id' of undefined")))) as {
      error: Error;
      noted: unknown;
    };
    expect(error.message).toBe('translated error.transition-failed');
    expect(noted).toBeUndefined();
    expect(logged.mock.calls[0]?.[0]).toContain("reading 'id' of undefined");
  });
});
