import { bootstrapWorker, DefaultLogger, LogLevel, mergeConfig, defaultConfig } from '@vendure/core';
import { databaseOptions } from '../../../src/config/database';
import { parseEnv } from '../../../src/config/env';
import { jobQueuePlugins } from '../../../src/config/jobs';
import { runProcess } from '../../../src/config/process-lifecycle';
import { ProbePlugin, ProbeService } from './probe.plugin';
import type { ProbeRequest } from './protocol';

/**
 * A process with the shop's real job queue and nothing else. PROBE_ROLE is `worker`, or `client` for one that
 * only adds and inspects jobs. PROBE_TUNING (JSON) shortens the queue's times.
 */
void runProcess('worker', async () => {
  const env = parseEnv(process.env);
  const isWorker = process.env.PROBE_ROLE === 'worker';
  const tuning = JSON.parse(process.env.PROBE_TUNING ?? '{}') as object;
  const worker = await bootstrapWorker(
    mergeConfig(defaultConfig, {
      dbConnectionOptions: databaseOptions(env, isWorker ? 'worker' : 'server'),
      logger: new DefaultLogger({ level: LogLevel.Info, timestamp: true }),
      plugins: [...jobQueuePlugins(env, tuning), ProbePlugin],
    }),
  );
  const probe = worker.app.get(ProbeService, { strict: false });
  process.on('message', ({ request, command }: ProbeRequest) => {
    probe.obey(command).then(
      result => process.send?.({ reply: request, result }),
      (error: Error) => process.send?.({ reply: request, error: error.message }),
    );
  });
  if (isWorker) await worker.startJobQueue();
  return () => worker.app.close();
});
