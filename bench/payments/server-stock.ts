import { bootstrap } from '@vendure/core';
import { runProcess } from '../../src/config/process-lifecycle';
import { config } from '../stock/vendure-config';
import { bareHandler } from './bench-provider';

void runProcess('server', async () => {
  const app = await bootstrap({ ...config, paymentOptions: { paymentMethodHandlers: [bareHandler] } });
  return () => app.close();
});
