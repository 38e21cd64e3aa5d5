import { reportRange } from './report-range';

describe('the days of a report', () => {
  it('are whole days in UTC, both ends included', () => {
    expect(reportRange('2026-03-28', '2026-03-29')).toEqual({
      from: new Date('2026-03-28T00:00:00Z'),
      until: new Date('2026-03-30T00:00:00Z'),
    });
    expect(reportRange('2024-01-01', '2024-12-31')).toHaveProperty('until');
  });

  it.each([
    ['2026-02-30', '2026-03-01', 'not_a_day'],
    ['2026-3-1', '2026-03-01', 'not_a_day'],
    ['2026-03-01', '2026-03-01T00:00:00Z', 'not_a_day'],
    ['2026-03-02', '2026-03-01', 'backwards'],
    ['2026-01-01', '2027-01-02', 'too_long'],
  ])('%s to %s are none', (from, to, problem) => {
    expect(reportRange(from, to)).toEqual({ problem });
  });
});
