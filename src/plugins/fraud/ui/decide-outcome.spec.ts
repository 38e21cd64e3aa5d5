import { outcomeOf, type Decided } from './decide-outcome';

const done = (code: string, status: 'approved' | 'deciding' = 'approved'): Decided =>
  ({ code, result: { __typename: 'FraudCase', status } }) as unknown as Decided;
const refused = (code: string): Decided => ({
  code,
  result: { __typename: 'FraudCaseTakenError', message: 'Cleo works on it.' },
});

describe('what came of a decision', () => {
  it('names a single case', () => {
    expect(outcomeOf([done('AB')], 'approve')).toEqual({
      tone: 'success',
      title: 'AB is approved',
      failures: [],
    });
    expect(outcomeOf([done('AB', 'deciding')], 'reject').title).toBe('AB is being rejected');
    expect(outcomeOf([refused('AB')], 'reject')).toEqual({
      tone: 'error',
      title: 'AB is not rejected',
      failures: ['AB: Cleo works on it.'],
    });
  });

  it('counts several, and names those that failed', () => {
    expect(outcomeOf([done('AB'), refused('CD'), done('EF')], 'approve')).toEqual({
      tone: 'warning',
      title: '2 of 3 cases approved',
      failures: ['CD: Cleo works on it.'],
    });
    expect(outcomeOf([refused('AB'), refused('CD')], 'approve').tone).toBe('error');
    expect(outcomeOf([done('AB'), done('CD')], 'reject')).toMatchObject({ tone: 'success' });
  });

  it('says what the provider said, and whether the shop goes on', () => {
    const failed = (status: 'open' | 'deciding'): Decided => ({
      code: 'AB',
      result: {
        __typename: 'FraudCaseDecisionFailedError',
        message: 'Not carried out.',
        why: 'expired',
        status,
      },
    });
    expect(outcomeOf([failed('open')], 'approve').failures).toEqual(['AB: Not carried out. expired']);
    expect(outcomeOf([failed('deciding')], 'approve').failures[0]).toMatch(/goes on by itself\.$/);
  });
});
