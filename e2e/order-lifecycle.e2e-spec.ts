import { AdminClient } from './support/admin-client';
import { guestWith, paidOrder, stockOf, StockStaff } from './support/inventory';
import { launchShop, type LaunchedShop } from './support/launch';
import { LifecycleStaff } from './support/lifecycle';
import { succeeded } from './support/results';
import { ShopClient } from './support/shop-client';
import { ADDRESS, chooseShipping, newEmail, paymentMethod, variantsInStock } from './support/shopping';
import { query } from './support/sql';
import { cloneTemplate, dropDatabase } from './support/template';
import { testEnv } from './support/test-env';
import { waitFor } from './support/wait-for';

let database: string;
let shop: LaunchedShop;
let admin: AdminClient;
let staff: LifecycleStaff;
let stock: StockStaff;
let method: string;
let first: string;
let second: string;

beforeAll(async () => {
  const env = testEnv();
  database = await cloneTemplate(env.postgresUrl, env.templateDatabase, 'lifecycle');
  const script = (part: string) => `e2e/support/lifecycle-probe/${part}.js`;
  shop = await launchShop(env, { database, scripts: { server: script('server'), worker: script('worker') } });
  admin = await AdminClient.signedIn(shop.baseUrl);
  staff = new LifecycleStaff(admin);
  stock = new StockStaff(admin, database);
  [first = '', second = ''] = (await variantsInStock(new ShopClient(shop.baseUrl), 2)).map(({ id }) => id);
  for (const id of [first, second]) await stock.startWith(id, 200);
  method = await paymentMethod(await guestWith(first, 1, shop.baseUrl));
}, 180_000);

afterAll(async () => {
  await shop?.stop();
  if (database !== undefined) await dropDatabase(testEnv().postgresUrl, database);
}, 60_000);

const buy = (items: Record<string, number> = { [first]: 1 }) => paidOrder(items, method, shop.baseUrl);

function setStart(start: 'automatic' | 'manual'): Promise<unknown> {
  return admin.api.request(
    `mutation($input: UpdateChannelInput!) { updateChannel(input: $input) { __typename } }`,
    { input: { id: '1', customFields: { fulfillmentStart: start } } },
  );
}

describe('the way of an order', () => {
  it('goes from the cart to the delivery, and says who made each step', async () => {
    const guest = await guestWith(first, 2, shop.baseUrl);
    const ask = '{ activeOrder { lifecycleStatus statusHistory { status trigger } } }';
    expect(await guest.api.request(ask)).toEqual({
      activeOrder: { lifecycleStatus: 'pending', statusHistory: [{ status: 'pending', trigger: 'create' }] },
    });
    succeeded(await guest.transition('ArrangingPayment'));
    const { id, code } = succeeded(await guest.pay(method));
    await staff.whenIs(id, 'processing');

    const picked = await staff.fire(id, 'items_picked', { note: 'By Bob, shelf 4' });
    expect(picked).toMatchObject({ state: 'ReadyToShip', lifecycleStatus: 'ready_to_ship' });
    const sent = await staff.fire(id, 'package_dispatched', { note: 'On its way!', notePublic: true });
    expect(sent).toMatchObject({ state: 'Shipped', lifecycleStatus: 'shipped' });
    expect(await staff.fire(id, 'delivery_confirmed')).toMatchObject({ state: 'Delivered' });

    const order = await staff.order(id);
    expect(order.statusHistory.map(({ status, trigger, actor }) => [status, trigger, actor.kind])).toEqual([
      ['pending', 'create', 'system'],
      ['payment_pending', 'initiate_payment', 'customer'],
      ['payment_confirmed', 'payment_success', 'customer'],
      ['processing', 'start_fulfillment', 'system'],
      ['ready_to_ship', 'items_picked', 'staff'],
      ['shipped', 'package_dispatched', 'staff'],
      ['delivered', 'delivery_confirmed', 'staff'],
    ]);
    expect(order.fulfillments).toMatchObject([{ state: 'Delivered', lines: [{ quantity: 2 }] }]);
    expect(Date.parse(order.fulfillments[0]?.customFields.deliveredAt ?? '')).toBeGreaterThan(0);
    expect(order.pickLists.map(({ state }) => state)).toEqual(['picked']);

    // The shopper reads what is meant for them, and not who works in the warehouse.
    const seen = await guest.api.request<{
      orderByCode: { lifecycleStatus: string; statusHistory: { notes: string | null; actor: object }[] };
    }>(
      `query($code: String!) {
        orderByCode(code: $code) { lifecycleStatus statusHistory { notes actor { kind userId } } }
      }`,
      { code },
    );
    expect(seen.orderByCode.lifecycleStatus).toBe('delivered');
    expect(seen.orderByCode.statusHistory.flatMap(({ notes }) => notes ?? [])).toEqual(['On its way!']);
    expect(seen.orderByCode.statusHistory[4]?.actor).toEqual({ kind: 'staff', userId: null });
  });

  it('is known of orders that were placed before the shop kept it', async () => {
    const [old] = await query<{ id: string }>(
      `SELECT id::text AS id FROM "order" WHERE state = 'Delivered' ORDER BY id LIMIT 1`,
      [],
      database,
    );
    const order = await staff.order(old?.id ?? '');
    expect(order.lifecycleStatus).toBe('delivered');
    expect(order.statusHistory.map(({ status }) => status)).toEqual([
      'pending',
      'payment_pending',
      'payment_confirmed',
      'shipped',
      'delivered',
    ]);
  });

  it('can be searched for by staff', async () => {
    const { id } = await buy();
    await staff.whenIs(id, 'processing');
    const { orders } = await admin.api.request<{ orders: { items: { id: string }[] } }>(
      `{ orders(options: { filter: { lifecycleStatus: { eq: "processing" } } }) { items { id } } }`,
    );
    expect(orders.items.map(item => item.id)).toContain(id);
  });
});

