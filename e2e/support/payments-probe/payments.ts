import { type AdminClient } from '../admin-client';
import type { OrError } from '../results';
import { ShopClient } from '../shop-client';
import { fillIn, newEmail } from '../shopping';
import { succeeded } from '../results';
import { query } from '../sql';
import type { FakeGateway, Fault, GatewayRequest } from './fake-gateway';
import type { PaymentsShop } from './shop';

export interface Paid {
  __typename: string;
  id?: string;
  code?: string;
  state?: string;
  totalWithTax?: number;
  errorCode?: string;
  message?: string;
  problem?: string;
  paymentErrorMessage?: string;
}

/** Pays with the method that is routed; gives whatever the shop answers. */
export async function pay(
  shop: ShopClient,
  method: string,
  metadata: Record<string, unknown> = {},
): Promise<Paid> {
  const { result } = await shop.api.request<{ result: Paid }>(
    `mutation ($input: PaymentInput!) { result: addPaymentToOrder(input: $input) {
       __typename
       ... on Order { id code state totalWithTax }
       ... on ErrorResult { errorCode message }
       ... on PaymentInputError { problem }
       ... on PaymentDeclinedError { paymentErrorMessage }
     } }`,
    { input: { method, metadata } },
  );
  return result;
}

export interface Initiated extends Paid {
  provider?: string;
  status?: string;
  clientSecret?: string | null;
}

/** Starts a payment that the browser confirms. */
export async function initiate(
  shop: ShopClient,
  input: { method: string; [field: string]: unknown },
): Promise<Initiated> {
  const { result } = await shop.api.request<{ result: Initiated }>(
    `mutation ($input: InitiatePaymentInput!) { result: initiatePayment(input: $input) {
       __typename ... on InitiatedPayment { id provider status clientSecret } ... on ErrorResult { errorCode message }
     } }`,
    { input },
  );
  return result;
}

/** A guest at the payment step, with one unit of a variant. */
export async function guestAtPayment(
  baseUrl: string,
  variantId: string,
  name = 'payer',
  quantity = 1,
): Promise<ShopClient> {
  const shop = new ShopClient(baseUrl, { timeoutMs: 60_000 });
  succeeded(await shop.addItem(variantId, quantity));
  await fillIn(shop, newEmail(name));
  succeeded(await shop.transition('ArrangingPayment'));
  return shop;
}

export interface PaidOrder extends Paid {
  id: string;
  code: string;
  totalWithTax: number;
}

/** A guest's order, paid with a method that is routed. */
export async function payRouted(
  { shop, variantId }: Pick<PaymentsShop, 'variantId'> & { shop: { baseUrl: string } },
  method: string,
  quantity = 1,
  token = 'tok',
): Promise<PaidOrder> {
  const result = await pay(await guestAtPayment(shop.baseUrl, variantId, 'payer', quantity), method, {
    token,
  });
  if (result.__typename !== 'Order') throw new Error(`The order was not paid: ${JSON.stringify(result)}`);
  return result as PaidOrder;
}

/** Lets one request of an operation go wrong, the first that comes. */
export function failOnce(
  gateway: FakeGateway,
  operation: GatewayRequest['operation'],
  fault: Fault,
  delayMs?: number,
): void {
  let done = false;
  gateway.plan = request => {
    if (done || request.operation !== operation) return undefined;
    done = true;
    return { fault, delayMs };
  };
}

/** The id of a shopper's cart; empty while there is none. */
export async function activeId(shop: ShopClient): Promise<string> {
  return (await shop.activeOrder())?.id ?? '';
}

/** A payment method whose provider is chosen by the routing. Gives its code. */
export async function routedMethod(
  admin: AdminClient,
  captureMethod: 'automatic' | 'manual',
): Promise<string> {
  const code = `routed-${captureMethod}`;
  await admin.api.request(
    `mutation ($input: CreatePaymentMethodInput!) { createPaymentMethod(input: $input) { id } }`,
    {
      input: {
        code,
        enabled: true,
        handler: { code: 'payment-gateway', arguments: [{ name: 'captureMethod', value: captureMethod }] },
        translations: [{ languageCode: 'en', name: code }],
      },
    },
  );
  return code;
}

