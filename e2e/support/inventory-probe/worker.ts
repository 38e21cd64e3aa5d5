import { bootstrapWorker } from '@vendure/core';
import { parseEnv } from '../../../src/config/env';
import { runProcess } from '../../../src/config/process-lifecycle';
import { createVendureConfig } from '../../../vendure-config';
import { InventoryPlugin } from '../../../src/plugins/inventory';
import { expectedProbe, InventoryProbePlugin } from './probe.plugin';

/** The shop's worker with the probe in it, and the nearest location first. */
void runProcess('worker', async () => {
  const config = createVendureConfig(parseEnv(process.env), 'worker');
  InventoryPlugin.init({
    ...InventoryPlugin.options,
    locationStrategy: 'nearest',
    expectedStock: expectedProbe,
  });
  const worker = await bootstrapWorker({
    ...config,
    plugins: [...(config.plugins ?? []), InventoryProbePlugin],
  });
  await worker.startJobQueue();
  return () => worker.app.close();
});
