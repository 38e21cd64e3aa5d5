import {
  isGoing,
  resolutionText,
  runTrigger,
  sideStatus,
  staffName,
  timeToAnswer,
} from './reconciliation-text';

describe('the time to answer a dispute', () => {
  const now = new Date('2026-01-10T12:00:00.000Z');
  const left = (respondBy: string | null, status: 'needs_response' | 'won' = 'needs_response') =>
    timeToAnswer({ status, respondBy }, now)?.text;

  it.each([
    ['2026-01-10T11:59:59.000Z', 'Too late'],
    ['2026-01-10T12:30:00.000Z', 'Less than an hour left'],
    ['2026-01-10T13:10:00.000Z', '1 hour left'],
    ['2026-01-12T11:00:00.000Z', '47 hours left'],
    ['2026-01-12T12:00:00.000Z', '2 days left'],
    ['2026-01-20T00:00:00.000Z', '9 days left'],
  ])('until %s is %j', (respondBy, text) => {
    expect(left(respondBy)).toBe(text);
  });

  it('is nothing where nobody waits for an answer', () => {
    expect(left(null)).toBeUndefined();
    expect(left('2026-01-11T12:00:00.000Z', 'won')).toBeUndefined();
  });
});

it('names who resolved a difference, and how', () => {
  expect(staffName({ firstName: 'Cleo', lastName: '' })).toBe('Cleo');
  expect(staffName(null)).toBe('the shop');
  expect(resolutionText('accepted')).toBe('The shop follows the provider');
  expect(resolutionText(null)).toBe('Resolved');
});

it('has words of its own for what it knows, and leaves the rest', () => {
  expect(sideStatus('authorized')).toBe('Reserved');
  expect(sideStatus('halted')).toBe('halted');
  expect(runTrigger('staff')).toBe('Staff');
  expect(runTrigger('import')).toBe('import');
});

it.each([
  ['queued', true],
  ['running', true],
  ['done', false],
  ['failed', false],
] as const)('knows whether a run that is %s goes on', (state, going) => {
  expect(isGoing({ state })).toBe(going);
});
