import { bootstrapWorker } from '@vendure/core';
import { parseEnv } from '../../src/config/env';
import { runProcess } from '../../src/config/process-lifecycle';
import { createVendureConfig } from '../../vendure-config';
import { EventsBenchPlugin } from './bench-plugin';

/** A worker of the shop with the benchmark's handler. */
void runProcess('worker', async () => {
  const config = createVendureConfig(parseEnv(process.env), 'worker');
  EventsBenchPlugin.batchSize = Number(process.argv[2] ?? 10);
  const worker = await bootstrapWorker({
    ...config,
    plugins: [...(config.plugins ?? []), EventsBenchPlugin],
  });
  return () => worker.app.close();
});
