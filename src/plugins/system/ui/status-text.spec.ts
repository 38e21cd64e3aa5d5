import { latency, serviceState, summary, taskState } from './status-text';

describe('the texts of the System page', () => {
  it('tells up from down', () => {
    expect(serviceState({ up: true })).toEqual({ tone: 'success', text: 'Up' });
    expect(serviceState({ up: false })).toEqual({ tone: 'error', text: 'Down' });
  });

  it('names every service that is down', () => {
    expect(
      summary([
        { role: 'DATABASE', up: true },
        { role: 'JOB_QUEUE', up: false },
        { role: 'MAIL', up: false },
      ]),
    ).toEqual({ tone: 'error', text: 'Down: Job queue, Mail' });
    expect(summary([{ role: 'DATABASE', up: true }]).tone).toBe('success');
  });

  it.each([
    [null, '–'],
    [0.4, '0.4 ms'],
    [9.96, '10.0 ms'],
    [12.4, '12 ms'],
    [1999.6, '2000 ms'],
  ])('writes a latency of %s as %s', (latencyMs, text) => {
    expect(latency({ latencyMs })).toBe(text);
  });

  it('says what a task does, the most pressing first', () => {
    const idle = { isRunning: false, enabled: true, lastExecutedAt: null };
    expect(taskState(idle).text).toBe('Not run yet');
    expect(taskState({ ...idle, lastExecutedAt: '2026-01-01T00:00:00Z' }).text).toBe('Waiting');
    expect(taskState({ ...idle, enabled: false }).text).toBe('Switched off');
    expect(taskState({ ...idle, enabled: false, isRunning: true }).text).toBe('Running');
  });
});
