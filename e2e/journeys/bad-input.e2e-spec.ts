import { AdminClient } from '../support/admin-client';
import { refusalOf, traces } from '../support/refusal';
import { succeeded } from '../support/results';
import { ShopClient, type Address, type Order } from '../support/shop-client';
import { ADDRESS, checkOut, fillIn, newEmail, paymentMethod, variantsInStock } from '../support/shopping';

/** A request and the code that it must be refused by. */
type Case = [name: string, work: () => Promise<unknown>, code: string];

const UNKNOWN_ID = '2147483647';
const BEYOND_INTEGERS = '99999999999999';
const NUL = '\u0000';

let shop: ShopClient;
let variantId: string;

beforeAll(async () => {
  variantId = (await variantsInStock(new ShopClient(), 1))[0]!.id;
});

/** A test for each case: refused by its code, and nothing of it written. */
function refuses(cases: Case[]): void {
  it.each(cases)('%s', async (_name, work, code) => {
    const before = await traces(shop);
    expect(await refusalOf(work)).toBe(code);
    expect(await traces(shop)).toEqual(before);
  });
}

describe('a shopper without a cart is refused', () => {
  beforeAll(() => {
    shop = new ShopClient();
  });

  refuses([
    ['an unknown variant', () => shop.addItem(UNKNOWN_ID, 1), 'ENTITY_NOT_FOUND'],
    ['a variant id beyond all integers', () => shop.addItem(BEYOND_INTEGERS, 1), 'ENTITY_NOT_FOUND'],
    ['a variant id with a fraction', () => shop.addItem('1.5', 1), 'ENTITY_NOT_FOUND'],
    ['a variant id with an exponent', () => shop.addItem('1e0', 1), 'ENTITY_NOT_FOUND'],
    ['a variant id of letters', () => shop.addItem('abc', 1), 'ENTITY_NOT_FOUND'],
    ['an empty variant id', () => shop.addItem('', 1), 'ENTITY_NOT_FOUND'],
    ['SQL for a variant id', () => shop.addItem(`${variantId}; DROP TABLE "order"`, 1), 'ENTITY_NOT_FOUND'],
    ['an object for a variant id', () => shop.addItem({} as unknown as string, 1), 'BAD_USER_INPUT'],
    ['no variant id', () => shop.addItem(null as unknown as string, 1), 'BAD_USER_INPUT'],
    ['a negative quantity', () => shop.addItem(variantId, -1), 'NEGATIVE_QUANTITY_ERROR'],
    ['a quantity of zero', () => shop.addItem(variantId, 0), 'USER_INPUT_ERROR'],
    ['more than an order may hold', () => shop.addItem(variantId, 100_000), 'ORDER_LIMIT_ERROR'],
    ['the largest quantity of all', () => shop.addItem(variantId, 2 ** 31 - 1), 'ORDER_LIMIT_ERROR'],
    ['a quantity beyond all integers', () => shop.addItem(variantId, 2 ** 40), 'BAD_USER_INPUT'],
    ['half a piece', () => shop.addItem(variantId, 0.5), 'BAD_USER_INPUT'],
    ['a quantity in letters', () => shop.addItem(variantId, 'two' as unknown as number), 'BAD_USER_INPUT'],
    ['a change of a line', () => shop.adjustLine('1', 2), 'USER_INPUT_ERROR'],
    ['the removal of a line', () => shop.removeLine('1'), 'USER_INPUT_ERROR'],
    ['a payment', () => shop.pay('any'), 'NO_ACTIVE_ORDER_ERROR'],
    ['a saved address', () => shop.createAddress(ADDRESS), 'FORBIDDEN'],
    ['the order of nobody', () => shop.orderByCode('ORD-0000000000'), 'FORBIDDEN'],
  ]);

  it('the checkout, and has at most an empty cart then', async () => {
    expect(await refusalOf(() => shop.transition('ArrangingPayment'))).toBe('ORDER_STATE_TRANSITION_ERROR');
    const cart = await shop.activeOrder();
    expect([cart?.state ?? 'AddingItems', cart?.lines ?? []]).toEqual(['AddingItems', []]);
  });
});

