import { appendFileSync, mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Cleanup } from '../journey/cleanup';
import type { Databases } from '../journey/database';
import { commit, RESULTS, startPostgres } from '../journey/journey';
import { startServer } from '../journey/managed-process';
import { parseOptions } from '../journey/options';
import { requireFreePort } from '../journey/ports';
import { loadAverage } from '../journey/proc';
import { SideEnvironment, WORK_DIR } from '../journey/sides';
import { ensureTemplate, templateOf } from '../journey/templates';
import { FakeProvider } from './fake-provider';
import { measure, type PaymentsResult } from './measure';
import type { PaymentsOptions } from './options';
import { paymentsReport } from './report';
import {
  BARE_HANDLER,
  METHOD,
  PAYMENT_LABELS,
  PAYMENT_SIDES,
  PROVIDER_VARIABLE,
  SERVERS,
  SHOP_OF,
  SIDE_VARIABLE,
  type PaymentSide,
} from './sides';

export { PAYMENTS_USAGE, parsePaymentsOptions } from './options';

/** A small shop, as for the races: what is measured is paying. */
const CATALOGUE = ['--products', '50', '--customers', '20', '--orders', '20', '--reuse'];

/**
 * The same payments three times on the same machine, data and PostgreSQL: by a handler of stock Vendure, by the same
 * handler in Tradewind without its gate, and through the gate. The table goes to the terminal and to bench/RESULTS.md.
 */
export async function benchPayments(
  cleanup: Cleanup,
  options: PaymentsOptions,
  args: string[],
  say: (line: string) => void,
): Promise<void> {
  const startedAt = new Date();
  const load = loadAverage();
  await requireFreePort(options.port, '--port');
  await requireFreePort(options.pgPort, '--pg-port');
  mkdirSync(WORK_DIR, { recursive: true });
  say('Starting PostgreSQL ...');
  const databases = await startPostgres(cleanup, options.pgPort);
  const environment = new SideEnvironment(options, databases, undefined);
  const provider = await FakeProvider.start();
  cleanup.put(
    () => provider,
    started => started.stop(),
  );
  const shop = { ...parseOptions(CATALOGUE), port: options.port, pgPort: options.pgPort };
  const results: Partial<Record<PaymentSide, PaymentsResult>> = {};
  for (const side of PAYMENT_SIDES) {
    const of = SHOP_OF[side];
    say(`Loading the shop of ${PAYMENT_LABELS[side]} ...`);
    await ensureTemplate(cleanup, of, shop, { databases, services: undefined, environment });
    const database = `bench_${of}`;
    await databases.recreate(database, templateOf(of));
    await prepare(databases, database, side);
    const server = await startServer(cleanup, {
      name: `The server of ${PAYMENT_LABELS[side]}`,
      command: process.execPath,
      args: [SERVERS[of]],
      env: {
        ...environment.of(of, database),
        NODE_ENV: 'test',
        [SIDE_VARIABLE]: side,
        [PROVIDER_VARIABLE]: provider.url,
      },
      log: join(WORK_DIR, 'logs', `payments-${side}.log`),
    });
    const baseUrl = `http://127.0.0.1:${options.port}`;
    say(`Paying at ${PAYMENT_LABELS[side]} ...`);
    results[side] = await measure(baseUrl, { databases, database }, provider, options, say);
    await server.stop();
  }
  const text = paymentsReport({
    startedAt,
    commit: commit(),
    command: ['npm run bench -- payments', ...args].join(' '),
    machine: `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node.js ${process.version}, PostgreSQL ${databases.version}`,
    loadAverage: load,
    loadAverageAfter: loadAverage(),
    options,
    results: results as Record<PaymentSide, PaymentsResult>,
  });
  say(`\n${text}`);
  appendFileSync(RESULTS, `\n${text}`);
}

/** Units for everybody, and the payment method: past the APIs, the same on every side. */
async function prepare(databases: Databases, database: string, side: PaymentSide): Promise<void> {
  const handler =
    side === 'gate'
      ? { code: 'payment-gateway', args: [{ name: 'captureMethod', value: 'automatic' }] }
      : { code: BARE_HANDLER, args: [] };
  await databases.run(database, 'UPDATE stock_level SET "stockOnHand" = 100000');
  await databases.run(
    database,
    `WITH method AS (
       INSERT INTO payment_method (code, enabled, handler)
       VALUES ('${METHOD}', true, '${JSON.stringify(handler)}') RETURNING id
     ), translation AS (
       INSERT INTO payment_method_translation ("languageCode", name, description, "baseId")
       SELECT 'en', '${METHOD}', '', id FROM method
     )
     INSERT INTO payment_method_channels_channel ("paymentMethodId", "channelId")
     SELECT method.id, channel.id FROM method, channel`,
  );
}