/**
 * Sends all payments to the first provider, with the second one to fall back on, or takes that rule away; `both` of them
 * share the orders, each the other's fallback.
 */
export async function routeWithFailover(admin: AdminClient, failover: boolean | 'both'): Promise<void> {
  const { paymentRouting } = await admin.api.request<{ paymentRouting: { version: number } }>(
    '{ paymentRouting { version } }',
  );
  const rule = {
    id: 'all',
    name: 'All payments',
    enabled: true,
    when: {},
    to: [
      { provider: 'first', weight: 1 },
      ...(failover === 'both' ? [{ provider: 'second', weight: 1 }] : []),
    ],
    failover: [...(failover === 'both' ? ['first'] : []), 'second'],
  };
  const { result } = await admin.api.request<{ result: { __typename: string } }>(
    `mutation ($input: SavePaymentRoutingInput!) { result: savePaymentRouting(input: $input) { __typename } }`,
    { input: { baseVersion: paymentRouting.version, rules: failover === false ? [] : [rule] } },
  );
  if (result.__typename !== 'PaymentRouting') throw new Error(result.__typename);
}

export interface AttemptRow {
  id: string;
  kind: string;
  status: string;
  disposition: string;
  provider: string;
  amount: number;
  reference: string;
  failureCode: string | null;
  blocking: boolean;
}

/** The ledger of an order, the oldest first. */
export function attempts(database: string, orderId: string): Promise<AttemptRow[]> {
  return query<AttemptRow>(
    `SELECT id::text, kind, status, disposition, provider, amount, reference, "failureCode", blocking
     FROM payment_attempt WHERE "orderId" = $1 ORDER BY payment_attempt.id`,
    [orderId],
    database,
  );
}

export interface StaffAnswer {
  __typename: string;
  id?: string;
  state?: string;
  total?: number;
  message?: string;
}

/** What staff do with a payment; gives whatever the shop answers. */
export async function staffDoes(
  admin: AdminClient,
  operation: 'settlePayment' | 'cancelPayment',
  id: string,
): Promise<StaffAnswer> {
  const { result } = await admin.api.request<{ result: StaffAnswer }>(
    `mutation ($id: ID!) { result: ${operation}(id: $id) {
       __typename ... on Payment { id state } ... on ErrorResult { message } } }`,
    { id },
  );
  return result;
}

/** Takes a part of a reserved payment. */
export async function capture(
  admin: AdminClient,
  paymentId: string,
  amount: number,
): Promise<StaffAnswer & { amount?: number; maximumCapturable?: number }> {
  const { result } = await admin.api.request<{ result: StaffAnswer }>(
    `mutation ($input: CapturePaymentInput!) { result: capturePayment(input: $input) {
       __typename
       ... on Payment { id state amount }
       ... on ErrorResult { message }
       ... on CaptureAmountError { maximumCapturable }
     } }`,
    { input: { paymentId, amount } },
  );
  return result;
}

export interface PaymentRow {
  id: string;
  state: string;
  amount: number;
}

/** The newest payment of an order. */
export async function paymentOf(database: string, orderId: string): Promise<PaymentRow> {
  const [row] = await query<PaymentRow>(
    'SELECT id::text, state, amount FROM payment WHERE "orderId" = $1 ORDER BY id DESC LIMIT 1',
    [orderId],
    database,
  );
  if (row === undefined) throw new Error(`Order ${orderId} has no payment.`);
  return row;
}

/** Core's refunds of a payment, the oldest first. */
export function refundsOf(database: string, paymentId: string): Promise<{ state: string; total: number }[]> {
  return query('SELECT state, total FROM refund WHERE "paymentId" = $1 ORDER BY id', [paymentId], database);
}

export async function refund(admin: AdminClient, paymentId: string, amount: number): Promise<StaffAnswer> {
  const { result } = await admin.api.request<{ result: OrError<StaffAnswer> }>(
    `mutation ($input: RefundOrderInput!) { result: refundOrder(input: $input) {
       __typename ... on Refund { id state total } ... on ErrorResult { message } } }`,
    { input: { paymentId, amount, lines: [], shipping: 0, adjustment: 0, reason: 'asked by the customer' } },
  );
  return result;
}
