import { bootstrap, type VendureConfig } from '@vendure/core';
import { runProcess } from '../../src/config/process-lifecycle';
import { bareHandler, benchProvider } from './bench-provider';
import { SIDE_VARIABLE, type PaymentSide } from './sides';

/**
 * The server of one side. A process can know one shop only: the custom fields of a configuration are written into the
 * platform's classes.
 */
async function configOf(side: PaymentSide): Promise<VendureConfig> {
  if (side === 'stock') {
    const { config } = await import('../stock/vendure-config');
    return { ...config, paymentOptions: { paymentMethodHandlers: [bareHandler] } };
  }
  const { createVendureConfig } = await import('../../vendure-config');
  const { parseEnv } = await import('../../src/config/env');
  const { PaymentsPlugin } = await import('../../src/plugins/payments');
  const config = createVendureConfig(parseEnv(process.env), 'server');
  if (side === 'gate') {
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
  const app = await bootstrap(await configOf(process.env[SIDE_VARIABLE] as PaymentSide));
  return () => app.close();
});
