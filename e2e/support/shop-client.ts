import { GraphqlClient, type ClientOptions } from './graphql-client';
import type { OrError } from './results';
import * as documents from './shop-documents';
import { testEnv } from './test-env';

export interface OrderLine {
  id: string;
  quantity: number;
  linePriceWithTax: number;
  discountedLinePriceWithTax: number;
  productVariant: { id: string; sku: string; name: string };
}

export interface Order {
  __typename: 'Order';
  id: string;
  code: string;
  state: string;
  active: boolean;
  totalQuantity: number;
  subTotalWithTax: number;
  shippingWithTax: number;
  totalWithTax: number;
  couponCodes: string[];
  customer: { id: string; emailAddress: string } | null;
  shippingAddress: { fullName: string | null; streetLine1: string | null; countryCode: string | null } | null;
  lines: OrderLine[];
  discounts: { description: string; amountWithTax: number }[];
  payments: { id: string; state: string; amount: number; method: string }[] | null;
  fulfillments: { id: string; state: string; trackingCode: string | null }[] | null;
}

export interface Address {
  fullName?: string;
  streetLine1: string;
  city?: string;
  postalCode?: string;
  province?: string;
  countryCode: string;
  phoneNumber?: string;
}

export interface Variant {
  id: string;
  sku: string;
  name: string;
  priceWithTax: number;
  stockLevel: string;
}

export interface Product {
  id: string;
  slug: string;
  name: string;
  variants: Variant[];
}

export interface SearchResult {
  totalItems: number;
  items: { productId: string; productName: string; slug: string; productVariantId: string }[];
  facetValues: { count: number; facetValue: { id: string; name: string; facet: { name: string } } }[];
}

export interface SearchInput {
  term?: string;
  collectionSlug?: string;
  facetValueFilters?: { and?: string; or?: string[] }[];
  groupByProduct?: boolean;
  take?: number;
  skip?: number;
}

export interface Collection {
  id: string;
  slug: string;
  name: string;
  parent: { slug: string } | null;
}

export interface Registration {
  emailAddress: string;
  password?: string;
  firstName?: string;
  lastName?: string;
}

export type LoginResult = OrError<{ __typename: 'CurrentUser'; id: string; identifier: string }>;
export type SuccessResult = OrError<{ __typename: 'Success'; success: boolean }>;

/** A shopper: what a storefront does with the Shop API, in one session. */
export class ShopClient {
  readonly api: GraphqlClient;

  constructor(baseUrl = testEnv().baseUrl, options: ClientOptions = {}) {
    this.api = new GraphqlClient(`${baseUrl}/shop-api`, options);
  }

  async collections(): Promise<Collection[]> {
    const { collections } = await this.api.request<{ collections: { items: Collection[] } }>(
      documents.collections,
    );
    return collections.items;
  }

  async search(input: SearchInput): Promise<SearchResult> {
    const { search } = await this.api.request<{ search: SearchResult }>(documents.search, { input });
    return search;
  }

  /** The first products of the catalogue. */
  async productSlugs(take: number): Promise<string[]> {
    const { products } = await this.api.request<{ products: { items: { slug: string }[] } }>(
      documents.productSlugs,
      { take },
    );
    return products.items.map(({ slug }) => slug);
  }

  async product(slug: string): Promise<Product | null> {
    const { product } = await this.api.request<{ product: Product | null }>(documents.product, { slug });
    return product;
  }

  async activeOrder(): Promise<Order | null> {
    const { activeOrder } = await this.api.request<{ activeOrder: Order | null }>(documents.activeOrder);
    return activeOrder;
  }

  addItem(productVariantId: string, quantity: number): Promise<OrError<Order>> {
    return this.call('addItemToOrder', documents.addItem, { productVariantId, quantity });
  }

  adjustLine(orderLineId: string, quantity: number): Promise<OrError<Order>> {
    return this.call('adjustOrderLine', documents.adjustLine, { orderLineId, quantity });
  }

  removeLine(orderLineId: string): Promise<OrError<Order>> {
    return this.call('removeOrderLine', documents.removeLine, { orderLineId });
  }

  applyCoupon(couponCode: string): Promise<OrError<Order>> {
    return this.call('applyCouponCode', documents.applyCoupon, { couponCode });
  }

  setCustomer(input: { emailAddress: string; firstName: string; lastName: string }): Promise<OrError<Order>> {
    return this.call('setCustomerForOrder', documents.setCustomer, { input });
  }

  setShippingAddress(input: Address): Promise<OrError<Order>> {
    return this.call('setOrderShippingAddress', documents.setShippingAddress, { input });
  }

  async shippingMethods(): Promise<{ id: string; name: string; priceWithTax: number }[]> {
    const { eligibleShippingMethods } = await this.api.request<{
      eligibleShippingMethods: { id: string; name: string; priceWithTax: number }[];
    }>(documents.shippingMethods);
    return eligibleShippingMethods;
  }

  setShippingMethod(...ids: string[]): Promise<OrError<Order>> {
    return this.call('setOrderShippingMethod', documents.setShippingMethod, { ids });
  }

  async paymentMethods(): Promise<{ code: string; isEligible: boolean }[]> {
    const { eligiblePaymentMethods } = await this.api.request<{
      eligiblePaymentMethods: { code: string; isEligible: boolean }[];
    }>(documents.paymentMethods);
    return eligiblePaymentMethods;
  }

  transition(state: string): Promise<OrError<Order>> {
    return this.call('transitionOrderToState', documents.transition, { state });
  }

  pay(method: string, metadata: Record<string, unknown> = {}): Promise<OrError<Order>> {
    return this.call('addPaymentToOrder', documents.pay, { input: { method, metadata } });
  }

  async orderByCode(code: string): Promise<Order | null> {
    const { orderByCode } = await this.api.request<{ orderByCode: Order | null }>(documents.orderByCode, {
      code,
    });
    return orderByCode;
  }

  /** The signed-in customer's placed orders, newest first. */
  async orderHistory(): Promise<Order[]> {
    const { activeCustomer } = await this.api.request<{
      activeCustomer: { orders: { items: Order[] } } | null;
    }>(documents.orderHistory);
    if (activeCustomer === null) throw new Error('Nobody is signed in.');
    return activeCustomer.orders.items;
  }

  register(input: Registration): Promise<SuccessResult> {
    return this.call('registerCustomerAccount', documents.register, { input });
  }

  verify(token: string, password?: string): Promise<LoginResult> {
    return this.call('verifyCustomerAccount', documents.verify, { token, password });
  }

  login(username: string, password: string): Promise<LoginResult> {
    return this.call('login', documents.login, { username, password });
  }

  logout(): Promise<{ success: boolean }> {
    return this.call('logout', documents.logout);
  }

  requestPasswordReset(emailAddress: string): Promise<SuccessResult> {
    return this.call('requestPasswordReset', documents.requestPasswordReset, { emailAddress });
  }

  resetPassword(token: string, password: string): Promise<LoginResult> {
    return this.call('resetPassword', documents.resetPassword, { token, password });
  }

  createAddress(input: Address & { defaultShippingAddress?: boolean }): Promise<{ id: string }> {
    return this.call('createCustomerAddress', documents.createAddress, { input });
  }

  private async call<T>(field: string, document: string, variables?: Record<string, unknown>): Promise<T> {
    const data = await this.api.request<Record<string, T>>(document, variables);
    return data[field] as T;
  }
}
