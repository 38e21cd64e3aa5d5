import {
  asksNobody,
  pluginHandlerOf,
  pluginProviderOf,
  PLUGIN_HANDLERS,
  SELF_SETTLING,
} from './plugin-handlers';

describe('the handlers of payments-plugin', () => {
  it('have accounts that are not those of the adapters, though one has the same code', () => {
    expect(pluginProviderOf('stripe')).toBe('stripe-plugin');
    expect(pluginHandlerOf('stripe')).toBeUndefined();
    expect(pluginProviderOf('dummy-payment-handler')).toBeUndefined();
    for (const name of PLUGIN_HANDLERS) {
      const handlers = ['stripe', 'mollie-payment-handler', 'braintree'].map(pluginProviderOf);
      expect(handlers.map(provider => pluginHandlerOf(provider!))).toContain(name);
    }
  });

  it('ask nobody where they only write down what was paid before', () => {
    const unasked = SELF_SETTLING.map(provider => asksNobody({ provider, kind: 'authorize' }));
    expect(unasked).toEqual([true, true]);
    expect(asksNobody({ provider: 'braintree-plugin', kind: 'authorize' })).toBe(false);
    for (const provider of [...SELF_SETTLING, 'braintree-plugin']) {
      expect(asksNobody({ provider, kind: 'refund' })).toBe(false);
    }
    expect(asksNobody({ provider: 'stripe', kind: 'authorize' })).toBe(false);
  });
});
