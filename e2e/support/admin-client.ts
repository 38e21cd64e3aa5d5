import { GraphqlClient, type ClientOptions } from './graphql-client';
import * as documents from './admin-documents';
import { succeeded, type OrError } from './results';
import { STAFF } from './staff';
import { testEnv } from './test-env';
import { waitFor } from './wait-for';

export interface AdminOrder {
  id: string;
  code: string;
  state: string;
  totalWithTax: number;
  customer: { emailAddress: string } | null;
  lines: { id: string; quantity: number; orderPlacedQuantity: number; productVariant: { id: string } }[];
  payments: { id: string; state: string; amount: number; refunds: { id: string; state: string }[] }[];
  fulfillments: { id: string; state: string; trackingCode: string }[];
  nextStates: string[];
}

export interface PromotionInput {
  couponCode: string;
  /** Percent off the whole order. */
  percent: number;
  startsAt?: Date;
  endsAt?: Date;
}

interface StockLevel {
  stockLocationId: string;
  stockOnHand: number;
  stockAllocated: number;
}

interface LineQuantity {
  orderLineId: string;
  quantity: number;
}

/** A member of staff: what the Admin UI does with the Admin API. */
export class AdminClient {
  readonly api: GraphqlClient;

  constructor(baseUrl = testEnv().baseUrl, options?: ClientOptions) {
    this.api = new GraphqlClient(`${baseUrl}/admin-api`, options);
  }

  /** A client whose session belongs to the superadmin. */
  static async signedIn(baseUrl?: string, options?: ClientOptions): Promise<AdminClient> {
    const client = new AdminClient(baseUrl, options);
    succeeded(await client.login(STAFF.username, STAFF.password));
    return client;
  }

  login(username: string, password: string): Promise<OrError<{ __typename: 'CurrentUser'; id: string }>> {
    return this.call('login', documents.login, { username, password });
  }

  async findOrder(code: string): Promise<AdminOrder> {
    const { orders } = await this.api.request<{ orders: { items: AdminOrder[] } }>(documents.orderByCode, {
      code,
    });
    const [order] = orders.items;
    if (order === undefined) throw new Error(`Staff do not find the order ${code}.`);
    return order;
  }

  /** A paid order once its preparation has begun, which it does by itself. */
  whenInPreparation(code: string): Promise<AdminOrder> {
    return waitFor(
      async () => {
        const order = await this.findOrder(code);
        return order.state === 'Processing' ? order : undefined;
      },
      { what: `the preparation of ${code} to begin` },
    );
  }

  async settlePayment(id: string): Promise<{ id: string; state: string }> {
    return succeeded(
      await this.call<OrError<{ id: string; state: string }>>('settlePayment', documents.settle, { id }),
    );
  }

  async fulfill(lines: LineQuantity[], trackingCode: string): Promise<{ id: string; state: string }> {
    const input = {
      lines,
      handler: {
        code: 'manual-fulfillment',
        arguments: [
          { name: 'method', value: 'Post' },
          { name: 'trackingCode', value: trackingCode },
        ],
      },
    };
    return succeeded(
      await this.call<OrError<{ id: string; state: string }>>('addFulfillmentToOrder', documents.fulfill, {
        input,
      }),
    );
  }

  async moveFulfillment(id: string, state: string): Promise<{ id: string; state: string }> {
    return succeeded(
      await this.call<OrError<{ id: string; state: string }>>(
        'transitionFulfillmentToState',
        documents.moveFulfillment,
        { id, state },
      ),
    );
  }

  cancelOrder(
    orderId: string,
    lines?: LineQuantity[],
  ): Promise<OrError<{ __typename: 'Order'; state: string }>> {
    return this.call('cancelOrder', documents.cancel, {
      input: { orderId, lines, reason: 'asked by the customer', cancelShipping: true },
    });
  }

  refund(paymentId: string, amount: number): Promise<OrError<{ id: string; state: string; total: number }>> {
    return this.call('refundOrder', documents.refund, {
      input: { paymentId, amount, lines: [], shipping: 0, adjustment: 0, reason: 'asked by the customer' },
    });
  }

