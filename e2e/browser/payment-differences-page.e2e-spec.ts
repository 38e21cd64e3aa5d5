import type { Page } from 'playwright-core';
import { attempts, paymentOf, payRouted } from '../support/payments-probe/payments';
import { startPaymentsShop, type PaymentsShop } from '../support/payments-probe/shop';
import { query } from '../support/sql';
import { testEnv } from '../support/test-env';
import { createClerk } from './clerk';
import { openStaffBrowser, type StaffBrowser } from './staff-browser';

const PAGE = '/admin/extensions/payments/differences';

describe('the page "Payment differences"', () => {
  const { adminUser, adminPassword } = testEnv();
  let payments: PaymentsShop;
  let staff: StaffBrowser;
  let page: Page;

  beforeAll(async () => {
    payments = await startPaymentsShop('differences_page');
  }, 180_000);
  afterAll(() => payments?.stop(), 60_000);

  beforeEach(async () => {
    staff = await openStaffBrowser(payments.shop.baseUrl);
    page = staff.page;
  });
  afterEach(async () => {
    await staff.close();
    // Each begins with sides that agree.
    await sql('DELETE FROM payment_difference');
    await sql('UPDATE payment_attempt SET "compareAt" = NULL');
  });

  const sql = <T extends object>(statement: string, values: unknown[] = []) =>
    query<T>(statement, values, payments.database);

  /** An order whose reserved money somebody takes on the provider's own pages; it is due to be compared. */
  const capturedElsewhere = async () => {
    const { id, code } = await payRouted(payments, payments.manual);
    const [attempt] = await attempts(payments.database, id);
    const held = payments.gateway.byReference(attempt!.reference)!;
    Object.assign(held, { state: 'succeeded', captured: held.amount });
    await sql(`UPDATE payment_attempt SET "compareAt" = now() - interval '1 second' WHERE "orderId" = $1`, [
      id,
    ]);
    return { id, code };
  };
  const addDispute = (orderId: string, id: string, status: string, respondBy: string | null) =>
    sql(
      `INSERT INTO payment_dispute ("provider", "providerDisputeId", "orderId", "amount", "currencyCode", "reason",
         "status", "respondBy", "openedAt", "toldAt")
       VALUES ('first', $1, $2, 1250, 'USD', 'product_not_received', $3, $4, now(), now())`,
      [id, orderId, status, respondBy],
    );

  const openPage = () => page.goto(`${payments.shop.baseUrl}${PAGE}`);
  const open = async () => {
    await staff.login(adminUser, adminPassword);
    await openPage();
    await page.getByRole('tab', { name: 'Differences' }).waitFor();
  };
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const list = () => page.getByRole('list', { name: 'Differences' });
  const tab = (name: string) => page.getByRole('tab', { name }).click();
  const compare = async () => {
    await button('Compare now').focus();
    await page.keyboard.press('Enter');
    await list().waitFor();
  };
  const focused = async () => (await page.locator(':focus').innerText()).trim();

  it('is reached by the menu, compares, and shows what both sides say', async () => {
    await staff.login(adminUser, adminPassword);
    await page.locator(`vdr-main-nav a[href="${PAGE}"]`).click();
    await page.getByText('The shop and its providers agree.').waitFor();
    await staff.picture('differences-empty');
    const { code } = await capturedElsewhere();
    await compare();
    await page.getByTestId('last-run').getByText('Done').waitFor();
    expect(await list().getByRole('listitem').first().innerText()).toMatch(/^Captured elsewhere, \$.*Open/s);
    const sides = page.getByRole('table', { name: /^Captured elsewhere, .*: both sides$/ });
    expect(await sides.innerText()).toMatch(/Fact\s+The shop\s+first/);
    const row = (fact: string) => sides.getByRole('row').filter({ hasText: fact });
    expect(await row('Status').innerText()).toMatch(/differs\s+Reserved\s+Captured/);
    expect(await row('Captured').last().innerText()).toMatch(/differs\s+\$0\.00\s+\$\d/);
    expect(await row('Asked for').innerText()).not.toMatch(/differs/);
    await staff.picture('differences');
    await page.getByRole('link', { name: code }).click();
    await page.waitForURL(/\/orders\/\d+/);
  });

  it('brings the shop to what the provider says, by the keyboard and for a reason', async () => {
    const { id } = await capturedElsewhere();
    await open();
    await compare();
    await button(/^Accept what the provider says: Captured elsewhere/).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Accept what the provider says?' });
    await dialog.getByRole('button', { name: 'Accept what the provider says' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('Give a reason.').waitFor();
    await dialog.getByLabel('Reason').focus();
    await page.keyboard.type('Taken by hand on Monday');
    await staff.picture('differences-accept');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText(/the shop follows the provider$/).waitFor();
    expect(await focused()).toMatch(/^Captured elsewhere, \$.*: the shop follows the provider$/);
    await page.getByText('The shop and its providers agree.').waitFor();
    expect(await paymentOf(payments.database, id)).toMatchObject({ state: 'Settled' });

    await page.getByLabel('State').selectOption('resolved');
    await list().getByText('Taken by hand on Monday').waitFor();
    expect(await list().innerText()).toMatch(/The shop follows the provider.*ended .* by Super Admin/s);
    expect(await list().getByRole('button').count()).toBe(0);
    await staff.picture('differences-resolved');
  });

  it('looks again without a question, and leaves both sides as they are when told', async () => {
    const { id } = await capturedElsewhere();
    await open();
    await compare();
    await button(/^Check again/).click();
    await page.getByText(/: both sides still differ$/).waitFor();
    await button(/^Leave it/).click();
    const dialog = page.getByRole('dialog', { name: 'Leave it?' });
    await dialog.getByLabel('Reason').fill('A test of the bank');
    await dialog.getByRole('button', { name: 'Leave it' }).click();
    await page.getByText(/: left as it is$/).waitFor();
    expect(await paymentOf(payments.database, id)).toMatchObject({ state: 'Authorized' });
  });

  it('says that somebody else was faster', async () => {
    await capturedElsewhere();
    await open();
    await compare();
    await button(/^Leave it/).click();
    const [row] = await sql<{ id: string }>('SELECT id::text FROM payment_difference');
    await payments.admin.api.request(
      `mutation($input: ResolvePaymentDifferenceInput!) { resolvePaymentDifference(input: $input) { __typename } }`,
      { input: { id: row!.id, action: 'IGNORE', reason: 'mine' } },
    );
    const dialog = page.getByRole('dialog', { name: 'Leave it?' });
    await dialog.getByLabel('Reason').fill('yours');
    await dialog.getByRole('button', { name: 'Leave it' }).click();
    await page.getByText(/it was resolved meanwhile \(left as it is\)$/).waitFor();
    await page.getByText('The shop and its providers agree.').waitFor();
  });

  it('lists disputes here and on the page of the order, and the comparisons so far', async () => {
    const { id } = await payRouted(payments, payments.automatic);
    await open();
    await tab('Disputes');
    await page.getByText('No payment was disputed yet.').waitFor();
    const soon = new Date(Date.now() + 30 * 3_600_000).toISOString();
    await addDispute(id, 'dp_open', 'needs_response', soon);
    await addDispute(id, 'dp_won', 'won', null);
    await button('Show').click();
    const table = page.getByRole('table', { name: 'Disputes', exact: true });
    await table.getByText('first dp_won').waitFor();
    await staff.picture('disputes');
    await page.getByLabel('State').selectOption('open');
    await table.getByText('first dp_won').waitFor({ state: 'detached' });
    expect(await table.locator('tbody').innerText()).toMatch(
      /Product not received.*dp_open.*\$12\.50.*Needs an answer.*29 hours left/s,
    );
    await tab('Comparisons');
    await page.getByRole('table', { name: 'Comparisons' }).waitFor();
    await staff.picture('comparisons');

    await page.goto(`${payments.shop.baseUrl}/admin/orders/${id}`);
    const ofOrder = page.getByRole('table', { name: 'Disputes of this order' });
    await ofOrder.waitFor();
    expect(await ofOrder.locator('tbody').getByRole('row').count()).toBe(2);
    await ofOrder.scrollIntoViewIfNeeded();
    await staff.picture('order-disputes');
    await sql('DELETE FROM payment_dispute');
  });

  it('says that it loads, and that it failed, and tries again when told', async () => {
    let release = () => {};
    const held = new Promise<void>(resolve => (release = resolve));
    await staff.login(adminUser, adminPassword);
    await page.route('**/admin-api*', async route => {
      if (route.request().postData()?.includes('DifferencesPageList') !== true) return route.continue();
      await held;
      await route.abort();
    });
    await openPage();
    await page.getByText('Loading …').waitFor();
    release();
    await page.getByText('The differences cannot be read').waitFor();
    await staff.picture('differences-error');
    await page.unroute('**/admin-api*');
    await button('Try again').click();
    await page.getByText('The shop and its providers agree.').waitFor();
  });

  it('shows everything to staff who may only read, without anything to change', async () => {
    const { code } = await capturedElsewhere();
    await payments.admin.api.request('mutation { reconcilePayments { id } }');
    const clerk = `differences-reader-${Date.now()}@tradewind.example`;
    await createClerk(payments.admin, clerk, 'clerk-password-1', ['ReadPaymentReconciliation']);
    await staff.login(clerk, 'clerk-password-1');
    await openPage();
    await list().getByText(code).waitFor();
    expect(await list().getByRole('button').count()).toBe(0);
    expect(await page.getByRole('link', { name: code }).count()).toBe(0);
    expect(await button('Compare now').count()).toBe(0);
    await staff.picture('differences-reader');
    await tab('Disputes');
    await page.getByText('No payment was disputed yet.').waitFor();
    expect(page.url()).toContain(PAGE);
  });

  it('neither shows anything to staff without the permission nor logs them out', async () => {
    const clerk = `differences-stranger-${Date.now()}@tradewind.example`;
    await createClerk(payments.admin, clerk, 'clerk-password-1', ['ReadOrder']);
    await staff.login(clerk, 'clerk-password-1');
    for (const path of [PAGE, '/admin/extensions/payments/report']) {
      await page.goto(`${payments.shop.baseUrl}${path}`);
      await page.getByText('You are not allowed to see this page').waitFor();
      expect(page.url()).toContain(path);
    }
    expect(await page.getByRole('table').count()).toBe(0);
    await staff.picture('differences-no-permission');
  });

  it('is of the default channel, and logs nobody out who is in another one', async () => {
    const { zones } = await payments.admin.api.request<{ zones: { items: { id: string }[] } }>(
      '{ zones { items { id } } }',
    );
    const zone = zones.items[0]!.id;
    await payments.admin.api.request(
      `mutation($input: CreateChannelInput!) { createChannel(input: $input) { __typename } }`,
      {
        input: {
          code: 'outlet',
          token: 'outlet-token',
          defaultLanguageCode: 'en',
          pricesIncludeTax: true,
          defaultCurrencyCode: 'USD',
          defaultTaxZoneId: zone,
          defaultShippingZoneId: zone,
        },
      },
    );
    await open();
    const switchTo = async (channel: string) => {
      await page.locator('vdr-channel-switcher .active-channel').click();
      await page.locator('.dropdown-menu button').filter({ hasText: channel }).click();
    };
    await staff.picture('differences-before-channel');
    await switchTo('outlet');
    await page.getByText('This page concerns all channels').waitFor();
    expect(page.url()).toContain(PAGE);
    await staff.picture('differences-channel');
    await switchTo('Default channel');
    await page.getByText('The shop and its providers agree.').waitFor();
  });

  it('fits narrow windows, and causes no errors and no request to anybody else', async () => {
    await capturedElsewhere();
    await open();
    await compare();
    for (const width of [800, 400]) {
      await page.setViewportSize({ width, height: 900 });
      await openPage();
      await list().waitFor();
      const box = await list().boundingBox();
      expect(box!.x).toBeGreaterThanOrEqual(0);
      expect(box!.x + box!.width).toBeLessThanOrEqual(width);
      await staff.picture(`differences-${width}`);
    }
    expect(staff.problems).toEqual([]);
    expect(staff.foreignRequests).toEqual([]);
  });
});
