import {
  EFFECT_STATES,
  canCancel,
  canRetry,
  canSkip,
  decideRun,
  hasEnded,
  mayHaveHappened,
} from './effect-state';

describe('the states of an effect', () => {
  it('runs what is asked for, and a dead letter that was sent on its way again', () => {
    expect(decideRun('requested', false)).toBe('run');
    expect(decideRun('failed', false)).toBe('run');
  });

  it('repeats a run that was cut off only where that is harmless', () => {
    expect(decideRun('running', true)).toBe('run');
    expect(decideRun('running', false)).toBe('give-up');
  });

  it.each(['waiting', 'done', 'not_needed', 'unknown', 'skipped', 'cancelled'] as const)(
    'does nothing for a job that comes late, to one that is %s',
    state => {
      expect(decideRun(state, true)).toBe('over');
    },
  );

  it('gives staff a way out of every state that does not go on by itself', () => {
    const stuck = EFFECT_STATES.filter(state => ['failed', 'unknown'].includes(state));
    expect(EFFECT_STATES.filter(canRetry)).toEqual(stuck);
    expect(EFFECT_STATES.filter(canSkip)).toEqual(['waiting', ...stuck]);
  });

  it('cancels what has not ended, and takes back what was done or is unknown', () => {
    expect(EFFECT_STATES.filter(canCancel)).toEqual(['waiting', 'requested', 'failed']);
    const happened = EFFECT_STATES.filter(state => mayHaveHappened(state, 0, true));
    expect(happened).toEqual(['done', 'unknown']);
    expect(hasEnded('running')).toBe(false);
  });

  it('takes back what failed, too, where a lost answer is no proof that nothing happened', () => {
    expect(mayHaveHappened('requested', 1, true)).toBe(true);
    expect(mayHaveHappened('failed', 8, true)).toBe(true);
    expect(mayHaveHappened('not_needed', 2, true)).toBe(true);
    expect(mayHaveHappened('not_needed', 1, true)).toBe(false);
    // A mail that failed was not sent.
    expect(mayHaveHappened('failed', 8, false)).toBe(false);
    expect(mayHaveHappened('skipped', 3, true)).toBe(false);
  });
});