describe('a shopper with a cart is refused', () => {
  const expired = `PAST-${Date.now()}`;
  const upcoming = `NEXT-${Date.now()}`;
  const day = 24 * 60 * 60 * 1000;
  let line: string;
  let methodId: string;

  const address = (change: Partial<Record<keyof Address, unknown>>) =>
    shop.setShippingAddress({ ...ADDRESS, ...change } as Address);
  const customer = (emailAddress: string) =>
    shop.setCustomer({ emailAddress, firstName: 'Ada', lastName: 'Byron' });

  beforeAll(async () => {
    const admin = await AdminClient.signedIn();
    const now = Date.now();
    await admin.createPromotion({ couponCode: expired, percent: 10, endsAt: new Date(now - day) });
    await admin.createPromotion({ couponCode: upcoming, percent: 10, startsAt: new Date(now + day) });
    shop = new ShopClient();
    line = succeeded(await shop.addItem(variantId, 1)).lines[0]!.id;
    methodId = (await shop.shippingMethods())[0]!.id;
  });

  refuses([
    ['a change to a negative quantity', () => shop.adjustLine(line, -1), 'NEGATIVE_QUANTITY_ERROR'],
    ['a change to too many', () => shop.adjustLine(line, 100_000), 'ORDER_LIMIT_ERROR'],
    ["a change of another order's line", () => shop.adjustLine(UNKNOWN_ID, 1), 'USER_INPUT_ERROR'],
    ['a change of a line beyond all integers', () => shop.adjustLine(BEYOND_INTEGERS, 1), 'USER_INPUT_ERROR'],
    ["the removal of another order's line", () => shop.removeLine(UNKNOWN_ID), 'USER_INPUT_ERROR'],

    ['an unknown coupon', () => shop.applyCoupon('NO-SUCH-COUPON'), 'COUPON_CODE_INVALID_ERROR'],
    ['an empty coupon', () => shop.applyCoupon(''), 'COUPON_CODE_INVALID_ERROR'],
    ['an expired coupon', () => shop.applyCoupon(expired), 'COUPON_CODE_EXPIRED_ERROR'],
    ['a coupon with a NUL', () => shop.applyCoupon(`X${NUL}`), 'USER_INPUT_ERROR'],

    [
      'the checkout without a customer',
      () => shop.transition('ArrangingPayment'),
      'ORDER_STATE_TRANSITION_ERROR',
    ],
    ['an empty e-mail address', () => customer(''), 'USER_INPUT_ERROR'],
    ['an e-mail address without a domain', () => customer('ada'), 'USER_INPUT_ERROR'],
    ['two e-mail addresses', () => customer('ada@example.com, eve@example.com'), 'USER_INPUT_ERROR'],
    ['a mail header', () => customer('ada@example.com\nBcc: eve@example.com'), 'USER_INPUT_ERROR'],
    ['an e-mail address with a NUL', () => customer(`ada${NUL}@example.com`), 'USER_INPUT_ERROR'],

    ['a blank street', () => address({ streetLine1: '  ' }), 'USER_INPUT_ERROR'],
    ['an empty address', () => address({ streetLine1: '', countryCode: '' }), 'USER_INPUT_ERROR'],
    ['an address without a street', () => address({ streetLine1: undefined }), 'BAD_USER_INPUT'],
    ['an address without a country', () => address({ countryCode: undefined }), 'BAD_USER_INPUT'],
    ['an unknown country', () => address({ countryCode: 'ZZ' }), 'USER_INPUT_ERROR'],
    ['an empty country', () => address({ countryCode: '' }), 'USER_INPUT_ERROR'],
    ['a street without an end', () => address({ streetLine1: 'x'.repeat(10_000) }), 'USER_INPUT_ERROR'],
    ['a street with a NUL', () => address({ streetLine1: `1${NUL}` }), 'USER_INPUT_ERROR'],

    [
      'an unknown shipping method',
      () => shop.setShippingMethod(UNKNOWN_ID),
      'INELIGIBLE_SHIPPING_METHOD_ERROR',
    ],
    [
      'a shipping method beyond all integers',
      () => shop.setShippingMethod(BEYOND_INTEGERS),
      'INELIGIBLE_SHIPPING_METHOD_ERROR',
    ],
    ['a shipping method of letters', () => shop.setShippingMethod('abc'), 'INELIGIBLE_SHIPPING_METHOD_ERROR'],

    ['a payment before the checkout', () => shop.pay('any'), 'ORDER_PAYMENT_STATE_ERROR'],
    ['a state that does not exist', () => shop.transition('Paid'), 'ORDER_STATE_TRANSITION_ERROR'],
    ['a state of staff', () => shop.transition('Delivered'), 'ORDER_STATE_TRANSITION_ERROR'],
    ['the state "paid"', () => shop.transition('PaymentSettled'), 'ORDER_STATE_TRANSITION_ERROR'],
    ['a state named __proto__', () => shop.transition('__proto__'), 'ORDER_STATE_TRANSITION_ERROR'],
  ]);

  it('a discount by a coupon of tomorrow', async () => {
    const before = await shop.activeOrder();
    const after = succeeded(await shop.applyCoupon(upcoming));
    expect(after).toMatchObject({ totalWithTax: before?.totalWithTax, discounts: [] });
  });

  // Each fills in one thing more than the one before.
  describe('the checkout', () => {
    const incomplete = async () => {
      const before = await traces(shop);
      const answer = await shop.api.request<{ transitionOrderToState: { transitionError: string } }>(
        `mutation { transitionOrderToState(state: "ArrangingPayment") {
          ... on OrderStateTransitionError { transitionError }
        } }`,
      );
      expect(await traces(shop)).toEqual(before);
      return answer.transitionOrderToState.transitionError;
    };

    it('without a shipping method', async () => {
      succeeded(await customer(newEmail()));
      expect(await incomplete()).toMatch(/ShippingMethod/);
    });

    it('without an address', async () => {
      succeeded(await shop.setShippingMethod(methodId));
      expect(await incomplete()).toMatch(/shipping address with a street and a country/);
    });

    it('without contents', async () => {
      succeeded(await shop.setShippingAddress(ADDRESS));
      succeeded(await shop.adjustLine(line, 0));
      expect(await incomplete()).toMatch(/empty/);
    });

    it('but can still complete the order', async () => {
      succeeded(await shop.addItem(variantId, 1));
      succeeded(await shop.setShippingMethod(methodId));
      expect((await checkOut(shop)).active).toBe(false);
    });
  });
});

