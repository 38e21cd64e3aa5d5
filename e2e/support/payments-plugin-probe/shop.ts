import { AdminClient } from '../admin-client';
import { Cleanup } from '../cleanup';
import { launchShop, type LaunchedShop } from '../launch';
import { built } from '../paths';
import { BraintreeBackend } from '../payments/braintree-backend';
import { FaultProxy } from '../payments/fault-proxy';
import { mollieStage, type MollieStage } from '../payments/mollie-stage';
import { stripeStage, type StripeStage } from '../payments/stripe-stage';
import { ShopClient } from '../shop-client';
import { variantsInStock } from '../shopping';
import { cloneTemplate, dropDatabase } from '../template';
import { testEnv } from '../test-env';

/** A shop of its own with the three handlers of `@vendure/payments-plugin`, whose providers the test plays. */
export interface PluginShop {
  readonly shop: LaunchedShop;
  readonly database: string;
  readonly admin: AdminClient;
  /** A variant of which 1,000 can be sold, and one of which staff may take all. */
  readonly variantId: string;
  readonly scarceId: string;
  /** Where localstripe is. */
  readonly stripe: StripeStage | undefined;
  readonly mollie: MollieStage;
  readonly mollieMethodId: string;
  readonly braintree: { readonly backend: BraintreeBackend; readonly proxy: FaultProxy };
  stop(): Promise<void>;
}

const UNITS = 1_000;

export async function startPluginShop(purpose: string): Promise<PluginShop> {
  const around = testEnv();
  const cleanup = new Cleanup();
  try {
    const stripe = around.localstripeUrl === undefined ? undefined : await stripeStage(around.localstripeUrl);
    cleanup.add('Stripe', () => stripe?.close());
    const mollie = await mollieStage();
    cleanup.add('Mollie', () => mollie.close());
    const backend = new BraintreeBackend({
      merchantId: 'the-merchant',
      publicKey: 'public',
      privateKey: 'private',
    });
    const proxy = new FaultProxy(backend);
    await proxy.up(0);
    cleanup.add('Braintree', () => proxy.stop());
    const database = await cloneTemplate(around.postgresUrl, around.templateDatabase, purpose);
    cleanup.add('the database', () => dropDatabase(around.postgresUrl, database));
    const shop = await launchShop(around, {
      database,
      env: {
        PAYMENTS_PLUGIN_HANDLERS: 'stripe, mollie, braintree',
        MOLLIE_API_URL: `${mollie.proxy.url}/v2/`,
        BRAINTREE_API_URL: proxy.url,
        ...(stripe === undefined ? {} : { STRIPE_API_URL: stripe.proxy.url }),
        NODE_OPTIONS: `--require=${built('e2e/support/payments-plugin-probe/redirect-mollie.js')}`,
      },
    });
    cleanup.add('the shop', () => shop.stop());
    const admin = await AdminClient.signedIn(shop.baseUrl);
    const [variant, scarce] = await variantsInStock(new ShopClient(shop.baseUrl), 2);
    await admin.setAvailable(variant!.id, UNITS);
    await paymentMethod(admin, 'by-stripe', 'stripe', {
      apiKey: stripe?.apiKey ?? 'sk_test_none',
      webhookSecret: stripe?.webhookSecret ?? 'whsec_none',
    });
    const mollieMethodId = await paymentMethod(admin, 'by-mollie', 'mollie-payment-handler', {
      apiKey: mollie.apiKey,
      redirectUrl: 'https://shop.example/thanks',
    });
    await paymentMethod(admin, 'by-braintree', 'braintree', { ...backend.account });
    return {
      shop,
      database,
      admin,
      variantId: variant!.id,
      scarceId: scarce!.id,
      stripe,
      mollie,
      mollieMethodId,
      braintree: { backend, proxy },
      stop: () => cleanup.run(),
    };
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

/** @returns its id, as the server's addresses have it */
async function paymentMethod(
  admin: AdminClient,
  code: string,
  handler: string,
  args: Record<string, string>,
): Promise<string> {
  const { method } = await admin.api.request<{ method: { id: string } }>(
    `mutation ($input: CreatePaymentMethodInput!) { method: createPaymentMethod(input: $input) { id } }`,
    {
      input: {
        code,
        enabled: true,
        handler: {
          code: handler,
          arguments: Object.entries(args).map(([name, value]) => ({ name, value })),
        },
        translations: [{ languageCode: 'en', name: code }],
      },
    },
  );
  return method.id;
}
