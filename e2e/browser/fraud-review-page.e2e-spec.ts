import type { Page } from 'playwright-core';
import { deviceHeader, keyOf } from '../../src/plugins/fraud/testing';
import { givePast } from '../support/fraud/decisions';
import { activeId, pay } from '../support/payments-probe/payments';
import { startPaymentsShop, type PaymentsShop } from '../support/payments-probe/shop';
import { succeeded } from '../support/results';
import { ShopClient } from '../support/shop-client';
import { fillIn, newEmail } from '../support/shopping';
import { testEnv } from '../support/test-env';
import { waitFor } from '../support/wait-for';
import { createClerk } from './clerk';
import { openStaffBrowser, type StaffBrowser } from './staff-browser';

const HOUR_MS = 3_600_000;
const LONDON = '81.2.69.142';
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36';
const QUEUE = '/admin/extensions/fraud/review';

interface Case {
  id: string;
  orderCode: string;
  status: string;
  score: number | null;
  reason: string | null;
  assignee: { emailAddress: string } | null;
  notes: { text: string }[];
}

describe('the pages of the fraud review', () => {
  const { adminUser, adminPassword } = testEnv();
  let payments: PaymentsShop;
  let staff: StaffBrowser;
  let page: Page;

  beforeAll(async () => {
    payments = await startPaymentsShop('fraud_pages', { FRAUD_SCORING: 'true', TRUSTED_PROXIES: 'loopback' });
  }, 180_000);
  afterAll(() => payments?.stop(), 60_000);
  beforeEach(async () => {
    staff = await openStaffBrowser(payments.shop.baseUrl);
    page = staff.page;
  });
  afterEach(() => staff.close());

  /** Pays after failures enough for a review. Gives the code of the order. */
  async function suspicious(device = 'e2e-shared-device-1'): Promise<string> {
    const client = new ShopClient(payments.shop.baseUrl, {
      timeoutMs: 60_000,
      headers: {
        'user-agent': CHROME,
        'x-forwarded-for': LONDON,
        'x-device': deviceHeader({ fingerprint: device, timezone: 'Europe/London', language: 'en-GB' }),
      },
    });
    succeeded(await client.addItem(payments.variantId, 1));
    await fillIn(client, newEmail('suspect'));
    succeeded(await client.transition('ArrangingPayment'));
    const order = await client.activeOrder();
    await activeId(client);
    await givePast(
      payments.database,
      keyOf('customer', order?.customer?.id ?? ''),
      [1, 2, 3, 4].map(hours => ({ ms: hours * HOUR_MS, status: 'failed' as const })),
    );
    expect(await pay(client, payments.automatic, { token: `card-${device}` })).toMatchObject({
      state: 'PaymentAuthorized',
    });
    const code = order?.code ?? '';
    await waitFor(async () => (await caseOf(code)) !== undefined, { what: `a case of ${code}` });
    return code;
  }

  async function cases(queue: string): Promise<Case[]> {
    const { fraudCases } = await payments.admin.api.request<{ fraudCases: { items: Case[] } }>(
      `query($queue: FraudCaseQueue) { fraudCases(queue: $queue, options: { take: 100 }) {
         items { id orderCode status score reason assignee { emailAddress } notes { text } } } }`,
      { queue },
    );
    return fraudCases.items;
  }
  const caseOf = async (code: string) =>
    [...(await cases('open')), ...(await cases('ended'))].find(({ orderCode }) => orderCode === code);

  const url = (path: string) => `${payments.shop.baseUrl}${path}`;
  const openQueue = async () => {
    await staff.login(adminUser, adminPassword);
    await page.goto(url(QUEUE));
    await page.getByTestId('counts').getByText('open').waitFor();
  };
  const openCase = async (code: string) => {
    await staff.login(adminUser, adminPassword);
    await page.goto(url(`/admin/extensions/fraud/cases/${(await caseOf(code))?.id}`));
    await page.getByTestId('sum').waitFor();
  };
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const dialog = () => page.getByRole('dialog');
  const focused = () => page.locator(':focus').innerText();

  it('is reached by the menu, and says that nothing waits', async () => {
    await staff.login(adminUser, adminPassword);
    await page.locator('vdr-main-nav [data-section-id="fraud"] button').first().click();
    await page.locator(`vdr-main-nav a[href="${QUEUE}"]`).click();
    await page.getByText('No payment waits for a decision.').waitFor();
    await button('Next case').click();
    await page.getByText('There is no case that nobody works on').waitFor();
    await staff.picture('fraud-queue-empty');
  });

  it('leads through the queue by keys, approves one and rejects another for a reason', async () => {
    const first = await suspicious();
    const second = await suspicious();
    await openQueue();
    await page.getByText(second).waitFor();
    await staff.picture('fraud-queue');
    await page.keyboard.press('j');
    expect(await focused()).toBe(first);
    await page.keyboard.press('j');
    expect(await focused()).toBe(second);
    await page.keyboard.press('k');
    await page.keyboard.press('a');
    await dialog().getByText('What is reserved is captured').waitFor();
    await button('Approve').click();
    await page.getByText(`${first} is approved`).waitFor();
    expect(await caseOf(first)).toMatchObject({ status: 'approved' });

    await page.keyboard.press('j');
    await page.keyboard.press('r');
    await button('Reject').click();
    await dialog().getByText('Give a reason.').waitFor();
    await staff.picture('fraud-reject');
    // In a field, a key is a letter.
    await page.keyboard.type('narrow prices');
    await button('Reject').click();
    await page.getByText(`${second} is rejected`).waitFor();
    expect(await caseOf(second)).toMatchObject({ status: 'rejected', reason: 'narrow prices' });
  });

  it('shows a case: its score adds up, signals, map, links; it is taken, and written to', async () => {
    const other = await suspicious('e2e-linked-device-1');
    const code = await suspicious('e2e-linked-device-1');
    await openCase(code);
    const { score } = (await caseOf(code))!;
    expect(Number(await page.getByTestId('sum').innerText())).toBe(score);
    await page.getByText('is the score').waitFor();
    await page.getByRole('rowheader', { name: /Failed attempts in 6 hours/ }).waitFor();
    await page.getByRole('img', { name: /Map of the places/ }).waitFor();
    await page
      .getByRole('table', { name: 'Linked orders' })
      .getByRole('row', { name: new RegExp(`${other}.*same`, 's') })
      .waitFor();
    await page.getByLabel('Find a signal').fill('ip.country');
    await page.getByRole('rowheader', { name: 'ip.country', exact: true }).waitFor();
    await staff.picture('fraud-case');
    await page.getByRole('img', { name: /Map of the places/ }).scrollIntoViewIfNeeded();
    await staff.picture('fraud-case-map');

    await button('Take').click();
    await button('Let go').waitFor();
    expect((await caseOf(code))?.assignee).not.toBeNull();
    await page.getByRole('textbox', { name: 'A note' }).fill('called the shopper');
    await button('Add the note').click();
    await page.getByRole('list', { name: 'Notes' }).getByText('called the shopper').waitFor();
    await page.getByRole('list', { name: 'History of the case' }).getByText('Note written').waitFor();
    await staff.picture('fraud-case-notes');
    await page.keyboard.press('t');
    await button('Take').waitFor();
    await page.keyboard.press('a');
    await button('Approve').click();
    await page.getByText(`${code} is approved`).waitFor();
    expect(await caseOf(code)).toMatchObject({ status: 'approved', notes: [{ text: 'called the shopper' }] });
    await page.keyboard.press('n');
    await page.waitForURL(url(`/admin/extensions/fraud/cases/${(await caseOf(other))?.id}`));
  });

  it('decides several at once', async () => {
    const codes = [await suspicious('bulk-device-0001'), await suspicious('bulk-device-0002')];
    await openQueue();
    await page.getByLabel('All rows of this page').check();
    await button('Approve them …').click();
    await dialog().getByRole('textbox').fill('known shoppers');
    await button('Approve').click();
    await page.getByText(/^\d of \d cases approved$/).waitFor();
    for (const code of codes) expect(await caseOf(code)).toMatchObject({ status: 'approved' });
    await page.getByLabel('Part of the queue').selectOption('ended');
    await page.getByRole('row', { name: new RegExp(`${codes[0]}.*Approved`, 's') }).waitFor();
  });

  it('says that it loads, and that it failed, and tries again when told', async () => {
    let release = () => {};
    const held = new Promise<void>(resolve => (release = resolve));
    await staff.login(adminUser, adminPassword);
    await page.route('**/admin-api*', async route => {
      if (route.request().postData()?.includes('FraudPageQueue') !== true) return route.continue();
      await held;
      await route.abort();
    });
    await page.goto(url(QUEUE));
    await page.getByText('Loading …').waitFor();
    release();
    await page.getByText('The queue cannot be read').waitFor();
    await staff.picture('fraud-queue-error');
    await page.unroute('**/admin-api*');
    await button('Try again').click();
    await page.getByTestId('counts').getByText('open').waitFor();
  });

  it('shows it to staff who may only read, without anything to change', async () => {
    const code = await suspicious('reader-device-0001');
    const clerk = `fraud-reader-${Date.now()}@tradewind.example`;
    await createClerk(payments.admin, clerk, 'clerk-password-1', ['ReadFraudReview']);
    await staff.login(clerk, 'clerk-password-1');
    await page.goto(url(QUEUE));
    await page.getByText(code).click();
    await page.getByTestId('sum').waitFor();
    expect(await page.getByRole('button', { name: /Take|Approve|Reject|Next case|note/ }).count()).toBe(0);
    await page.keyboard.press('r');
    expect(await dialog().count()).toBe(0);
    expect(page.url()).toContain('/fraud/cases/');
  });

  it('neither shows anything to staff without the permission nor logs them out', async () => {
    const clerk = `fraud-stranger-${Date.now()}@tradewind.example`;
    await createClerk(payments.admin, clerk, 'clerk-password-1', ['ReadOrder']);
    await staff.login(clerk, 'clerk-password-1');
    for (const path of ['review', 'cases/1', 'rules', 'lists', 'models', 'drift']) {
      await page.goto(url(`/admin/extensions/fraud/${path}`));
      await page.getByText('You are not allowed to see this page').waitFor();
    }
    expect(await page.getByRole('table').count()).toBe(0);
    expect(await page.locator('vdr-main-nav [data-section-id="fraud"]').count()).toBe(0);
  });

  it('fits narrow windows, and causes no errors and no request to anybody else', async () => {
    const code = await suspicious('narrow-device-0001');
    await staff.login(adminUser, adminPassword);
    for (const width of [800, 400]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(url(QUEUE));
      const table = page.getByRole('table', { name: 'Cases', exact: true });
      await table.waitFor();
      const box = await table.boundingBox();
      expect(box!.x + box!.width).toBeLessThanOrEqual(width);
    }
    await staff.picture('fraud-queue-400');
    await page.getByText(code).click();
    await page.getByRole('img', { name: /Map of the places/ }).waitFor();
    const box = await page.getByRole('table', { name: 'What makes up the score' }).boundingBox();
    expect(box!.x + box!.width).toBeLessThanOrEqual(400);
    await staff.picture('fraud-case-400');
    expect(staff.problems).toEqual([]);
    expect(staff.foreignRequests).toEqual([]);
  });
});