  async createPromotion({ couponCode, percent, startsAt, endsAt }: PromotionInput): Promise<string> {
    const input = {
      enabled: true,
      couponCode,
      startsAt,
      endsAt,
      translations: [{ languageCode: 'en', name: couponCode }],
      conditions: [],
      actions: [
        { code: 'order_percentage_discount', arguments: [{ name: 'discount', value: String(percent) }] },
      ],
    };
    const promotion = succeeded(
      await this.call<OrError<{ id: string }>>('createPromotion', documents.createPromotion, { input }),
    );
    return promotion.id;
  }

  /** Adds a method of the dummy card provider. Gives its code. */
  async createPaymentMethod({ automaticSettle }: { automaticSettle: boolean }): Promise<string> {
    const code = `e2e-${Date.now()}`;
    const input = {
      code,
      enabled: true,
      handler: {
        code: 'dummy-payment-handler',
        arguments: [{ name: 'automaticSettle', value: String(automaticSettle) }],
      },
      translations: [{ languageCode: 'en', name: code }],
    };
    await this.api.request(documents.createPaymentMethod, { input });
    return code;
  }

  /** Makes a channel with the settings of this client's. Gives its id, and the token that requests to it bear. */
  async createChannel(code: string): Promise<{ id: string; token: string }> {
    const { activeChannel } = await this.api.request<{
      activeChannel: Record<'defaultTaxZone' | 'defaultShippingZone', { id: string }> &
        Record<string, unknown>;
    }>(`{ activeChannel {
      defaultLanguageCode defaultCurrencyCode pricesIncludeTax defaultTaxZone { id } defaultShippingZone { id }
    } }`);
    const { defaultTaxZone, defaultShippingZone, ...settings } = activeChannel;
    const token = `${code}-token`;
    const { createChannel } = await this.api.request<{
      createChannel: OrError<{ id: string; __typename: string }>;
    }>(
      `mutation ($input: CreateChannelInput!) {
         createChannel(input: $input) { __typename ... on Channel { id } ... on ErrorResult { errorCode message } } }`,
      {
        input: {
          ...settings,
          code,
          token,
          defaultTaxZoneId: defaultTaxZone.id,
          defaultShippingZoneId: defaultShippingZone.id,
        },
      },
    );
    return { id: succeeded(createChannel).id, token };
  }

  /** How many of a variant can be sold. */
  async available(variantId: string): Promise<number> {
    const levels = await this.stockLevels(variantId);
    return levels.reduce((sum, level) => sum + level.stockOnHand - level.stockAllocated, 0);
  }

  /** Sets how many of a variant can be sold: all at the first stock location, nothing at the others. */
  async setAvailable(variantId: string, quantity: number): Promise<void> {
    const levels = await this.stockLevels(variantId);
    const stockLevels = levels.map((level, index) => ({
      stockLocationId: level.stockLocationId,
      stockOnHand: level.stockAllocated + (index === 0 ? quantity : 0),
    }));
    const input = {
      id: variantId,
      trackInventory: 'TRUE',
      useGlobalOutOfStockThreshold: false,
      outOfStockThreshold: 0,
      stockLevels,
    };
    await this.api.request(documents.updateVariant, { input: [input] });
  }

  private async stockLevels(id: string): Promise<StockLevel[]> {
    const { productVariant } = await this.api.request<{ productVariant: { stockLevels: StockLevel[] } }>(
      documents.stockLevels,
      { id },
    );
    return productVariant.stockLevels;
  }

  /** Rebuilds the search index and waits until it is done. */
  async reindex(): Promise<void> {
    const { id } = await this.call<{ id: string }>('reindex', documents.reindex);
    await waitFor(
      async () => {
        const { job } = await this.api.request<{ job: { state: string; error: unknown } | null }>(
          documents.job,
          { id },
        );
        if (job?.state === 'FAILED' || job?.state === 'CANCELLED') {
          throw new Error(`The search index was not built: ${JSON.stringify(job.error)}`);
        }
        return job?.state === 'COMPLETED' ? true : undefined;
      },
      { what: 'the search index', timeoutMs: 60_000 },
    );
  }

  private async call<T>(field: string, document: string, variables?: Record<string, unknown>): Promise<T> {
    const data = await this.api.request<Record<string, T>>(document, variables);
    return data[field] as T;
  }
}
