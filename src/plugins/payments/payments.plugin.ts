import { PluginCommonModule, VendurePlugin, type Type } from '@vendure/core';
import { DomainEventsPlugin } from '../domain-events';
import { InventoryPlugin } from '../inventory';
import { PrivacyPlugin } from '../privacy';
import { PAYMENTS_PLUGIN_OPTIONS } from './constants';
import type { PaymentsPluginOptions } from './options';
import { ProviderRegistry } from './services/provider-registry';

/** Payments that are never lost, doubled or guessed. See README.md. */
@VendurePlugin({
  imports: [PluginCommonModule, PrivacyPlugin, DomainEventsPlugin, InventoryPlugin],
  compatibility: '^3.7.0',
  providers: [
    ProviderRegistry,
    { provide: PAYMENTS_PLUGIN_OPTIONS, useFactory: () => PaymentsPlugin.options },
  ],
  exports: [ProviderRegistry],
})
export class PaymentsPlugin {
  static options: PaymentsPluginOptions = { providers: [] };

  static init(options: PaymentsPluginOptions): Type<PaymentsPlugin> {
    PaymentsPlugin.options = options;
    return PaymentsPlugin;
  }
}
