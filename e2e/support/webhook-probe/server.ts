import { bootstrap } from '@vendure/core';
import { parseEnv } from '../../../src/config/env';
import { runProcess } from '../../../src/config/process-lifecycle';
import { createVendureConfig } from '../../../vendure-config';
import { withWebhookProbe } from './probe.plugin';

/** The shop's server with the probe in it. */
void runProcess('server', async () => {
  const app = await bootstrap(withWebhookProbe(createVendureConfig(parseEnv(process.env), 'server')));
  return () => app.close();
});
