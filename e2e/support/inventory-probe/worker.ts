import { bootstrapWorker } from '@vendure/core';
import { parseEnv } from '../../../src/config/env';
import { runProcess } from '../../../src/config/process-lifecycle';
import { createVendureConfig } from '../../../vendure-config';
import { InventoryProbePlugin } from './probe.plugin';

/** The shop's worker with the probe in it. */
void runProcess('worker', async () => {
  const config = createVendureConfig(parseEnv(process.env), 'worker');
  const worker = await bootstrapWorker({
    ...config,
    plugins: [...(config.plugins ?? []), InventoryProbePlugin],
  });
  await worker.startJobQueue();
  return () => worker.app.close();
});
