import { bootstrap } from '@vendure/core';
import { parseEnv } from '../../../src/config/env';
import { runProcess } from '../../../src/config/process-lifecycle';
import { createVendureConfig } from '../../../vendure-config';
import { InventoryPlugin } from '../../../src/plugins/inventory';
import { expectedProbe, InventoryProbePlugin } from './probe.plugin';

/** The shop's server with the probe in it, and the nearest location first. */
void runProcess('server', async () => {
  const config = createVendureConfig(parseEnv(process.env), 'server');
  InventoryPlugin.init({
    ...InventoryPlugin.options,
    locationStrategy: 'nearest',
    expectedStock: expectedProbe,
  });
  const app = await bootstrap({ ...config, plugins: [...(config.plugins ?? []), InventoryProbePlugin] });
  return () => app.close();
});
