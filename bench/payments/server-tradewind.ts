import { bootstrap, type VendureConfig } from '@vendure/core';
import { parseEnv } from '../../src/config/env';
import { runProcess } from '../../src/config/process-lifecycle';
import { PaymentsPlugin } from '../../src/plugins/payments';
import { createVendureConfig } from '../../vendure-config';
import { bareHandler, benchProvider } from './bench-provider';
import { SIDE_VARIABLE } from './sides';

/** Tradewind with the gate, or with the same handler as stock in its place. */
function configOfSide(): VendureConfig {
  const config = createVendureConfig(parseEnv(process.env), 'server');
  if (process.env[SIDE_VARIABLE] === 'gate') {
    PaymentsPlugin.init({ ...PaymentsPlugin.options, providers: [benchProvider] });
    return config;
  }
  return {
    ...config,
    paymentOptions: { ...config.paymentOptions, paymentMethodHandlers: [bareHandler] },
    plugins: (config.plugins ?? []).filter(plugin => plugin !== PaymentsPlugin),
  };
}

void runProcess('server', async () => {
  const app = await bootstrap(configOfSide());
  return () => app.close();
});
