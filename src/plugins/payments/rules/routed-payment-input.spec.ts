import { readRoutedPaymentInput } from './routed-payment-input';

describe('what a storefront sends with a routed payment', () => {
  it.each([undefined, null, {}])('may be nothing: then the browser confirms a card', metadata => {
    expect(readRoutedPaymentInput(metadata)).toEqual({ input: { methodType: 'card' } });
  });

  it.each<[string, unknown, RegExp]>([
    ['a misspelt field', { tokn: 'tok_visa' }, /tokn/],
    [
      'a token and a saved method',
      { token: 'a', savedPaymentMethodId: '1' },
      /^metadata\.token: give a token or/,
    ],
    ['a script as an address', { returnUrl: 'javascript:alert(1)' }, /^metadata\.returnUrl/],
    ['an unknown kind of method', { methodType: 'cheque' }, /^metadata\.methodType/],
    ['text', 'tok_visa', /^metadata:/],
    ['a token without end', { token: 'x'.repeat(256) }, /^metadata\.token/],
  ])('refuses %s, naming the field', (_what, metadata, problem) => {
    expect(readRoutedPaymentInput(metadata)).toEqual({ problem: expect.stringMatching(problem) as string });
  });

  it('never repeats what was sent', () => {
    expect(JSON.stringify(readRoutedPaymentInput({ methodType: '4242424242424242' }))).not.toContain('4242');
  });
});
