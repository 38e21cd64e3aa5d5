import type { AttemptKind } from './attempt-status';

/** The payment method handlers of `@vendure/payments-plugin`, by the names that the settings call them. */
export const PLUGIN_HANDLERS = ['stripe', 'mollie', 'braintree'] as const;
export type PluginHandler = (typeof PLUGIN_HANDLERS)[number];

interface PluginHandlerFacts {
  /** What payment methods name it by. */
  readonly handlerCode: string;
  /**
   * What the ledger and the inbox call its accounts. Not the handler's code: `stripe` is our own adapter, whose key may be
   * another account's.
   */
  readonly provider: string;
  /** What it does without asking its provider: whatever goes wrong there, no money has moved by it. */
  readonly asksNobody: readonly AttemptKind[];
}

export const PLUGIN_HANDLER_FACTS: Readonly<Record<PluginHandler, PluginHandlerFacts>> = {
  // These two write down what the shopper has paid before, on the provider's own page.
  stripe: { handlerCode: 'stripe', provider: 'stripe-plugin', asksNobody: ['authorize', 'capture'] },
  mollie: { handlerCode: 'mollie-payment-handler', provider: 'mollie-plugin', asksNobody: ['authorize'] },
  braintree: { handlerCode: 'braintree', provider: 'braintree-plugin', asksNobody: ['capture'] },
};

const ALL = PLUGIN_HANDLERS.map(name => ({ name, ...PLUGIN_HANDLER_FACTS[name] }));

/** Those whose webhook settles by itself. */
export const SELF_SETTLING: readonly string[] = [
  PLUGIN_HANDLER_FACTS.stripe.provider,
  PLUGIN_HANDLER_FACTS.mollie.provider,
];

/** The provider of a handler of `@vendure/payments-plugin`; nothing for any other handler. */
export function pluginProviderOf(handlerCode: string): string | undefined {
  return ALL.find(handler => handler.handlerCode === handlerCode)?.provider;
}

/** The handler whose accounts a provider's code stands for. */
export function pluginHandlerOf(provider: string): PluginHandler | undefined {
  return ALL.find(handler => handler.provider === provider)?.name;
}

/** Whether an attempt is of a handler that asks nobody for it: what was cut off in it is over. */
export function asksNobody({ provider, kind }: { provider: string; kind: AttemptKind }): boolean {
  return ALL.some(handler => handler.provider === provider && handler.asksNobody.includes(kind));
}
