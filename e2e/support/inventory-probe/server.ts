import { bootstrap } from '@vendure/core';
import { parseEnv } from '../../../src/config/env';
import { runProcess } from '../../../src/config/process-lifecycle';
import { createVendureConfig } from '../../../vendure-config';
import { InventoryProbePlugin } from './probe.plugin';

/** The shop's server with the probe in it. */
void runProcess('server', async () => {
  const config = createVendureConfig(parseEnv(process.env), 'server');
  const app = await bootstrap({ ...config, plugins: [...(config.plugins ?? []), InventoryProbePlugin] });
  return () => app.close();
});
