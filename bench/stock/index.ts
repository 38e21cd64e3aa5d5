import { bootstrap } from '@vendure/core';
import { runProcess } from '../../src/config/process-lifecycle';
import { config } from './vendure-config';

// As generated, but told apart from a crash: the benchmark hears when it is ready, and it ends with the benchmark.
void runProcess('server', async () => {
  const app = await bootstrap(config);
  return () => app.close();
});
