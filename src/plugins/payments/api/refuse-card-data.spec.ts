import { refuseCardData } from './refuse-card-data';

describe('refusing card data', () => {
  it('says where it is and what to do, and nothing of what it is', () => {
    const error = refuseCardData({ card: { '4242424242424242': true } }, 'metadata');
    expect(error).toMatchObject({
      __typename: 'CardDataRefusedError',
      errorCode: 'CARD_DATA_REFUSED_ERROR',
      field: 'metadata.card.*',
      reason: 'card_number',
    });
    expect(JSON.stringify(error)).not.toMatch(/4242/);
  });

  it('lets a token through', () => {
    expect(
      refuseCardData({ token: 'pm_card_visa', last4: '4242', nothing: undefined }, 'metadata'),
    ).toBeUndefined();
  });
});
