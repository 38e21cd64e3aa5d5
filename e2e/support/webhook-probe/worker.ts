import { bootstrapWorker } from '@vendure/core';
import { parseEnv } from '../../../src/config/env';
import { runProcess } from '../../../src/config/process-lifecycle';
import { createVendureConfig } from '../../../vendure-config';
import { withWebhookProbe } from './probe.plugin';

/** The shop's worker with the probe in it. */
void runProcess('worker', async () => {
  const worker = await bootstrapWorker(
    withWebhookProbe(createVendureConfig(parseEnv(process.env), 'worker')),
  );
  await worker.startJobQueue();
  return () => worker.app.close();
});