describe('what may not happen', () => {
  it.each([
    ['package_dispatched', 'a step that comes later'],
    ['start_fulfillment', 'a step that was made already'],
    ['payment_authorized', 'what only the platform does'],
    ['teleport', 'what nobody knows'],
  ])('%s: %s, is refused with what is possible', async trigger => {
    const { id } = await buy();
    const before = await staff.whenIs(id, 'processing');
    expect(await staff.fire(id, trigger)).toMatchObject({
      __typename: 'InvalidTransitionError',
      from: 'processing',
      trigger,
      allowed: ['items_picked', 'cancel'],
      message: `${trigger} cannot be fired on an order that is processing. Possible now: items_picked, cancel.`,
    });
    expect((await staff.order(id)).statusHistory).toEqual(before.statusHistory);
  });

  it('refuses what was asked of an order as it was before', async () => {
    const { id } = await buy();
    await staff.whenIs(id, 'processing');
    expect(await staff.fire(id, 'cancel', { ifStatus: 'payment_confirmed' })).toMatchObject({
      __typename: 'InvalidTransitionError',
      from: 'processing',
    });
    expect((await staff.order(id)).state).toBe('Processing');
  });

  it('moves an order once when two ask at the same time', async () => {
    const { id } = await buy();
    await staff.whenIs(id, 'processing');
    const answers = await Promise.all([1, 2, 3].map(() => staff.fire(id, 'items_picked')));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
      'InvalidTransitionError',
      'InvalidTransitionError',
      'Order',
    ]);
    const { statusHistory } = await staff.order(id);
    expect(statusHistory.filter(({ trigger }) => trigger === 'items_picked')).toHaveLength(1);
  });

  it('refuses a note that is too long, and an order that does not exist', async () => {
    const { id } = await buy();
    await expect(staff.fire(id, 'cancel', { note: 'x'.repeat(1_001) })).rejects.toThrow(
      /1 to 1000 characters/,
    );
    await expect(staff.fire('999999', 'cancel')).rejects.toThrow(/999999/);
    await expect(staff.triggers('999999')).rejects.toThrow(/999999/);
  });

  it('does not send what is not there', async () => {
    await stock.startWith(second, 1);
    await admin.api.request(
      `mutation($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { __typename } }`,
      { input: [{ id: second, useGlobalOutOfStockThreshold: false, outOfStockThreshold: -5 }] },
    );
    const { id } = await buy({ [second]: 3 });
    await staff.whenIs(id, 'processing');
    const refused = await staff.fire(id, 'items_picked');
    expect(refused).toMatchObject({ __typename: 'ConditionNotMetError', condition: 'all_items_available' });
    expect(refused.reason).toMatch(/^Not allocated to any location yet: 2 × /);
    const items = (await staff.triggers(id)).find(({ trigger }) => trigger === 'items_picked');
    expect(items).toMatchObject({ possible: false, reasons: [{ code: 'all_items_available' }] });

    // The rest comes in: it is listed, and nobody has to do anything for it.
    await stock.startWith(second, 200);
    await waitFor(
      async () => {
        const picked = (await staff.triggers(id)).find(({ trigger }) => trigger === 'items_picked');
        return picked?.possible === true ? true : undefined;
      },
      { what: 'the rest to be assigned' },
    );
    expect(await staff.fire(id, 'items_picked')).toMatchObject({ lifecycleStatus: 'ready_to_ship' });
  });

  it('waits for whoever holds the order back, on every way', async () => {
    const guest = new ShopClient(shop.baseUrl);
    succeeded(await guest.addItem(first, 1));
    succeeded(
      await guest.setCustomer({ emailAddress: newEmail('held'), firstName: 'Held', lastName: 'Byron' }),
    );
    succeeded(await guest.setShippingAddress(ADDRESS));
    await chooseShipping(guest);
    succeeded(await guest.transition('ArrangingPayment'));
    const { id } = succeeded(await guest.pay(method));

    const refusal = { __typename: 'ConditionNotMetError', condition: 'probe_review' };
    expect(await staff.fire(id, 'start_fulfillment')).toMatchObject(refusal);
    const [line] = (await staff.order(id)).lines;
    await expect(admin.fulfill([{ orderLineId: line!.id, quantity: 1 }], 'T')).rejects.toThrow(
      /The probe looks at it/,
    );
    expect(await staff.order(id)).toMatchObject({ state: 'PaymentSettled', fulfillments: [] });

    await admin.api.request('mutation($id: ID!) { probeClear(orderId: $id) }', { id });
    await staff.whenIs(id, 'processing');
  });

  it('shows a customer no trigger, and their order to nobody else', async () => {
    const guest = new ShopClient(shop.baseUrl);
    const answer = await guest.api.send('{ orderTriggers(orderId: 1) { trigger } }');
    expect(answer.errors[0]?.message).toMatch(/Cannot query field/);
  });
});

