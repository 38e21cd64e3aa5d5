import type { OnApplicationBootstrap } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { I18nService, PluginCommonModule, VendurePlugin } from '@vendure/core';
import { InputCheckInterceptor } from './api/input-check.interceptor';
import { InputChecks } from './api/input-checks';
import { messages } from './messages';
import { shippingAddressProcess } from './shipping-address-process';

/**
 * Refuses input that the platform would take or choke on: blank addresses, things that are no e-mail addresses,
 * orders without a destination. `README.md` lists all of it.
 */
@VendurePlugin({
  imports: [PluginCommonModule],
  providers: [InputChecks, { provide: APP_INTERCEPTOR, useClass: InputCheckInterceptor }],
  configuration: config => {
    config.orderOptions.process.push(shippingAddressProcess);
    return config;
  },
  compatibility: '^3.0.0',
})
export class InputChecksPlugin implements OnApplicationBootstrap {
  constructor(private readonly i18n: I18nService) {}

  onApplicationBootstrap(): void {
    this.i18n.addTranslation('en', messages);
  }
}
