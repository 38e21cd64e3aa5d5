import { bootstrapWorker } from '@vendure/core';
import { runProcess } from '../../../src/config/process-lifecycle';
import { probeShop } from './probe-shop';

void runProcess('worker', async () => {
  const worker = await bootstrapWorker(probeShop('worker'));
  await worker.startJobQueue();
  return () => worker.app.close();
});