describe('core’s own ways', () => {
  it('begin the preparation of an order that nobody has begun', async () => {
    await setStart('manual');
    const { id } = await buy({ [first]: 1 });
    const [line] = (await staff.order(id)).lines;
    const parcel = await admin.fulfill([{ orderLineId: line!.id, quantity: 1 }], 'BY-HAND');
    expect((await staff.order(id)).lifecycleStatus).toBe('processing');
    await admin.moveFulfillment(parcel.id, 'Shipped');
    await admin.moveFulfillment(parcel.id, 'Delivered');
    const order = await staff.order(id);
    expect(order.statusHistory.slice(-3).map(({ status, trigger }) => [status, trigger])).toEqual([
      ['processing', 'start_fulfillment'],
      ['shipped', 'package_dispatched'],
      ['delivered', 'delivery_confirmed'],
    ]);
    expect(order.fulfillments[0]).toMatchObject({ trackingCode: 'BY-HAND' });
    await setStart('automatic');
  });

  it('follow the least advanced line of an order that is sent in parts', async () => {
    const { id } = await buy({ [first]: 3, [second]: 1 });
    await staff.whenIs(id, 'processing');
    await staff.fire(id, 'items_picked');
    const { lines } = await staff.order(id);
    const parcels: string[] = [];
    for (const { id: orderLineId, quantity } of lines) {
      parcels.push((await admin.fulfill([{ orderLineId, quantity }], '')).id);
    }
    const [one = '', two = ''] = parcels;
    await admin.moveFulfillment(one, 'Shipped');
    expect(await staff.order(id)).toMatchObject({
      state: 'PartiallyShipped',
      lifecycleStatus: 'ready_to_ship',
    });
    await admin.moveFulfillment(one, 'Delivered');
    expect(await staff.order(id)).toMatchObject({
      state: 'PartiallyDelivered',
      lifecycleStatus: 'ready_to_ship',
    });
    await admin.moveFulfillment(two, 'Shipped');
    // Core has no state for it.
    expect(await staff.order(id)).toMatchObject({ state: 'PartiallyDelivered', lifecycleStatus: 'shipped' });
    expect(await staff.fire(id, 'delivery_confirmed')).toMatchObject({ lifecycleStatus: 'delivered' });
  });

  it('let what is left be shipped when the rest is cancelled', async () => {
    const { id } = await buy({ [first]: 2, [second]: 1 });
    await staff.whenIs(id, 'processing');
    const { lines } = await staff.order(id);
    const sent = lines.find(line => line.productVariant.id === first)!;
    const rest = lines.find(line => line.productVariant.id === second)!;
    const before = await stockOf(second, database);
    const parcel = await admin.fulfill([{ orderLineId: sent.id, quantity: 2 }], '');
    await admin.moveFulfillment(parcel.id, 'Shipped');
    expect((await staff.order(id)).lifecycleStatus).toBe('processing');
    succeeded(await admin.cancelOrder(id, [{ orderLineId: rest.id, quantity: 1 }]));
    expect(await staff.order(id)).toMatchObject({ state: 'Shipped', lifecycleStatus: 'shipped' });
    expect(await stockOf(second, database)).toMatchObject({ allocated: before.allocated - 1 });
  });

  it('take an order back to the warehouse when its parcel is cancelled', async () => {
    const { id } = await buy({ [first]: 1 });
    await staff.whenIs(id, 'processing');
    await staff.fire(id, 'items_picked');
    await staff.fire(id, 'package_dispatched');
    const [parcel] = (await staff.order(id)).fulfillments;
    await admin.moveFulfillment(parcel!.id, 'Cancelled');
    const back = await staff.order(id);
    expect(back.lifecycleStatus).toBe('processing');
    // The goods are off the shelf already, and need a new parcel.
    expect(back.pickLists.map(({ state }) => state)).toEqual(['picked']);
    expect(await staff.fire(id, 'items_picked')).toMatchObject({ lifecycleStatus: 'ready_to_ship' });
    expect(await staff.fire(id, 'package_dispatched')).toMatchObject({ lifecycleStatus: 'shipped' });
    const again = await staff.order(id);
    expect(again.fulfillments.map(({ state }) => state).sort()).toEqual(['Cancelled', 'Shipped']);
  });

  it('send two parcels again when both were cancelled, and find nothing to send after that', async () => {
    const { id } = await buy({ [first]: 1, [second]: 1 });
    await staff.whenIs(id, 'processing');
    const { lines } = await staff.order(id);
    for (const { id: orderLineId } of lines) {
      const parcel = await admin.fulfill([{ orderLineId, quantity: 1 }], '');
      await admin.moveFulfillment(parcel.id, 'Shipped');
    }
    for (const { id: parcelId } of (await staff.order(id)).fulfillments) {
      await admin.moveFulfillment(parcelId, 'Cancelled');
    }
    await staff.fire(id, 'items_picked');
    for (const { id: orderLineId } of lines) await admin.fulfill([{ orderLineId, quantity: 1 }], '');
    expect(await staff.fire(id, 'package_dispatched')).toMatchObject({ lifecycleStatus: 'shipped' });
    expect(await staff.fire(id, 'delivery_confirmed')).toMatchObject({ lifecycleStatus: 'delivered' });
  });

  it('leave the parcels of an order that has ended as they are', async () => {
    const { id } = await buy({ [first]: 1 });
    await staff.whenIs(id, 'processing');
    const [line] = (await staff.order(id)).lines;
    const parcel = await admin.fulfill([{ orderLineId: line!.id, quantity: 1 }], '');
    succeeded(await admin.cancelOrder(id));
    const before = await stockOf(first, database);
    await expect(admin.moveFulfillment(parcel.id, 'Cancelled')).rejects.toThrow(
      /its parcels stay as they are/,
    );
    expect(await stockOf(first, database)).toEqual(before);
    expect((await staff.order(id)).lifecycleStatus).toBe('cancelled');
  });

  it('prepare an order of which a part was given back out of goodwill', async () => {
    await setStart('manual');
    const { id } = await buy({ [first]: 1 });
    const [payment] = (await staff.order(id)).payments;
    const { id: refundId } = succeeded(await admin.refund(payment!.id, 100));
    await admin.api.request(
      `mutation($input: SettleRefundInput!) { settleRefund(input: $input) { __typename } }`,
      { input: { id: refundId, transactionId: 'R' } },
    );
    expect(await staff.fire(id, 'start_fulfillment')).toMatchObject({ lifecycleStatus: 'processing' });
    await setStart('automatic');
  });

  it('send nothing of an order that is only authorized', async () => {
    const authorizing = await admin.createPaymentMethod({ automaticSettle: false });
    const guest = await guestWith(first, 1, shop.baseUrl);
    succeeded(await guest.transition('ArrangingPayment'));
    const { id } = succeeded(await guest.pay(authorizing));
    const order = await staff.order(id);
    expect(order).toMatchObject({ state: 'PaymentAuthorized', lifecycleStatus: 'payment_pending' });
    await expect(admin.fulfill([{ orderLineId: order.lines[0]!.id, quantity: 1 }], '')).rejects.toThrow(
      /nothing of it can be sent/,
    );
    expect(await staff.order(id)).toMatchObject({ fulfillments: [] });
    await admin.settlePayment(order.payments[0]!.id);
    await staff.whenIs(id, 'processing');
  });

  it('cancel: the units come back, and what was done is taken back', async () => {
    const before = await stockOf(first, database);
    const { id } = await buy({ [first]: 2 });
    await staff.whenIs(id, 'processing');
    await staff.whenSettled(id);
    expect(await staff.fire(id, 'cancel', { note: 'changed their mind' })).toMatchObject({
      state: 'Cancelled',
    });
    const order = await staff.whenSettled(id);
    expect(order.pickLists.map(({ state }) => state)).toEqual(order.pickLists.map(() => 'cancelled'));
    expect(await stockOf(first, database)).toEqual(before);
    expect(order.statusHistory.at(-1)).toMatchObject({ status: 'cancelled', notes: 'changed their mind' });
  });

  it('refund: the last refund moves the order by itself', async () => {
    const { id } = await buy({ [first]: 1 });
    await staff.whenIs(id, 'processing');
    await staff.fire(id, 'cancel');
    expect(await staff.fire(id, 'refund')).toMatchObject({
      __typename: 'ConditionNotMetError',
      condition: 'fully_refunded',
    });
    const [payment] = (await staff.order(id)).payments;
    const refund = async (amount: number) => {
      const { id: refundId } = succeeded(await admin.refund(payment!.id, amount));
      await admin.api.request(
        `mutation($input: SettleRefundInput!) { settleRefund(input: $input) { __typename } }`,
        { input: { id: refundId, transactionId: 'R' } },
      );
    };
    await refund(100);
    expect((await staff.order(id)).lifecycleStatus).toBe('cancelled');
    await refund(payment!.amount - 100);
    const order = await staff.whenIs(id, 'refunded');
    expect(order).toMatchObject({ state: 'Refunded' });
    expect(order.statusHistory.at(-1)).toMatchObject({ trigger: 'refund', actor: { kind: 'system' } });
  });

  it('change an order in preparation and give it back to the warehouse', async () => {
    const { id } = await buy({ [first]: 2 });
    await staff.whenIs(id, 'processing');
    const toState = (state: string) =>
      admin.api.request<{ result: { __typename: string; transitionError?: string } }>(
        `mutation($id: ID!, $state: String!) {
          result: transitionOrderToState(id: $id, state: $state) {
            __typename ... on OrderStateTransitionError { transitionError }
          }
        }`,
        { id, state },
      );
    await toState('Modifying');
    expect(await staff.order(id)).toMatchObject({ state: 'Modifying', lifecycleStatus: 'processing' });
    const [line] = (await staff.order(id)).lines;
    const [payment] = (await staff.order(id)).payments;
    const { modifyOrder } = await admin.api.request<{
      modifyOrder: { __typename: string; message?: string };
    }>(
      `mutation($input: ModifyOrderInput!) { modifyOrder(input: $input) { __typename ... on ErrorResult { message } } }`,
      {
        input: {
          orderId: id,
          dryRun: false,
          adjustOrderLines: [{ orderLineId: line!.id, quantity: 1 }],
          refund: { paymentId: payment!.id, amount: 0 },
        },
      },
    );
    expect(modifyOrder.__typename).toBe('Order');
    expect((await toState('Processing')).result).toEqual({ __typename: 'Order' });
    const order = await staff.order(id);
    expect(order).toMatchObject({ state: 'Processing', lifecycleStatus: 'processing' });
    expect(order.pickLists.filter(({ state }) => state === 'open')).toMatchObject([
      { lines: [{ quantity: 1 }] },
    ]);
  });

  it('cannot be used to get round the table', async () => {
    await setStart('manual');
    const { id } = await buy();
    for (const state of ['Shipped', 'Delivered', 'ReadyToShip', 'Returned', 'Refunded']) {
      const { result } = await admin.api.request<{ result: { __typename: string } }>(
        `mutation($id: ID!, $state: String!) { result: transitionOrderToState(id: $id, state: $state) { __typename } }`,
        { id, state },
      );
      expect(result.__typename).toBe('OrderStateTransitionError');
    }
    expect(await staff.order(id)).toMatchObject({
      state: 'PaymentSettled',
      lifecycleStatus: 'payment_confirmed',
    });
    await setStart('automatic');
  });
});
