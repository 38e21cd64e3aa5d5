import {
  EFFECT_STATES,
  canCancel,
  canRetry,
  canSkip,
  decideRun,
  hasEnded,
  needsCompensation,
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

  it('takes back, or cancels, everything but what runs or never took effect', () => {
    const seenTo = EFFECT_STATES.filter(state => canCancel(state) || needsCompensation(state));
    const rest = EFFECT_STATES.filter(state => !seenTo.includes(state));
    expect(rest).toEqual(['running', 'not_needed', 'skipped', 'cancelled']);
    expect(seenTo.filter(state => canCancel(state) && needsCompensation(state))).toEqual([]);
    expect(hasEnded('running')).toBe(false);
  });
});
