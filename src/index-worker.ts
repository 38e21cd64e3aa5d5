import { bootstrapWorker } from '@vendure/core';
import { createVendureConfig } from '../vendure-config';
import { parseEnv } from './config/env';
import { runProcess } from './config/process-lifecycle';

void runProcess('worker', async () => {
  const env = parseEnv(process.env);
  const worker = await bootstrapWorker(createVendureConfig(env, 'worker'));
  await worker.startJobQueue();
  if (env.WORKER_HEALTH_PORT !== undefined) {
    await worker.startHealthCheckServer({ port: env.WORKER_HEALTH_PORT, hostname: env.HOST });
  }
  return () => worker.app.close();
});
