import { AdminClient } from '../support/admin-client';
import { mailsTo, waitForMail } from '../support/mailbox';
import { isErrorResult, succeeded } from '../support/results';
import { ShopClient } from '../support/shop-client';
import { fillIn, newEmail, placeGuestOrder, variantsInStock } from '../support/shopping';

describe('a member of staff', () => {
  let admin: AdminClient;
  const shop = new ShopClient();
  let variantId: string;

  beforeAll(async () => {
    admin = await AdminClient.signedIn();
    variantId = (await variantsInStock(shop, 1))[0]!.id;
  });

  it('ships an order in two parcels, and the customer sees how far it is', async () => {
    const customer = new ShopClient();
    const { code } = await placeGuestOrder(customer, variantId, 2);
    const found = await admin.findOrder(code);
    expect(found.state).toBe('PaymentSettled');
    const [line] = found.lines;

    const first = await admin.fulfill([{ orderLineId: line!.id, quantity: 1 }], 'TRACK-1');
    expect(first.state).toBe('Pending');
    await admin.moveFulfillment(first.id, 'Shipped');
    expect((await customer.orderByCode(code))?.state).toBe('PartiallyShipped');

    const second = await admin.fulfill([{ orderLineId: line!.id, quantity: 1 }], 'TRACK-2');
    await admin.moveFulfillment(second.id, 'Shipped');
    const shipped = await customer.orderByCode(code);
    expect(shipped?.state).toBe('Shipped');
    expect(shipped?.fulfillments?.map(({ trackingCode }) => trackingCode).sort()).toEqual([
      'TRACK-1',
      'TRACK-2',
    ]);

    await admin.moveFulfillment(first.id, 'Delivered');
    expect((await customer.orderByCode(code))?.state).toBe('PartiallyDelivered');
    await admin.moveFulfillment(second.id, 'Delivered');
    expect((await customer.orderByCode(code))?.state).toBe('Delivered');
  });

  it('cannot ship more than was ordered', async () => {
    const { code } = await placeGuestOrder(new ShopClient(), variantId, 1);
    const { lines } = await admin.findOrder(code);
    await expect(admin.fulfill([{ orderLineId: lines[0]!.id, quantity: 2 }], 'TRACK')).rejects.toThrow(
      'ITEMS_ALREADY_FULFILLED_ERROR',
    );
    expect((await admin.findOrder(code)).fulfillments).toEqual([]);
  });

  it('settles a payment that was only authorized, then ships', async () => {
    const method = await admin.createPaymentMethod({ automaticSettle: false });
    const customer = new ShopClient();
    succeeded(await customer.addItem(variantId, 1));
    await fillIn(customer, newEmail('guest'));
    succeeded(await customer.transition('ArrangingPayment'));
    const placed = succeeded(await customer.pay(method));
    expect(placed).toMatchObject({ state: 'PaymentAuthorized', active: false });
    // The customer hears of the order at once, not when the money is taken; and once.
    const { emailAddress } = placed.customer!;
    expect((await waitForMail(emailAddress, /order/i)).html).toContain(placed.code);

    const [payment] = (await admin.findOrder(placed.code)).payments;
    expect((await admin.settlePayment(payment!.id)).state).toBe('Settled');
    const settled = await admin.whenInPreparation(placed.code);
    expect(settled).toMatchObject({ payments: [{ amount: placed.totalWithTax }] });

    // Again, as by a second click: no second payment, no second step.
    await admin.settlePayment(payment!.id);
    expect(await admin.findOrder(placed.code)).toEqual(settled);
    const parcel = await admin.fulfill([{ orderLineId: settled.lines[0]!.id, quantity: 1 }], 'TRACK');
    await admin.moveFulfillment(parcel.id, 'Shipped');
    expect((await customer.orderByCode(placed.code))?.state).toBe('Shipped');
    expect(mailsTo(emailAddress)).toHaveLength(1);
  });

  it('cancels an order, which puts the goods back, and refunds it, but no more than was paid', async () => {
    const customer = new ShopClient();
    const before = await admin.available(variantId);
    const placed = await placeGuestOrder(customer, variantId, 1);
    expect(await admin.available(variantId)).toBe(before - 1);
    const order = await admin.findOrder(placed.code);

    expect(succeeded(await admin.cancelOrder(order.id)).state).toBe('Cancelled');
    expect((await customer.orderByCode(placed.code))?.state).toBe('Cancelled');
    expect(await admin.available(variantId)).toBe(before);

    const [payment] = order.payments;
    const tooMuch = await admin.refund(payment!.id, payment!.amount + 1);
    expect(isErrorResult(tooMuch) && tooMuch.errorCode).toBe('REFUND_AMOUNT_ERROR');
    expect(succeeded(await admin.refund(payment!.id, payment!.amount)).total).toBe(payment!.amount);
    const again = await admin.refund(payment!.id, 1);
    expect(isErrorResult(again) && again.errorCode).toBe('REFUND_AMOUNT_ERROR');
    const [refunded] = (await admin.findOrder(placed.code)).payments;
    expect(refunded?.refunds).toHaveLength(1);
  });
});
