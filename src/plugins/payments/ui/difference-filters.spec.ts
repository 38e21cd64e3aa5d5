import { ALL_DISPUTES, OPEN_DIFFERENCES, differencesOptions, disputesOptions } from './difference-filters';

it('asks for what is open first, and for everything when told', () => {
  expect(differencesOptions(OPEN_DIFFERENCES, 0)).toEqual({
    filter: { status: { eq: 'open' } },
    skip: 0,
    take: 10,
  });
  expect(differencesOptions({ status: '', kind: '', provider: ' ' }, 20)).toEqual({
    filter: {},
    skip: 20,
    take: 10,
  });
  expect(
    differencesOptions({ status: 'resolved', kind: 'stranded', provider: ' stripe ' }, 0).filter,
  ).toEqual({
    status: { eq: 'resolved' },
    kind: { eq: 'stranded' },
    provider: { eq: 'stripe' },
  });
});

it('takes disputes for open that somebody has to decide', () => {
  expect(disputesOptions(ALL_DISPUTES, 0).filter).toEqual({});
  expect(disputesOptions({ status: 'open', provider: 'stripe' }, 0).filter).toEqual({
    status: { in: ['needs_response', 'under_review'] },
    provider: { eq: 'stripe' },
  });
  expect(disputesOptions({ status: 'won', provider: '' }, 0).filter).toEqual({ status: { eq: 'won' } });
});
