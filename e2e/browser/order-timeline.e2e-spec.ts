import type { Page } from 'playwright-core';
import { testEnv } from '../support/test-env';
import { waitFor } from '../support/wait-for';
import { Warehouse } from '../support/warehouse';
import { createClerk } from './clerk';
import { openStaffBrowser, type StaffBrowser } from './staff-browser';

describe('the timeline on the page of an order', () => {
  const { adminUser, adminPassword } = testEnv();
  let house: Warehouse;
  let staff: StaffBrowser;
  let page: Page;

  beforeAll(async () => {
    house = await Warehouse.open('timeline', 'automatic');
    await house.stockAt(100, 0);
  }, 180_000);
  afterAll(() => house?.close(), 60_000);

  beforeEach(async () => {
    staff = await openStaffBrowser(house.shop.baseUrl);
    page = staff.page;
  });
  afterEach(() => staff.close());

  const statusOf = async (id: string) => {
    const order = await house.ask<{ lifecycleStatus: string }>(
      'query($id: ID!) { result: order(id: $id) { lifecycleStatus } }',
      { id },
    );
    return order.lifecycleStatus;
  };
  const fire = async (id: string, trigger: string) => {
    const answer = await house.ask<{ __typename: string }>(
      `mutation($id: ID!, $trigger: String!) {
         result: triggerOrderTransition(orderId: $id, trigger: $trigger) { __typename } }`,
      { id, trigger },
    );
    expect(answer.__typename).toBe('Order');
  };
  /** A paid order that the shop has begun to prepare by itself, with nothing under way any more. */
  const orderInPreparation = async () => {
    const { id } = await house.buy(2);
    await waitFor(async () => ((await statusOf(id)) === 'processing' ? true : undefined), {
      what: 'the preparation of the order',
    });
    await effectsEnded(id);
    return id;
  };
  const effectsEnded = (id: string) =>
    waitFor(
      async () => {
        const open = await house.rows(
          `SELECT FROM order_effect WHERE "orderId" = $1 AND state IN ('waiting', 'requested', 'running') AND "dueAt" IS NULL`,
          [id],
        );
        return open.length === 0 ? true : undefined;
      },
      { what: 'the effects of the order' },
    );
  const failEffect = (id: string, action: string) =>
    house.rows(
      `UPDATE order_effect SET state = 'failed', result = NULL, error = E'The carrier does not answer.\\n  at somewhere'
       WHERE "orderId" = $1 AND action = $2 AND "compensatesId" IS NULL`,
      [id, action],
    );

  const openOrder = async (id: string) => {
    await page.goto(`${house.shop.baseUrl}/admin/orders/${id}`);
    await track().waitFor();
    await track().scrollIntoViewIfNeeded();
  };
  const open = async (id: string) => {
    await staff.login(adminUser, adminPassword);
    await openOrder(id);
  };
  const track = () => page.getByRole('list', { name: 'Life cycle of the order' });
  const possible = () => page.getByRole('list', { name: 'Possible now', exact: true });
  const impossible = () => page.getByRole('list', { name: 'Not possible from this status' });
  const happened = () => page.getByRole('list', { name: 'What happened to the order' });
  const here = () => page.locator('[aria-current="step"] .tw-station-name').innerText();
  const focused = async () => (await page.locator(':focus').innerText()).trim();
  const picture = async (name: string) => {
    await page.locator('.tw-lifecycle').first().scrollIntoViewIfNeeded();
    await staff.picture(name);
  };

  it('shows where the order is, what is possible now, and why the rest is not', async () => {
    await open(await orderInPreparation());
    expect(await here()).toBe('In preparation');
    expect(await track().getByRole('listitem').count()).toBe(7);
    expect(await possible().innerText()).toMatch(/Items are picked.*leads to “Ready to ship”/s);
    const dispatch = impossible().getByRole('button', { name: 'Dispatch' });
    expect(await dispatch.getAttribute('aria-disabled')).toBe('true');
    await dispatch.focus();
    expect(await focused()).toBe('Dispatch');
    const reason = page.locator(`[id="${await dispatch.getAttribute('aria-describedby')}"]`);
    expect(await reason.innerText()).toBe('There is no such step from “In preparation” (Processing):');
    expect(await happened().innerText()).toMatch(/Preparation started.*now “In preparation”, by the shop/s);
    await picture('timeline');
    await happened().scrollIntoViewIfNeeded();
    await staff.picture('timeline-entries');
  });

  it('fires a trigger by the keyboard alone, with a note for the customer', async () => {
    const id = await orderInPreparation();
    await open(id);
    await possible().getByRole('button', { name: 'Items are picked' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Items are picked?' });
    await dialog.getByText('Create shipping label').waitFor();
    await page.keyboard.type('Packed with care');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await staff.picture('timeline-fire');
    await dialog.getByRole('button', { name: 'Items are picked' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Items are picked: the order is now “Ready to ship”').waitFor();
    expect(await focused()).toBe('Items are picked: the order is now “Ready to ship”');
    await happened().getByText('Packed with care').waitFor();
    await page.locator('[aria-current="step"]').getByText('Ready to ship').waitFor();
    expect(await happened().innerText()).toMatch(/Items picked.*by Super Admin/s);
    // The platform's part of the page follows.
    await page.locator('vdr-order-state-label').getByText('Ready to ship').waitFor();
    const [entry] = await house.rows<{ notePublic: boolean }>(
      `SELECT "notePublic" FROM order_status_entry WHERE "orderId" = $1 AND trigger = 'items_picked'`,
      [id],
    );
    expect(entry).toEqual({ notePublic: true });
  });

  it('is refused when the order is not what the person has seen', async () => {
    const id = await orderInPreparation();
    await open(id);
    await possible().getByRole('button', { name: 'Cancel the order' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel the order?' });
    await dialog.waitFor();
    await fire(id, 'items_picked');
    await dialog.getByRole('button', { name: 'Cancel the order' }).click();
    await dialog.getByText('The order has changed meanwhile: it is “Ready to ship” now').waitFor();
    await staff.picture('timeline-stale');
    expect(await statusOf(id)).toBe('ready_to_ship');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('[aria-current="step"]').getByText('Ready to ship').waitFor();
  });

  it('retries an effect that failed, and skips another one for a reason', async () => {
    const id = await orderInPreparation();
    await fire(id, 'items_picked');
    await effectsEnded(id);
    await failEffect(id, 'create_shipping_label');
    await failEffect(id, 'generate_packing_list');
    await open(id);
    await page.getByText('2 effects need a decision').waitFor();
    await page.getByRole('button', { name: 'Show only these' }).click();
    expect(await happened().getByRole('listitem').filter({ hasText: 'Failed' }).count()).toBe(2);
    await happened().scrollIntoViewIfNeeded();
    await staff.picture('timeline-failed');

    await page.getByRole('button', { name: 'Retry Create shipping label' }).click();
    await page.getByText('Create shipping label: runs again').waitFor();
    await waitFor(async () => ((await stateOf(id, 'create_shipping_label')) === 'done' ? true : undefined), {
      what: 'the label',
    });

    await page.getByRole('button', { name: 'Skip Generate packing list' }).click();
    const dialog = page.getByRole('dialog', { name: 'Skip “Generate packing list”?' });
    await dialog.getByRole('button', { name: 'Skip' }).click();
    await dialog.getByText('Give a reason.').waitFor();
    await dialog.getByLabel('Reason').fill('Written by hand');
    await dialog.getByRole('button', { name: 'Skip' }).click();
    await page.getByText('Generate packing list: skipped').waitFor();
    await page.getByText('Nothing needs a decision.').waitFor();
    await page.getByLabel('Show').selectOption('Effects');
    await happened().getByText('reason: Written by hand').waitFor();
    expect(await stateOf(id, 'generate_packing_list')).toBe('skipped');
  });
  const stateOf = async (id: string, action: string) => {
    const [row] = await house.rows<{ state: string }>(
      'SELECT state FROM order_effect WHERE "orderId" = $1 AND action = $2 AND "compensatesId" IS NULL',
      [id, action],
    );
    return row?.state;
  };

  it('shows parcels, pick lists and holds, and beside what was done that it is taken back', async () => {
    const sent = await orderInPreparation();
    await fire(sent, 'items_picked');
    await fire(sent, 'package_dispatched');
    await open(sent);
    await page.getByLabel('Show').selectOption('Parcels and papers');
    expect(await happened().innerText()).toMatch(/Parcel.*Shipped.*2 × /s);
    await page.getByLabel('Show').selectOption('Holds and pick lists');
    expect(await happened().innerText()).toMatch(/Pick list.*Picked.*Hold.*Paid for/s);
    await page.locator('select').filter({ hasText: 'Oldest first' }).selectOption('Oldest first');
    expect(await happened().innerText()).toMatch(/Hold.*Pick list/s);

    const cancelled = await orderInPreparation();
    await fire(cancelled, 'cancel');
    await effectsEnded(cancelled);
    await openOrder(cancelled);
    expect(await here()).toBe('Cancelled');
    const mail = happened().getByRole('listitem').filter({ hasText: 'Send confirmation email' });
    expect(await mail.first().innerText()).toMatch(/Send confirmation email.*Done.*Taken back.*Done/s);
    await picture('timeline-cancelled');
  });

  it('gives label and packing list to print', async () => {
    const id = await orderInPreparation();
    await fire(id, 'items_picked');
    await effectsEnded(id);
    await open(id);
    await page.getByLabel('Show').selectOption('Parcels and papers');
    await happened().scrollIntoViewIfNeeded();
    await staff.picture('timeline-papers');
    expect(await happened().innerText()).toMatch(/Shipping label.*Good/s);
    for (const name of [/^Print shipping label/, /^Print packing list/]) {
      const link = happened().getByRole('link', { name });
      expect(await link.getAttribute('target')).toBe('_blank');
      const answer = await page.request.get(house.shop.baseUrl + (await link.getAttribute('href')));
      expect(answer.status()).toBe(200);
      expect(answer.headers()['content-type']).toContain('application/pdf');
    }
    await fire(id, 'cancel');
    await effectsEnded(id);
    await page.getByRole('button', { name: 'Refresh the timeline' }).click();
    await happened().getByText('Void: do not use').first().waitFor();
  });

  it('leads to the stock ledger of the order', async () => {
    const id = await orderInPreparation();
    await open(id);
    await page.getByRole('link', { name: 'Stock ledger of this order' }).click();
    await page.getByRole('table', { name: 'Ledger' }).waitFor();
    expect(await page.getByLabel('Order code').inputValue()).toMatch(/^\w/);
  });

  it('says that it loads, and that it failed, and tries again when told', async () => {
    const id = await orderInPreparation();
    let release = () => {};
    const released = new Promise<void>(resolve => (release = resolve));
    await hinder(async () => {
      await released;
      return true;
    });
    await staff.login(adminUser, adminPassword);
    await page.goto(`${house.shop.baseUrl}/admin/orders/${id}`);
    // Another part of the page may load, too.
    await page.getByText('Loading …').first().waitFor();
    await staff.picture('timeline-loading');
    release();
    await track().waitFor();
    await page.unroute('**/admin-api*');
    await hinder(() => Promise.resolve(false));
    await page.getByRole('button', { name: 'Refresh the timeline' }).click();
    await page.getByText('The timeline cannot be read: what is below may be out of date').waitFor();
    await staff.picture('timeline-error');
    await page.unroute('**/admin-api*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('The timeline cannot be read').waitFor({ state: 'detached' });
  });
  const hinder = (pass: () => Promise<boolean>) =>
    page.route('**/admin-api*', async route => {
      if (route.request().postData()?.includes('query OrderTimeline') !== true) return route.continue();
      return (await pass()) ? route.continue() : route.abort();
    });

  it('lets staff with the permission to read look, and no more', async () => {
    const id = await orderInPreparation();
    await fire(id, 'items_picked');
    await effectsEnded(id);
    await failEffect(id, 'create_shipping_label');
    const name = `reader-${Date.now()}@tradewind.example`;
    await createClerk(house.admin, name, 'clerk-password-1', ['ReadOrder']);
    await staff.login(name, 'clerk-password-1');
    await openOrder(id);
    await page.getByText('you need the permission “UpdateOrder”').waitFor();
    expect(await possible().getByRole('button').count()).toBe(0);
    for (const what of [/^Retry/, /^Skip/]) {
      expect(await happened().getByRole('button', { name: what }).count()).toBe(0);
    }
    expect(await page.getByRole('link', { name: 'Stock ledger of this order' }).count()).toBe(0);
    expect(page.url()).toContain(`/orders/${id}`);
    await picture('timeline-reader');
  });

  it('fits narrow windows, and causes no errors and no request to anybody else', async () => {
    const id = await orderInPreparation();
    await staff.login(adminUser, adminPassword);
    for (const width of [800, 400]) {
      await page.setViewportSize({ width, height: 900 });
      await openOrder(id);
      for (const part of [track(), happened(), impossible()]) {
        const box = await part.boundingBox();
        expect(box!.x).toBeGreaterThanOrEqual(0);
        expect(box!.x + box!.width).toBeLessThanOrEqual(width);
      }
      await picture(`timeline-${width}`);
      await happened().scrollIntoViewIfNeeded();
      await staff.picture(`timeline-entries-${width}`);
    }
    expect(staff.problems).toEqual([]);
    expect(staff.foreignRequests).toEqual([]);
  });
});
