import { bootstrapWorker } from '@vendure/core';
import { runProcess } from '../../src/config/process-lifecycle';
import { config } from './vendure-config';

void runProcess('worker', async () => {
  const worker = await bootstrapWorker(config);
  await worker.startJobQueue();
  return () => worker.app.close();
});
