import fc from 'fast-check';
import { MAX_LOST_RUNS } from '../limits';
import { afterLostRun } from './lost-run';

describe('a job whose worker died', () => {
  it('runs again at once the first time', () => {
    expect(afterLostRun(1, Math.random)).toEqual({ again: true, pauseMs: 0 });
  });

  it('waits longer from the second time on', () => {
    expect(afterLostRun(2, () => 1)).toEqual({ again: true, pauseMs: 5_000 });
    expect(afterLostRun(3, () => 1)).toEqual({ again: true, pauseMs: 10_000 });
  });

  it('is given up at the bound, with an error that says why and what to do', () => {
    const outcome = afterLostRun(MAX_LOST_RUNS, Math.random);
    expect(outcome).toEqual({
      again: false,
      error: expect.stringMatching(/died during each of 5 runs.*add the job again/) as string,
    });
  });

  it('is given up if and only if it has reached the bound', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), lost => {
        expect(afterLostRun(lost, Math.random).again).toBe(lost < MAX_LOST_RUNS);
      }),
    );
  });
});