describe('a shopper at the payment', () => {
  let method: string;
  let placed: Order;

  beforeAll(async () => {
    shop = new ShopClient();
    succeeded(await shop.addItem(variantId, 1));
    await fillIn(shop, newEmail('payer'));
    method = await paymentMethod(shop);
    succeeded(await shop.transition('ArrangingPayment'));
  });

  refuses([
    ['cannot add to the cart', () => shop.addItem(variantId, 1), 'ORDER_MODIFICATION_ERROR'],
    ['cannot use an unknown method', () => shop.pay('no-such-method'), 'USER_INPUT_ERROR'],
    ['cannot use a method without a name', () => shop.pay(''), 'USER_INPUT_ERROR'],
    ['cannot use a method named __proto__', () => shop.pay('__proto__'), 'USER_INPUT_ERROR'],
    [
      'cannot leave out the metadata',
      () => shop.api.request(`mutation { addPaymentToOrder(input: { method: "${method}" }) { __typename } }`),
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ]);

  it.each([
    ['declines', { shouldDecline: true }, 'PAYMENT_DECLINED_ERROR'],
    ['fails', { shouldError: true }, 'PAYMENT_FAILED_ERROR'],
  ])('learns that the card %s, and the order waits for another one', async (_what, metadata, code) => {
    const before = await shop.activeOrder();
    expect(await refusalOf(() => shop.pay(method, metadata))).toBe(code);
    const after = await shop.activeOrder();
    expect({ ...after, payments: [] }).toEqual({ ...before, payments: [] });
    expect(after?.payments?.filter(({ state }) => state === 'Settled' || state === 'Authorized')).toEqual([]);
  });

  it('pays with another card, once', async () => {
    placed = succeeded(await shop.pay(method));
    const good = placed.payments?.filter(({ state }) => state === 'Settled' || state === 'Authorized');
    expect(good?.map(({ amount }) => amount)).toEqual([placed.totalWithTax]);
    const before = await traces(shop);
    expect(await refusalOf(() => shop.pay(method))).toBe('NO_ACTIVE_ORDER_ERROR');
    expect(await traces(shop)).toEqual(before);
    expect(await shop.orderByCode(placed.code)).toMatchObject({
      // Its preparation has begun.
      state: 'Processing',
      totalWithTax: placed.totalWithTax,
      payments: { length: placed.payments?.length },
    });
  });
});

describe('a shopper who wants more than there is', () => {
  let admin: AdminClient;
  let scarce: string;
  let available: number;

  beforeAll(async () => {
    admin = await AdminClient.signedIn();
    scarce = (await variantsInStock(new ShopClient(), 5))[4]!.id;
    available = await admin.available(scarce);
    await admin.setAvailable(scarce, 2);
  });
  afterAll(() => admin.setAvailable(scarce, available));

  it('gets what is left, and is told', async () => {
    const shopper = new ShopClient();
    expect(await refusalOf(() => shopper.addItem(scarce, 3))).toBe('INSUFFICIENT_STOCK_ERROR');
    expect((await shopper.activeOrder())?.lines).toMatchObject([{ quantity: 2 }]);
  });

  it('cannot check out when others were faster', async () => {
    const slow = new ShopClient();
    succeeded(await slow.addItem(scarce, 2));
    await fillIn(slow, newEmail('slow'));
    const fast = new ShopClient();
    succeeded(await fast.addItem(scarce, 1));
    await fillIn(fast, newEmail('fast'));
    await checkOut(fast);

    const before = await traces(slow);
    expect(await refusalOf(() => slow.transition('ArrangingPayment'))).toBe('INSUFFICIENT_STOCK_ERROR');
    expect(await traces(slow)).toEqual(before);
    expect(await admin.available(scarce)).toBe(1);
  });

  it('finds nothing of what is sold out', async () => {
    await admin.setAvailable(scarce, 0);
    const late = new ShopClient();
    expect(await refusalOf(() => late.addItem(scarce, 1))).toBe('INSUFFICIENT_STOCK_ERROR');
    expect((await late.activeOrder())?.lines ?? []).toEqual([]);
  });
});

describe('somebody without an account is refused', () => {
  const unverified = newEmail('unverified');
  const password = 'correct horse battery';
  const register = (change: object) =>
    shop.register({ emailAddress: newEmail(), password, firstName: 'Ada', lastName: 'Byron', ...change });

  beforeAll(async () => {
    shop = new ShopClient();
    succeeded(await shop.register({ emailAddress: unverified, password }));
  });

  refuses([
    ['a registration without an e-mail address', () => register({ emailAddress: '' }), 'USER_INPUT_ERROR'],
    ['a registration with half an address', () => register({ emailAddress: 'ada@' }), 'USER_INPUT_ERROR'],
    ['a short password', () => register({ password: 'x' }), 'PASSWORD_VALIDATION_ERROR'],
    [
      'a password without an end',
      () => register({ password: 'x'.repeat(10_000) }),
      'PASSWORD_VALIDATION_ERROR',
    ],
    ['a login before verification', () => shop.login(unverified, password), 'NOT_VERIFIED_ERROR'],
    ['a wrong password', () => shop.login(unverified, 'wrong'), 'INVALID_CREDENTIALS_ERROR'],
    ['an empty password', () => shop.login(unverified, ''), 'INVALID_CREDENTIALS_ERROR'],
    ['an unknown address', () => shop.login(newEmail(), password), 'INVALID_CREDENTIALS_ERROR'],
    ['a login with nothing', () => shop.login('', ''), 'INVALID_CREDENTIALS_ERROR'],
    ['a wrong verification token', () => shop.verify('no-such-token'), 'VERIFICATION_TOKEN_INVALID_ERROR'],
    ['an empty verification token', () => shop.verify(''), 'VERIFICATION_TOKEN_INVALID_ERROR'],
    [
      'a wrong reset token',
      () => shop.resetPassword('no-such-token', password),
      'PASSWORD_RESET_TOKEN_INVALID_ERROR',
    ],
  ]);

  it('but learns nothing about who has an account', async () => {
    const before = await traces(shop);
    expect(succeeded(await shop.requestPasswordReset(newEmail())).success).toBe(true);
    expect(succeeded(await register({ emailAddress: unverified })).success).toBe(true);
    const { rows } = (await traces(shop)) as { rows: Record<string, number> };
    // Of the second registration the customer's history tells.
    expect({ ...rows, history_entry: 0 }).toEqual({
      ...(before as { rows: Record<string, number> }).rows,
      history_entry: 0,
    });
  });
});

describe('a request is refused', () => {
  const admin = () => new AdminClient().api;

  beforeAll(() => {
    shop = new ShopClient();
  });

  refuses([
    ['that is no JSON', () => shop.api.post('{'), 'MALFORMED_JSON'],
    ['that is empty', () => shop.api.post(''), 'BAD_REQUEST'],
    ['that is null', () => shop.api.post('null'), 'MALFORMED_JSON'],
    ['that is a batch', () => shop.api.post('[{"query":"{__typename}"}]'), 'BAD_REQUEST'],
    ['that is no GraphQL', () => shop.api.send('{ activeOrder {'), 'GRAPHQL_PARSE_FAILED'],
    ['for an unknown field', () => shop.api.send('{ secrets }'), 'GRAPHQL_VALIDATION_FAILED'],
    [
      'with an unknown argument',
      () => shop.api.send('{ product(sku: "x") { id } }'),
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['with a wrong type', () => shop.api.send('{ product(id: {}) { id } }'), 'GRAPHQL_VALIDATION_FAILED'],
    ['of a shopper to staff', () => admin().send('{ orders { totalItems } }'), 'FORBIDDEN'],
    [
      'of nobody to change a product',
      () => admin().send('mutation { deleteProduct(id: "1") { result } }'),
      'FORBIDDEN',
    ],
    [
      'for staff with a wrong password',
      () => new AdminClient().login('superadmin', 'x'),
      'INVALID_CREDENTIALS_ERROR',
    ],
    [
      'with a broken regular expression',
      () => shop.api.send('{ products(options: { filter: { name: { regex: "(" } } }) { totalItems } }'),
      'USER_INPUT_ERROR',
    ],
  ]);

  it('that is too large, before it is read', async () => {
    const answer = await shop.api.post(
      JSON.stringify({ query: '{ __typename }', filler: 'x'.repeat(3_000_000) }),
    );
    expect([answer.status, answer.errors[0]?.extensions?.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  it('that another site could send with the cookies of a browser', async () => {
    const response = await fetch(shop.api.url, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{"query":"mutation { logout { success } }"}',
    });
    expect(response.status).toBe(400);
  });

  it.each(['product', 'collection', 'order'])(
    'for a %s with an id that nothing can have, by null',
    async field => {
      const answer = await shop.api.send(`{ ${field}(id: "${BEYOND_INTEGERS}") { id } }`);
      expect(answer).toMatchObject({ data: { [field]: null }, errors: [] });
    },
  );

  it('with a forged session, which is nobody', async () => {
    const forged = new ShopClient();
    forged.api.token = 'forged';
    expect(await forged.activeOrder()).toBeNull();
    await expect(forged.orderHistory()).rejects.toThrow('Nobody is signed in');
  });
});
