import { AdminClient } from '../admin-client';
import { launchShop, type LaunchedShop } from '../launch';
import { ShopClient } from '../shop-client';
import { variantsInStock } from '../shopping';
import { cloneTemplate, dropDatabase } from '../template';
import { testEnv } from '../test-env';
import { FakeGateway } from './fake-gateway';
import { routedMethod } from './payments';

/** A shop of its own, whose two payment providers are the test's gateway. */
export interface PaymentsShop {
  readonly gateway: FakeGateway;
  readonly database: string;
  readonly shop: LaunchedShop;
  readonly admin: AdminClient;
  /** A variant of which 5,000 can be sold. */
  readonly variantId: string;
  /** The codes of the payment methods that are routed: one takes the money at once, one reserves it. */
  readonly automatic: string;
  readonly manual: string;
  stop(): Promise<void>;
}

const UNITS = 5_000;

/** @param env what differs from the variables of other shops */
export async function startPaymentsShop(
  purpose: string,
  env: Record<string, string> = {},
): Promise<PaymentsShop> {
  const around = testEnv();
  const gateway = await FakeGateway.start();
  const database = await cloneTemplate(around.postgresUrl, around.templateDatabase, purpose);
  let shop: LaunchedShop | undefined;
  const stop = async () => {
    await shop?.stop();
    await gateway.stop();
    await dropDatabase(around.postgresUrl, database);
  };
  try {
    shop = await launchShop(around, {
      database,
      // Its guests pay by the hundred, which is what fraud looks like.
      env: { PROBE_GATEWAY_URL: gateway.url, FRAUD_SCORING: 'false', ...env },
      scripts: {
        server: 'e2e/support/payments-probe/server.js',
        worker: 'e2e/support/payments-probe/worker.js',
      },
    });
    const admin = await AdminClient.signedIn(shop.baseUrl);
    const [variant] = await variantsInStock(new ShopClient(shop.baseUrl), 1);
    const variantId = variant!.id;
    await admin.setAvailable(variantId, UNITS);
    const automatic = await routedMethod(admin, 'automatic');
    const manual = await routedMethod(admin, 'manual');
    return { gateway, database, shop, admin, variantId, automatic, manual, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
