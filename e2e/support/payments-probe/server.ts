import { bootstrap } from '@vendure/core';
import { runProcess } from '../../../src/config/process-lifecycle';
import { probeShop } from './probe-shop';

void runProcess('server', async () => {
  const app = await bootstrap(probeShop('server'));
  return () => app.close();
});
