import type { AuthorizeRequest } from '../../types';
import { intentParams, methodParams } from './stripe-request';

const request = (
  more: Partial<AuthorizeRequest> = {},
  method: Partial<AuthorizeRequest['method']> = {},
): AuthorizeRequest => ({
  amount: 1234,
  currency: 'EUR',
  reference: 'attempt-1',
  captureMethod: 'manual',
  method: { type: 'card', token: 'pm_1', savedMethodId: null, billingAddress: null, ...method },
  customer: { id: '7', providerCustomerId: null, email: 'a@example.com', name: 'Ann' },
  order: { id: '1', code: 'ORD-1', description: 'Order ORD-1', items: [] },
  returnUrl: 'https://shop.example/back',
  requireThreeDSecure: false,
  ...more,
});

describe('intentParams', () => {
  it('confirms with a method', () => {
    expect(intentParams(request(), 1234, 'pm_1')).toMatchObject({
      amount: 1234,
      currency: 'eur',
      capture_method: 'manual',
      confirm: true,
      payment_method: 'pm_1',
      return_url: 'https://shop.example/back',
      payment_method_types: ['card'],
      metadata: { reference: 'attempt-1', confirmation: 'server', orderCode: 'ORD-1' },
    });
  });

  it('leaves the confirmation to the browser where there is nothing to pay with', () => {
    const params = intentParams(request({}, { token: null }), 1234, null);
    expect(params).toMatchObject({ metadata: { confirmation: 'client' } });
    expect(params).not.toHaveProperty('confirm');
    // Stripe refuses a return address without a confirmation.
    expect(params).not.toHaveProperty('return_url');
  });

  it('turns a token into a method with the address, without what is not known', () => {
    const billingAddress = {
      fullName: 'Ann Lee',
      company: null,
      streetLine1: '1 Road',
      streetLine2: '',
      city: null,
      province: null,
      postalCode: '1000',
      countryCode: 'BE',
      phoneNumber: null,
    };
    expect(methodParams('tok_1', billingAddress, { name: 'Ann', email: 'a@example.com' })).toEqual({
      type: 'card',
      card: { token: 'tok_1' },
      billing_details: {
        name: 'Ann Lee',
        email: 'a@example.com',
        address: { line1: '1 Road', postal_code: '1000', country: 'BE' },
      },
    });
  });

  it('asks for 3-D Secure where the risk check wants it', () => {
    expect(intentParams(request(), 1234, 'pm_1')).not.toHaveProperty('payment_method_options');
    expect(intentParams(request({ requireThreeDSecure: true }), 1234, 'pm_1').payment_method_options).toEqual(
      {
        card: { request_three_d_secure: 'any' },
      },
    );
  });

  it('a saved method goes with its customer', () => {
    const customer = { id: '7', providerCustomerId: 'cus_1', email: null, name: null };
    expect(
      intentParams(request({ customer }, { token: null, savedMethodId: 'pm_9' }), 1234, 'pm_9'),
    ).toMatchObject({
      customer: 'cus_1',
      payment_method: 'pm_9',
      confirm: true,
    });
  });
});
