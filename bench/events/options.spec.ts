import { parseEventsOptions } from './options';

describe('options of the events benchmark', () => {
  it('has defaults', () => {
    expect(parseEventsOptions([])).toMatchObject({ rows: [10_000, 1_000_000], batch: 10 });
  });

  it('takes what is given', () => {
    expect(parseEventsOptions(['--rows', '5,50', '--events', '7'])).toMatchObject({
      rows: [5, 50],
      events: 7,
    });
  });

  it.each([
    ['--events', '0'],
    ['--rows', '5,5'],
    ['--rows', 'many'],
    ['--pg-port', '99999'],
    ['--what', '1'],
  ])('refuses %s %s', (...args) => {
    expect(() => parseEventsOptions(args)).toThrow(/--/);
  });
});
