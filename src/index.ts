import { bootstrap } from '@vendure/core';
import { createVendureConfig } from '../vendure-config';
import { parseEnv } from './config/env';
import { runProcess } from './config/process-lifecycle';

void runProcess('server', async () => {
  const app = await bootstrap(createVendureConfig(parseEnv(process.env), 'server'));
  return () => app.close();
});
