import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { AdminClient } from '../support/admin-client';
import { ShopClient } from '../support/shop-client';
import { placeGuestOrder, variantsInStock } from '../support/shopping';
import { query } from '../support/sql';
import { testEnv } from '../support/test-env';
import { createClerk } from './clerk';
import { openStaffBrowser, type StaffBrowser } from './staff-browser';

const PAGE = '/admin/extensions/payments/report';

interface Row {
  date: string;
  provider: string;
  currencyCode: string;
  captured: number;
  capturedCount: number;
  refunded: number;
}

describe('the page "Payment report"', () => {
  const { baseUrl, adminUser, adminPassword } = testEnv();
  let admin: AdminClient;
  let staff: StaffBrowser;
  let page: Page;

  beforeAll(async () => {
    admin = await AdminClient.signedIn();
    const [variant] = await variantsInStock(new ShopClient(baseUrl), 1);
    await placeGuestOrder(new ShopClient(baseUrl), variant!.id);
    await placeGuestOrder(new ShopClient(baseUrl), variant!.id);
    // As if one of them had been paid a week ago.
    await query(
      `UPDATE payment_attempt SET "movedAt" = now() - interval '7 days' WHERE id =
         (SELECT max(id) FROM payment_attempt WHERE "movedAt" IS NOT NULL)`,
    );
  }, 60_000);
  beforeEach(async () => {
    staff = await openStaffBrowser(baseUrl);
    page = staff.page;
  });
  afterEach(() => staff.close());

  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const rowsOf = async (from: string, to: string) => {
    const { paymentDailyReport } = await admin.api.request<{ paymentDailyReport: { rows: Row[] } }>(
      `query($input: PaymentDailyReportInput!) { paymentDailyReport(input: $input) {
         rows { date provider currencyCode captured capturedCount refunded } } }`,
      { input: { from, to } },
    );
    return paymentDailyReport.rows;
  };
  const openPage = () => page.goto(`${baseUrl}${PAGE}`);
  const open = async () => {
    await staff.login(adminUser, adminPassword);
    await openPage();
    await days().waitFor();
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const days = () => page.getByRole('table', { name: 'Days', exact: true });
  const totals = () => page.getByRole('table', { name: 'Sums of each currency' });
  const chart = () => page.getByRole('img', { name: /^Captured and given back in USD, day by day/ });
  const money = (minor: number) =>
    (minor / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' });
  /** What the API was asked for last. */
  const show = async (first: string, last: string) => {
    await page.getByLabel('First day').fill(first);
    await page.getByLabel('Last day').fill(last);
    await page.keyboard.press('Enter');
  };

  it('is reached by the menu, and shows days and sums as a table and as a chart', async () => {
    const rows = await rowsOf(day(29), day(0));
    expect(rows.map(({ date }) => date)).toEqual(expect.arrayContaining([day(0), day(7)]));
    const captured = rows.reduce((sum, row) => sum + row.captured, 0);
    await staff.login(adminUser, adminPassword);
    await page.locator(`vdr-main-nav a[href="${PAGE}"]`).click();
    await chart().waitFor();
    await staff.picture('report');
    expect(await totals().locator('tbody').innerText()).toContain(money(captured));
    expect(await days().locator('tbody').getByRole('row').count()).toBe(rows.length);
    // Two for each day: taken and given back.
    expect(await chart().locator('rect').count()).toBe(60);
    expect(await chart().getAttribute('aria-labelledby')).toMatch(/\S \S/);
    const described = chart().locator('desc');
    expect(await described.textContent()).toContain(`${money(captured)} captured`);
    await days().scrollIntoViewIfNeeded();
    await staff.picture('report-days');
  });

  it('is of the days that are asked for, by the keyboard', async () => {
    await open();
    await page.getByLabel('First day').focus();
    await show(day(7), day(7));
    await page.getByText('1 payment', { exact: true }).first().waitFor();
    await chart().waitFor();
    expect(await chart().locator('rect').count()).toBe(2);
    expect(await days().locator('tbody').getByRole('row').count()).toBe(
      (await rowsOf(day(7), day(7))).length,
    );
    await show('2001-01-01', '2001-01-31');
    await page.getByText('Nothing was moved on these days.').waitFor();
    await staff.picture('report-empty');
    await button('Last 7 days').click();
    await chart().waitFor();
    expect(await page.getByLabel('First day').inputValue()).toBe(day(6));
    await show(day(0), day(1));
    await page.getByText('The last day is before the first one.').waitFor();
    expect(await page.getByLabel('Last day').getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator(':focus').getAttribute('type')).toBe('date');
    await show('2020-01-01', day(0));
    await page.getByText('A report has 366 days at most').waitFor();
    await staff.picture('report-wrong');
  });

  it('shows a provider or a currency, and gives the rest to be downloaded', async () => {
    const rows = await rowsOf(day(29), day(0));
    const provider = rows[0]!.provider;
    await open();
    await page.getByLabel('Provider').selectOption(provider);
    await page.getByLabel('Currency').selectOption('USD');
    const shown = rows.filter(row => row.provider === provider && row.currencyCode === 'USD');
    expect(await days().locator('tbody').getByRole('row').count()).toBe(shown.length);
    const saving = page.waitForEvent('download');
    await button('Download as CSV').click();
    const file = await saving;
    expect(file.suggestedFilename()).toBe(`payments-${day(29)}-${day(0)}.csv`);
    const [head, ...lines] = readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(head).toMatch(/^date,provider,currencyCode,captured,capturedCount,/);
    expect(lines).toHaveLength(shown.length);
    expect(lines[0]).toContain(
      `${shown[0]!.date},${provider},USD,${(shown[0]!.captured / 100).toFixed(2)},${shown[0]!.capturedCount},`,
    );
  });

  it('never adds up different currencies', async () => {
    await staff.login(adminUser, adminPassword);
    await page.route('**/admin-api*', async route => {
      if (route.request().postData()?.includes('ReportPageDays') !== true) return route.continue();
      const response = await route.fetch();
      const answer = (await response.json()) as { data: { paymentDailyReport: { rows: Row[] } } };
      const { rows } = answer.data.paymentDailyReport;
      rows.push({ ...rows[0]!, currencyCode: 'EUR', captured: 100, capturedCount: 0, refunded: 60 });
      await route.fulfill({ response, json: answer });
    });
    await openPage();
    await chart().waitFor();
    expect(await page.getByRole('img', { name: /day by day/ }).count()).toBe(2);
    expect(await totals().locator('tbody').getByRole('row').allInnerTexts()).toEqual([
      expect.stringMatching(/^USD/) as string,
      expect.stringMatching(/^EUR.*€1\.00.*€0\.60/s) as string,
    ]);
    // What was given back hangs below the line that what was taken stands on.
    const euros = page.getByRole('img', { name: /in EUR, day by day/ });
    const line = await euros.locator('.tw-chart-zero line').getAttribute('y1');
    const back = euros.locator('rect').filter({ has: page.locator('title', { hasText: '€0.60' }) });
    expect(await back.getAttribute('y')).toBe(line);
    expect(Number(await back.getAttribute('height'))).toBeGreaterThan(0);
    await euros.scrollIntoViewIfNeeded();
    await staff.picture('report-currencies');
  });

  it('says that it loads, and that it failed, and tries again when told', async () => {
    let release = () => {};
    const held = new Promise<void>(resolve => (release = resolve));
    await staff.login(adminUser, adminPassword);
    await page.route('**/admin-api*', async route => {
      if (route.request().postData()?.includes('ReportPageDays') !== true) return route.continue();
      await held;
      await route.abort();
    });
    await openPage();
    await page.getByText('Loading …').waitFor();
    release();
    await page.getByText('The report cannot be read').waitFor();
    await staff.picture('report-error');
    await page.unroute('**/admin-api*');
    await button('Try again').click();
    await days().waitFor();
  });

  it('is shown to staff who may read it', async () => {
    const clerk = `report-reader-${Date.now()}@tradewind.example`;
    await createClerk(admin, clerk, 'clerk-password-1', ['ReadPaymentReconciliation']);
    await staff.login(clerk, 'clerk-password-1');
    await openPage();
    await days().waitFor();
    expect(page.url()).toContain(PAGE);
  });

  it('fits narrow windows, and causes no errors and no request to anybody else', async () => {
    await staff.login(adminUser, adminPassword);
    for (const width of [800, 400]) {
      await page.setViewportSize({ width, height: 900 });
      await openPage();
      await chart().waitFor();
      for (const part of [chart(), totals(), days()]) {
        const box = await part.boundingBox();
        expect(box!.x).toBeGreaterThanOrEqual(0);
        expect(box!.x + box!.width).toBeLessThanOrEqual(width);
      }
      await staff.picture(`report-${width}`);
    }
    expect(staff.problems).toEqual([]);
    expect(staff.foreignRequests).toEqual([]);
  });
});
