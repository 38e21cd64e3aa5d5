import { waitForMail } from '../support/mailbox';
import { succeeded } from '../support/results';
import { ShopClient } from '../support/shop-client';
import {
  ADDRESS,
  chooseShipping,
  contents,
  fillIn,
  newEmail,
  paymentMethod,
  variantsInStock,
} from '../support/shopping';

const PLACED = /^Payment(Authorized|Settled)$/;

describe('a guest', () => {
  it.each(['bearer', 'cookie'] as const)('browses and places an order (session by %s)', async session => {
    const shop = new ShopClient(undefined, { session });
    const email = newEmail('guest');

    const collections = await shop.collections();
    const electronics = collections.find(({ slug }) => slug === 'electronics');
    expect(electronics).toBeDefined();
    expect(collections.some(({ parent }) => parent?.slug === 'electronics')).toBe(true);

    const inCollection = await shop.search({ collectionSlug: 'electronics', groupByProduct: true, take: 10 });
    expect(inCollection.totalItems).toBeGreaterThan(0);
    const [facet] = inCollection.facetValues;
    const narrowed = await shop.search({
      collectionSlug: 'electronics',
      facetValueFilters: [{ and: facet?.facetValue.id }],
      groupByProduct: true,
    });
    expect(narrowed.totalItems).toBe(facet?.count);
    expect(narrowed.totalItems).toBeLessThanOrEqual(inCollection.totalItems);

    const [first, second] = await variantsInStock(shop, 2);
    const added = succeeded(await shop.addItem(first!.id, 2));
    expect(added.lines).toMatchObject([{ quantity: 2, linePriceWithTax: 2 * first!.priceWithTax }]);
    succeeded(await shop.addItem(second!.id, 1));
    const cart = await shop.activeOrder();
    expect(cart?.subTotalWithTax).toBe(2 * first!.priceWithTax + second!.priceWithTax);

    succeeded(await shop.setCustomer({ emailAddress: email, firstName: 'Ada', lastName: 'Byron' }));
    succeeded(await shop.setShippingAddress(ADDRESS));
    const shipped = await chooseShipping(shop);
    expect(shipped.totalWithTax).toBe(shipped.subTotalWithTax + shipped.shippingWithTax);

    const method = await paymentMethod(shop);
    expect(succeeded(await shop.transition('ArrangingPayment')).state).toBe('ArrangingPayment');
    const placed = succeeded(await shop.pay(method));
    expect(placed).toMatchObject({
      state: expect.stringMatching(PLACED) as string,
      active: false,
      code: expect.stringMatching(/^ORD-\d{10}$/) as string,
      customer: { emailAddress: email },
      payments: [{ amount: shipped.totalWithTax, method }],
    });

    expect(await shop.activeOrder()).toBeNull();
    const confirmation = await shop.orderByCode(placed.code);
    expect(confirmation).toMatchObject({ code: placed.code, totalWithTax: placed.totalWithTax });
    expect(contents(confirmation)).toEqual({ [first!.id]: 2, [second!.id]: 1 });
    const mail = await waitForMail(email, /order/i);
    expect(mail.html).toContain(placed.code);
    const paid = (placed.totalWithTax / 100).toLocaleString('en', { minimumFractionDigits: 2 });
    expect(mail.html).toContain(paid);
    expect(mail.text).toContain(paid);
  });

  it.each([
    ['standard-payment', {}, 'as the official storefront starters do', 'PaymentAuthorized'],
    [
      'card',
      { token: 'tok_visa' },
      'by the provider that the routing chooses',
      /^(PaymentSettled|Processing)$/,
    ],
  ])('pays with %s and %o, %s', async (method, metadata, _how, state) => {
    const shop = new ShopClient();
    const [variant] = await variantsInStock(shop, 1);
    succeeded(await shop.addItem(variant!.id, 1));
    await fillIn(shop, newEmail());
    succeeded(await shop.transition('ArrangingPayment'));
    const order = succeeded(await shop.pay(method, metadata));
    expect(order.state).toMatch(state);
    expect(order.payments).toMatchObject([{ amount: order.totalWithTax, method }]);
  });

  it('cannot read the order of another guest by its code', async () => {
    const owner = new ShopClient();
    const [variant] = await variantsInStock(owner, 1);
    succeeded(await owner.addItem(variant!.id, 1));
    succeeded(await owner.setCustomer({ emailAddress: newEmail(), firstName: 'Ada', lastName: 'Byron' }));
    const order = await owner.activeOrder();
    const other = new ShopClient();
    const answer = await other.api.send('query($code: String!) { orderByCode(code: $code) { id } }', {
      code: order?.code,
    });
    expect(answer.errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});
