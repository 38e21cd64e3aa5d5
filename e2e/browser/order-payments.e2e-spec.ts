import type { Page } from 'playwright-core';
import {
  activeId,
  attempts,
  guestAtPayment,
  pay,
  payRouted,
  paymentOf,
  refund,
  staffDoes,
} from '../support/payments-probe/payments';
import { startPaymentsShop, type PaymentsShop } from '../support/payments-probe/shop';
import { query } from '../support/sql';
import { testEnv } from '../support/test-env';
import { createClerk } from './clerk';
import { openStaffBrowser, type StaffBrowser } from './staff-browser';

describe('the payments on the page of an order', () => {
  const { adminUser, adminPassword } = testEnv();
  let payments: PaymentsShop;
  let staff: StaffBrowser;
  let page: Page;

  beforeAll(async () => {
    payments = await startPaymentsShop('payments_page');
  }, 180_000);
  afterAll(() => payments?.stop(), 60_000);

  beforeEach(async () => {
    staff = await openStaffBrowser(payments.shop.baseUrl);
    page = staff.page;
  });
  afterEach(async () => {
    payments.gateway.plan = () => undefined;
    await staff.close();
  });

  const payer = () => guestAtPayment(payments.shop.baseUrl, payments.variantId);
  /** An order whose money is reserved. */
  const reserved = async () => {
    const { id } = await payRouted(payments, payments.manual);
    return { orderId: id, payment: await paymentOf(payments.database, id) };
  };
  /** An order whose payment nobody has heard of again, at a provider that the shop cannot ask. */
  const lost = async () => {
    payments.gateway.plan = ({ operation }) =>
      operation === 'authorize' ? { fault: 'request-lost' } : undefined;
    const client = await payer();
    const orderId = await activeId(client);
    expect((await pay(client, payments.automatic, { token: 'tok' })).__typename).toBe(
      'PaymentOutcomeUnknownError',
    );
    await query(
      `UPDATE payment_attempt SET provider = 'old-provider' WHERE "orderId" = $1`,
      [orderId],
      payments.database,
    );
    return orderId;
  };

  const openOrder = async (id: string) => {
    await page.goto(`${payments.shop.baseUrl}/admin/orders/${id}`);
    await card().waitFor();
    await refreshButton().waitFor();
    await refreshButton().scrollIntoViewIfNeeded();
  };
  const open = async (id: string) => {
    await staff.login(adminUser, adminPassword);
    await openOrder(id);
  };
  const card = () =>
    page.locator('.tw-page').filter({ has: page.getByText('Payments and providers', { exact: true }) });
  const refreshButton = () => page.getByRole('button', { name: 'Refresh the payments' });
  const asked = () => card().getByRole('list', { name: /what the provider was asked for$/ });
  const sum = (term: string) =>
    card()
      .locator('dl > div')
      .filter({ has: page.locator('dt', { hasText: new RegExp(`^${term}$`) }) })
      .locator('dd');
  const money = (minor: number) => `$${(minor / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`;
  const focused = async () => (await page.locator(':focus').innerText()).trim();

  it('shows what was asked of the provider, what came of it, and on unfolding what was heard when', async () => {
    const { orderId, payment } = await reserved();
    await open(orderId);
    expect(await sum('Reserved').innerText()).toBe(money(payment.amount));
    expect(await sum('Captured').innerText()).toBe('$0.00');
    expect(await asked().innerText()).toMatch(/Payment of \$.*Reserved.*transaction tx_/s);

    expect((await staffDoes(payments.admin, 'settlePayment', payment.id)).__typename).toBe('Payment');
    expect((await refund(payments.admin, payment.id, 500)).__typename).toBe('Refund');
    await refreshButton().focus();
    await page.keyboard.press('Enter');
    await asked().getByText('Refund of $5.00').waitFor();
    expect(await asked().innerText()).toMatch(
      /Refund of \$5\.00.*Given back.*Capture of \$.*Captured.*Payment of \$/s,
    );
    expect(await sum('Captured').innerText()).toBe(money(payment.amount));
    expect(await sum('Given back').innerText()).toBe('$5.00');
    expect(await sum('Left to give back').innerText()).toBe(money(payment.amount - 500));
    expect(await sum('Reserved').count()).toBe(0);

    const log = asked().getByRole('listitem').filter({ hasText: 'Capture of' }).locator('details').first();
    await log.locator('summary').focus();
    await page.keyboard.press('Enter');
    await log.getByText('Written down, then the provider was asked').waitFor();
    expect(await log.locator('ol').innerText()).toMatch(/The provider answered.*Entered in the order/s);
    await staff.picture('order-payments');
  });

  it('captures a part of what is reserved, and no more than that', async () => {
    const { orderId, payment } = await reserved();
    await open(orderId);
    await card()
      .getByRole('button', { name: `Capture payment ${payment.id}` })
      .focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: `Capture payment ${payment.id}?` });
    const amount = dialog.getByLabel('Amount in USD');
    expect(await amount.inputValue()).toBe((payment.amount / 100).toFixed(2));
    await amount.fill('1000000');
    await page.keyboard.press('Enter');
    await dialog.getByText(`There are ${money(payment.amount)} left at most.`).waitFor();
    expect(await amount.getAttribute('aria-invalid')).toBe('true');
    await amount.fill('20.5');
    await dialog.getByText(`${money(payment.amount - 2_050)} are let go`).waitFor();
    await staff.picture('order-payments-capture');
    await page.keyboard.press('Enter');
    await card().getByText(`Payment ${payment.id}: $20.50 captured`).waitFor();
    expect(await focused()).toBe(`Payment ${payment.id}: $20.50 captured`);
    expect(await paymentOf(payments.database, orderId)).toMatchObject({ state: 'Settled', amount: 2_050 });
    await asked().getByText('Capture of $20.50').waitFor();
    expect(await sum('Captured').innerText()).toBe('$20.50');
    expect(await sum('Still to be paid').innerText()).toBe(money(payment.amount - 2_050));
    expect(await sum('Reserved').count()).toBe(0);
    await staff.picture('order-payments-captured');
  });

  it('says why nothing was captured', async () => {
    const { orderId, payment } = await reserved();
    await open(orderId);
    await card()
      .getByRole('button', { name: /^Capture payment/ })
      .click();
    // Meanwhile somebody else lets go of it.
    await staffDoes(payments.admin, 'cancelPayment', payment.id);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Capture' }).click();
    await dialog.getByText('Nothing was captured').waitFor();
    await staff.picture('order-payments-capture-refused');
  });

  it('says why a payment failed, and that there was none', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    await open(orderId);
    await card().getByText('No payment provider was asked for anything yet.').waitFor();
    await staff.picture('order-payments-empty');
    expect((await pay(client, payments.automatic, { token: 'declined' })).__typename).toBe(
      'PaymentDeclinedError',
    );
    await refreshButton().click();
    await card()
      .getByText('Declined (card_declined): The gateway says: card_declined.', { exact: true })
      .waitFor();
    expect(await sum('Captured').innerText()).toBe('$0.00');
    await staff.picture('order-payments-declined');
  });

  it('has staff decide by the keyboard what nobody has heard of', async () => {
    const orderId = await lost();
    await open(orderId);
    await card().getByText('The outcome of 1 attempt is not known').waitFor();
    await card()
      .getByRole('button', { name: /^Decide the Payment of/ })
      .focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: /^What became of the Payment of/ });
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Decide' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('Choose one of them.').waitFor();
    await dialog.getByText('Say how you found out.').waitFor();
    // Where the keyboard is led to: the first choice.
    await page.keyboard.press('Space');
    await dialog.getByLabel('The provider’s id of it').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('at-the-bank');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Seen in the books');
    await staff.picture('order-payments-decide');
    await dialog.getByRole('button', { name: 'Decide' }).focus();
    await page.keyboard.press('Enter');
    await card()
      .getByText(/^Payment of .*: the money moved$/)
      .waitFor();
    expect(await focused()).toMatch(/: the money moved$/);
    await asked().getByText('Decided by staff: Seen in the books').waitFor();
    expect(await attempts(payments.database, orderId)).toMatchObject([
      { status: 'succeeded', disposition: 'applied' },
    ]);
    expect(
      await card()
        .getByRole('button', { name: /^Decide/ })
        .count(),
    ).toBe(0);
    await staff.picture('order-payments-decided');
  });

  it('refuses to decide what the shop finds out by itself', async () => {
    const orderId = await lost();
    await query(
      `UPDATE payment_attempt SET provider = 'first', "lookAt" = now() + interval '1 hour' WHERE "orderId" = $1`,
      [orderId],
      payments.database,
    );
    await open(orderId);
    await card()
      .getByRole('button', { name: /^Decide/ })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('No money moved').check();
    await dialog.getByLabel('How you found out').fill('I think so');
    await dialog.getByRole('button', { name: 'Decide' }).click();
    await dialog.getByText(/This attempt is unknown: only one that is unknown/).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.locator(':focus').getAttribute('aria-label')).toMatch(/^Decide the Payment/);
    expect(await attempts(payments.database, orderId)).toMatchObject([{ status: 'unknown' }]);
  });

  it('says that it loads, and that it failed, and tries again when told', async () => {
    const { orderId } = await reserved();
    let release = () => {};
    const released = new Promise<void>(resolve => (release = resolve));
    const hinder = (pass: () => Promise<boolean>) =>
      page.route('**/admin-api*', async route => {
        if (route.request().postData()?.includes('query OrderPagePayments') !== true) return route.continue();
        return (await pass()) ? route.continue() : route.abort();
      });
    await hinder(async () => {
      await released;
      return true;
    });
    await staff.login(adminUser, adminPassword);
    await page.goto(`${payments.shop.baseUrl}/admin/orders/${orderId}`);
    await card().getByText('Loading …').waitFor();
    release();
    await asked().waitFor();
    await page.unroute('**/admin-api*');
    await hinder(() => Promise.resolve(false));
    await refreshButton().click();
    await card().getByText('The payments cannot be read: what is below may be out of date').waitFor();
    await staff.picture('order-payments-error');
    await page.unroute('**/admin-api*');
    await card().getByRole('button', { name: 'Try again' }).click();
    await card().getByText('The payments cannot be read').waitFor({ state: 'detached' });
  });

  it('lets staff with the permission to read look, and no more', async () => {
    const orderId = await lost();
    const name = `reader-${Date.now()}@tradewind.example`;
    await createClerk(payments.admin, name, 'clerk-password-1', ['ReadOrder']);
    await staff.login(name, 'clerk-password-1');
    await openOrder(orderId);
    await card().getByText('The outcome of 1 attempt is not known').waitFor();
    expect(
      await card()
        .getByRole('button', { name: /^Decide/ })
        .count(),
    ).toBe(0);
    expect(page.url()).toContain(`/orders/${orderId}`);
    await staff.picture('order-payments-reader');
  });

  it('fits narrow windows, and causes no errors and no request to anybody else', async () => {
    const { orderId, payment } = await reserved();
    await staffDoes(payments.admin, 'settlePayment', payment.id);
    await refund(payments.admin, payment.id, 500);
    await staff.login(adminUser, adminPassword);
    for (const width of [800, 400]) {
      await page.setViewportSize({ width, height: 900 });
      await openOrder(orderId);
      await asked().waitFor();
      const box = await asked().boundingBox();
      expect(box!.x).toBeGreaterThanOrEqual(0);
      expect(box!.x + box!.width).toBeLessThanOrEqual(width);
      await asked().locator('summary').first().click();
      await staff.picture(`order-payments-${width}`);
    }
    expect(staff.problems).toEqual([]);
    expect(staff.foreignRequests).toEqual([]);
  });
});
