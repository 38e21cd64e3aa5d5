import { Inject, Injectable } from '@nestjs/common';
import { PAYMENTS_PLUGIN_OPTIONS } from '../../constants';
import { PaymentsConfigurationError } from '../../errors';
import type { PaymentsPluginOptions } from '../../options';
import type { PaymentProvider } from '../../types';

/** The providers of this shop, by their codes. */
@Injectable()
export class ProviderRegistry {
  private readonly providers: ReadonlyMap<string, PaymentProvider>;
  private readonly first: string | undefined;

  constructor(@Inject(PAYMENTS_PLUGIN_OPTIONS) { providers, defaultProvider }: PaymentsPluginOptions) {
    this.providers = new Map(providers.map(provider => [provider.code, provider]));
    if (this.providers.size < providers.length) {
      throw new PaymentsConfigurationError('two providers have the same code.');
    }
    this.first = defaultProvider ?? providers[0]?.code;
    if (this.first !== undefined && !this.providers.has(this.first)) {
      throw new PaymentsConfigurationError(
        `the default provider is "${this.first}"; it must be one of ${this.codes().join(', ')}.`,
      );
    }
  }

  /** In the order of the configuration. */
  codes(): string[] {
    return [...this.providers.keys()];
  }

  find(code: string): PaymentProvider | undefined {
    return this.providers.get(code);
  }

  /** The one that takes what no rule names; nothing in a shop without providers. */
  default(): PaymentProvider | undefined {
    return this.first === undefined ? undefined : this.providers.get(this.first);
  }
}
