import { launchShop, type LaunchedShop } from '../launch';
import { cloneTemplate, dropDatabase } from '../template';
import { testEnv } from '../test-env';

export interface TwoServers {
  baseUrls: string[];
  database: string;
  stop(): Promise<void>;
}

/** Two shops, each a server and a worker, on one new database: what one process knows, the other does not. */
export async function startTwoServers(purpose: string, env: Record<string, string>): Promise<TwoServers> {
  const around = testEnv();
  const database = await cloneTemplate(around.postgresUrl, around.templateDatabase, purpose);
  const started = await Promise.allSettled([0, 1].map(() => launchShop(around, { database, env })));
  const shops = started
    .filter((result): result is PromiseFulfilledResult<LaunchedShop> => result.status === 'fulfilled')
    .map(({ value }) => value);
  const stop = async () => {
    await Promise.all(shops.map(shop => shop.stop()));
    await dropDatabase(around.postgresUrl, database);
  };
  const failed = started.find(result => result.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  return { baseUrls: shops.map(({ baseUrl }) => baseUrl), database, stop };
}
