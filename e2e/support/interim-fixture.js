/** Vendure's sample catalogue by Vendure's own Populator: stands in until scripts/seed.ts exists. */
const { populate } = require('@vendure/core/cli');
const { JobQueueService, TransactionalConnection, bootstrap } = require('@vendure/core');
const { createVendureConfig } = require('../../dist/vendure-config.js');
const { parseEnv } = require('../../dist/src/config/env.js');
const path = require('node:path');

const assets = path.dirname(require.resolve('@vendure/create/assets/products.csv'));
const config = createVendureConfig(parseEnv({ ...process.env, PORT: '3160' }), 'server');
config.importExportOptions = { importAssetsDir: path.join(assets, 'images') };

const initialData = require('@vendure/create/assets/initial-data.json');
initialData.paymentMethods[0].handler.arguments[0].value = 'true';

populate(() => bootstrap(config), initialData, path.join(assets, 'products.csv'))
  .then(async app => {
    await app.get(JobQueueService).start();
    const database = app.get(TransactionalConnection).rawConnection;
    const open = "SELECT FROM job_record WHERE state IN ('PENDING', 'RUNNING', 'RETRYING')";
    while ((await database.query(open)).length > 0) await new Promise(resolve => setTimeout(resolve, 200));
    await app.close();
  })
  .then(
    () => process.exit(0),
    error => {
      console.error(error);
      process.exit(1);
    },
  );
