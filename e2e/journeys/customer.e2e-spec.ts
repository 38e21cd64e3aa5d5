import { AdminClient } from '../support/admin-client';
import { mailsTo, tokenIn, waitForMail } from '../support/mailbox';
import { isErrorResult, succeeded } from '../support/results';
import { ShopClient, type Order, type Variant } from '../support/shop-client';
import { ADDRESS, checkOut, chooseShipping, contents, newEmail, variantsInStock } from '../support/shopping';

const COUPON = `E2E-${Date.now()}`;
const PERCENT = 10;

// One person's way: each step needs those before it.
describe('a registered customer', () => {
  const email = newEmail('ada');
  const password = 'correct horse battery';
  const shop = new ShopClient();
  let variants: Variant[];
  let placed: Order;

  beforeAll(async () => {
    const admin = await AdminClient.signedIn();
    await admin.createPromotion({ couponCode: COUPON, percent: PERCENT });
    variants = await variantsInStock(shop, 2);
  });

  it('registers, and cannot sign in before the address is verified', async () => {
    const registered = await shop.register({
      emailAddress: email,
      password,
      firstName: 'Ada',
      lastName: 'Byron',
    });
    expect(succeeded(registered).success).toBe(true);
    expect(await shop.login(email, password)).toMatchObject({ errorCode: 'NOT_VERIFIED_ERROR' });
  });

  it('verifies the address with the link of the mail, which works once', async () => {
    const mail = await waitForMail(email, /verify/i);
    const token = tokenIn(mail);
    // For whoever reads without HTML: the same link.
    expect(mail.text.replace(/\s/g, '')).toContain(`token=${token}`);
    expect(succeeded(await shop.verify(token)).identifier).toBe(email);
    const again = await new ShopClient().verify(token);
    expect(isErrorResult(again) && again.errorCode).toMatch(/^VERIFICATION_TOKEN_/);
  });

  it('signs in', async () => {
    succeeded(await shop.login(email.toUpperCase(), password));
    expect(await shop.orderHistory()).toEqual([]);
  });

  it('orders with a saved address and a coupon, and gets a confirmation', async () => {
    await shop.createAddress({ ...ADDRESS, defaultShippingAddress: true });
    succeeded(await shop.addItem(variants[0]!.id, 2));
    const filled = succeeded(await shop.addItem(variants[1]!.id, 1));
    const full = filled.subTotalWithTax;

    const reduced = succeeded(await shop.applyCoupon(COUPON));
    expect(reduced.couponCodes).toEqual([COUPON]);
    // A cent of rounding for each line.
    expect(Math.abs(reduced.subTotalWithTax - full * (1 - PERCENT / 100))).toBeLessThanOrEqual(2);

    succeeded(await shop.setShippingAddress(ADDRESS));
    await chooseShipping(shop);
    placed = await checkOut(shop);
    expect(placed).toMatchObject({ active: false, customer: { emailAddress: email }, couponCodes: [COUPON] });
    expect(placed.totalWithTax).toBe(reduced.subTotalWithTax + placed.shippingWithTax);
    expect(placed.payments?.map(({ amount }) => amount)).toEqual([placed.totalWithTax]);
    expect((await waitForMail(email, /order/i)).html).toContain(placed.code);
  });

  it('finds the order in the history, on another device too', async () => {
    const device = new ShopClient(undefined, { session: 'cookie' });
    succeeded(await device.login(email, password));
    const history = await device.orderHistory();
    expect(history.map(({ code }) => code)).toEqual([placed.code]);
    expect(await device.orderByCode(placed.code)).toMatchObject({ totalWithTax: placed.totalWithTax });
  });

  it('orders the same again', async () => {
    const [previous] = await shop.orderHistory();
    for (const { productVariant, quantity } of previous!.lines) {
      succeeded(await shop.addItem(productVariant.id, quantity));
    }
    succeeded(await shop.setShippingAddress(ADDRESS));
    await chooseShipping(shop);
    const again = await checkOut(shop);
    expect(contents(again)).toEqual(contents(placed));
    expect(again.code).not.toBe(placed.code);
    expect((await shop.orderHistory()).map(({ code }) => code).sort()).toEqual(
      [placed.code, again.code].sort(),
    );
  });

  it('resets a forgotten password, after which only the new one works', async () => {
    const other = new ShopClient();
    succeeded(await other.requestPasswordReset(email));
    const token = tokenIn(await waitForMail(email, /password/i));
    const newPassword = 'another horse battery';
    expect(succeeded(await other.resetPassword(token, newPassword)).identifier).toBe(email);
    const fresh = new ShopClient();
    expect(await fresh.login(email, password)).toMatchObject({ errorCode: 'INVALID_CREDENTIALS_ERROR' });
    succeeded(await fresh.login(email, newPassword));
    expect(await other.resetPassword(token, 'a third horse battery')).toMatchObject({
      errorCode: 'PASSWORD_RESET_TOKEN_INVALID_ERROR',
    });
  });

  it('signs out', async () => {
    expect((await shop.logout()).success).toBe(true);
    await expect(shop.orderHistory()).rejects.toThrow('Nobody is signed in');
    expect(await shop.activeOrder()).toBeNull();
  });

  it('got exactly one mail for each occasion', () => {
    const subjects = mailsTo(email).map(({ subject }) => subject);
    expect(subjects.filter(subject => /order/i.test(subject))).toHaveLength(2);
    expect(subjects.filter(subject => /password/i.test(subject))).toHaveLength(1);
    expect(subjects.filter(subject => /verify/i.test(subject))).toHaveLength(1);
  });

  it('takes the cart of the guest along when signing in', async () => {
    const guest = new ShopClient();
    succeeded(await guest.addItem(variants[0]!.id, 1));
    succeeded(await guest.login(email, 'another horse battery'));
    const cart = await guest.activeOrder();
    expect(contents(cart)).toEqual({ [variants[0]!.id]: 1 });
    expect(cart?.customer?.emailAddress).toBe(email);
  });
});
