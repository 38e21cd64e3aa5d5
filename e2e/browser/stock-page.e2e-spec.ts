import type { Page } from 'playwright-core';
import { guestPaying } from '../support/inventory';
import { testEnv } from '../support/test-env';
import { waitFor } from '../support/wait-for';
import { Warehouse } from '../support/warehouse';
import { createClerk } from './clerk';
import { openStaffBrowser, type StaffBrowser } from './staff-browser';

describe('the page "Stock"', () => {
  const { adminUser, adminPassword } = testEnv();
  let house: Warehouse;
  let staff: StaffBrowser;
  let page: Page;
  let sku: string;
  let name: string;
  /** The name of the second location. */
  let second: string;

  beforeAll(async () => {
    house = await Warehouse.open('stock_page', 'automatic');
    await house.stockAt(40, 7);
    const variant = await house.ask<{ sku: string; name: string }>(
      'query($id: ID!) { result: productVariant(id: $id) { sku name } }',
      { id: house.variantId },
    );
    ({ sku, name } = variant);
    const locations = await house.rows<{ name: string }>('SELECT name FROM stock_location WHERE id = $1', [
      house.second,
    ]);
    second = locations[0]?.name ?? '';
  }, 180_000);
  afterAll(() => house?.close(), 60_000);

  beforeEach(async () => {
    staff = await openStaffBrowser(house.shop.baseUrl);
    page = staff.page;
  });
  afterEach(() => staff.close());

  const openPage = (query = '') => page.goto(`${house.shop.baseUrl}/admin/extensions/inventory${query}`);
  const open = async (query = '') => {
    await staff.login(adminUser, adminPassword);
    await openPage(query);
    await page.getByRole('tab', { name: 'Availability' }).waitFor();
  };
  const button = (text: string) => page.getByRole('button', { name: text, exact: true });
  const table = (caption: string) => page.getByRole('table', { name: caption, exact: true });
  const rows = (caption: string) => table(caption).locator('tbody').getByRole('row');
  const locationField = () =>
    page
      .locator('.tw-field')
      .filter({ hasText: /^Location/ })
      .locator('select');
  const openTab = (text: string) => page.getByRole('tab', { name: text }).click();
  const focused = async () => (await page.locator(':focus').innerText()).trim();
  const seek = async (text: string) => {
    await page.getByLabel('SKU or name').fill(text);
    await page.keyboard.press('Enter');
    await page.getByText(sku, { exact: true }).first().waitFor();
  };

  /** Has the API fail, or wait, for one query. */
  const hinder = (query: string, what: 'fail' | Promise<void>) =>
    page.route('**/admin-api*', async route => {
      if (route.request().postData()?.includes(query) !== true) return route.continue();
      if (what === 'fail') return route.abort();
      await what;
      await route.continue();
    });

  it('is reached by the menu, and says what is where', async () => {
    await staff.login(adminUser, adminPassword);
    await page.locator('vdr-main-nav a[href="/admin/extensions/inventory"]').click();
    await table('Availability').waitFor();
    await staff.picture('stock');
    await seek(sku);
    await expect2Rows('Availability');
    const first = rows('Availability').first();
    expect(await first.innerText()).toContain('40');
    await locationField().selectOption(second);
    await rows('Availability').nth(1).waitFor({ state: 'detached' });
    expect(await rows('Availability').first().innerText()).toMatch(new RegExp(`${second}.*7`, 's'));
    await rows('Availability').first().getByRole('link', { name }).click();
    await page.waitForURL(/catalog\/products\/\d+\/variants\/\d+/);
    await page.locator('vdr-product-variant-detail').waitFor();
  });
  const expect2Rows = async (caption: string) => {
    await rows(caption).nth(2).waitFor({ state: 'detached' });
    expect(await rows(caption).count()).toBe(2);
  };

  it('sets by the keyboard when a variant is low, and finds what is', async () => {
    await open();
    await seek(sku);
    await expect2Rows('Availability');
    await page.getByRole('button', { name: new RegExp(`change for ${sku} at ${second}`) }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: `When is ${sku} low at ${second}?` });
    await dialog.waitFor();
    await page.keyboard.type('a few');
    await page.keyboard.press('Enter');
    await dialog.getByText('Give a whole number from 0').waitFor();
    await staff.picture('stock-threshold');
    await dialog.getByRole('textbox').fill('10');
    await page.keyboard.press('Enter');
    await page.getByText(`${sku} at ${second} is low at 10 or fewer`).waitFor();
    const row = rows('Availability').filter({ hasText: second });
    await row.getByText('Low', { exact: true }).waitFor();
    expect(await focused()).toBe('10');
    await page.getByLabel('Only what is low').check();
    await rows('Availability').filter({ hasNotText: second }).first().waitFor({ state: 'detached' });
    expect(await rows('Availability').count()).toBe(1);
    await staff.picture('stock-low');
    await house.setThreshold(null, house.second);
    await button('Show').click();
    await page.getByText('Nothing is low here.').waitFor();
    await staff.picture('stock-low-none');
  });

  it('counts levels anew from their movements', async () => {
    await open();
    await seek(sku);
    await expect2Rows('Availability');
    await house.rows(
      'UPDATE stock_level SET "stockOnHand" = "stockOnHand" + 1 WHERE "productVariantId" = $1 AND "stockLocationId" = $2',
      [house.variantId, house.second],
    );
    await page.getByRole('button', { name: 'Recount this page' }).click();
    const dialog = page.getByRole('dialog', { name: 'Levels and movements' });
    await dialog.getByText(/2 stock levels counted: \d differ/).waitFor();
    expect(await dialog.locator('tbody').getByRole('row').first().innerText()).toContain('Differs');
    await staff.picture('stock-recount');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await house.rows(
      'UPDATE stock_level SET "stockOnHand" = "stockOnHand" - 1 WHERE "productVariantId" = $1 AND "stockLocationId" = $2',
      [house.variantId, house.second],
    );
  });

  it('shows what checkouts hold, and leads to the order', async () => {
    await open();
    await openTab('Holds');
    await page.getByText('No checkout holds any stock now.').waitFor();
    await staff.picture('stock-holds-none');
    const shopper = await guestPaying(house.variantId, 3, house.shop.baseUrl);
    const order = await shopper.activeOrder();
    await button('Show').click();
    const row = rows('Running holds').filter({ hasText: order!.code });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/3.*1[45] minutes/s);
    await staff.picture('stock-holds');
    await page.getByLabel('SKU, name or order').fill('nobody has it');
    await page.keyboard.press('Enter');
    await page.getByText('No hold fits the filter.').waitFor();
    // Not a pattern: a per cent sign is itself.
    await page.getByLabel('SKU, name or order').fill('%');
    await page.keyboard.press('Enter');
    await page.getByText('No hold fits the filter.').waitFor();
    await page.getByLabel('SKU, name or order').fill(order!.code.toLowerCase());
    await page.keyboard.press('Enter');
    await row.waitFor();
    await row.getByRole('link', { name: order!.code }).click();
    await page.waitForURL(new RegExp(`/orders/${order!.id}$`));
  });

  it('shows the ledger with what there was after each entry, page by page', async () => {
    // More entries than one page has.
    for (let units = 1; units <= 26; units += 1) await house.addStock(house.second, 1);
    const order = await house.buy(2);
    await open();
    await page.getByRole('tab', { name: 'Availability' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.getByLabel('SKU').fill(sku);
    await page.keyboard.press('Enter');
    await table('Ledger').waitFor();
    const pager = page.getByRole('navigation', { name: 'Pages of the ledger' });
    await pager.waitFor();
    const newest = await rows('Ledger').first().innerText();
    await staff.picture('stock-ledger');
    await pager.getByRole('button', { name: 'Older' }).click();
    await turned(text => text !== newest);
    await pager.getByRole('button', { name: 'Newer' }).click();
    await turned(text => text === newest);

    await page.getByLabel('Order code').fill(order.code);
    await page.getByLabel('What').selectOption('Allocated to a paid order');
    await rows('Ledger').nth(1).waitFor({ state: 'detached' });
    expect(await rows('Ledger').first().innerText()).toMatch(/2 × allocated to a paid order.*allocated \+2/s);
    expect(await rows('Ledger').first().innerText()).toContain(order.code);
    await button('Clear the filter').click();
    await rows('Ledger').nth(1).waitFor();
    await page.getByLabel('SKU').fill('nobody has it');
    await button('Show').click();
    await page.getByText('No entry fits the filter.').waitFor();
  });

  const turned = (is: (firstRow: string) => boolean) =>
    waitFor(async () => (is(await rows('Ledger').first().innerText()) ? true : undefined), {
      what: 'the other page',
    });

  it('opens the ledger of one place from its row', async () => {
    await open();
    await seek(sku);
    await expect2Rows('Availability');
    await page.getByRole('button', { name: `Ledger of ${sku} at ${second}` }).click();
    await table('Ledger').waitFor();
    expect(await page.getByLabel('SKU').inputValue()).toBe(sku);
    expect(await rows('Ledger').first().innerText()).toContain(second);
  });

  it('shows what is to be picked where', async () => {
    const order = await house.buy(2);
    await house.settled();
    await open('?tab=pick-lists');
    const row = rows('Pick lists').filter({ hasText: order.code });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/2 × .*To be picked/s);
    await staff.picture('stock-pick-lists');
    await page.getByLabel('State').selectOption('Cancelled');
    await page.getByText('There is no such list.').waitFor();
  });

  it('says that it loads, and that it failed, and tries again when told', async () => {
    let release = () => {};
    await hinder('StockPageOverview', new Promise<void>(resolve => (release = resolve)));
    await staff.login(adminUser, adminPassword);
    await openPage();
    await page.getByText('Loading …').waitFor();
    await staff.picture('stock-loading');
    release();
    await table('Availability').waitFor();
    await page.unroute('**/admin-api*');
    await hinder('StockPageLedger', 'fail');
    await openTab('Ledger');
    await page.getByText('The ledger cannot be read').waitFor();
    await staff.picture('stock-error');
    await page.unroute('**/admin-api*');
    await button('Try again').click();
    await table('Ledger').waitFor();
    expect(await page.getByText('The ledger cannot be read').count()).toBe(0);
  });

  it('lets staff look who may read products only', async () => {
    const clerk = `reader-${Date.now()}@tradewind.example`;
    await createClerk(house.admin, clerk, 'clerk-password-1', ['ReadProduct']);
    await staff.login(clerk, 'clerk-password-1');
    await openPage();
    await seek(sku);
    expect(await locationField().count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Low at/ }).count()).toBe(0);
    await openTab('Ledger');
    await table('Ledger').waitFor();
    expect(await page.getByRole('link', { name: /^ORD-|^[A-Z0-9]{16}$/ }).count()).toBe(0);
    await openTab('Pick lists');
    await page.getByText('You are not allowed to see pick lists').waitFor();
    await staff.picture('stock-no-pick-lists');
    expect(page.url()).toContain('/extensions/inventory');
  });

  it('neither shows anything to staff without the permission nor logs them out', async () => {
    const clerk = `clerk-${Date.now()}@tradewind.example`;
    await createClerk(house.admin, clerk, 'clerk-password-1', ['ReadOrder']);
    await staff.login(clerk, 'clerk-password-1');
    expect(await page.locator('vdr-main-nav a[href="/admin/extensions/inventory"]').count()).toBe(0);
    await openPage();
    await page.getByText('You are not allowed to see this page').waitFor();
    await staff.picture('stock-no-permission');
    expect(await page.getByRole('table').count()).toBe(0);
  });

  it('fits narrow windows, and causes no errors and no request to anybody else', async () => {
    await staff.login(adminUser, adminPassword);
    for (const width of [800, 400]) {
      await page.setViewportSize({ width, height: 900 });
      for (const [tab, caption] of [
        ['availability', 'Availability'],
        ['ledger', 'Ledger'],
        ['pick-lists', 'Pick lists'],
      ] as const) {
        await openPage(`?tab=${tab}`);
        await table(caption).waitFor();
        const box = await table(caption).boundingBox();
        expect(box!.x + box!.width).toBeLessThanOrEqual(width);
        await staff.picture(`stock-${tab}-${width}`);
      }
    }
    expect(staff.problems).toEqual([]);
    expect(staff.foreignRequests).toEqual([]);
  });
});
