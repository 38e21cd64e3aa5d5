import type { Page } from 'playwright-core';
import { DRIFT } from '../support/fraud/staged-answers';
import { stageFraudApi } from '../support/fraud/staged-api';
import { testEnv } from '../support/test-env';
import { openStaffBrowser, type StaffBrowser } from './staff-browser';

const PAGE = '/admin/extensions/fraud/drift';

describe('the page "Fraud drift"', () => {
  const { baseUrl, adminUser, adminPassword } = testEnv();
  let staff: StaffBrowser;
  let page: Page;

  beforeEach(async () => {
    staff = await openStaffBrowser(baseUrl);
    page = staff.page;
  });
  afterEach(() => staff.close());

  const open = async () => {
    await staff.login(adminUser, adminPassword);
    await page.goto(`${baseUrl}${PAGE}`);
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  it('shows what the shop says, and makes a report when told', async () => {
    await staff.login(adminUser, adminPassword);
    await page.locator('vdr-main-nav [data-section-id="fraud"] button').first().click();
    await page.locator(`vdr-main-nav a[href="${PAGE}"]`).click();
    await button('Make today’s report').click();
    await page
      .getByText(/^Report of/)
      .first()
      .waitFor();
    await page.getByRole('table', { name: 'Reports' }).waitFor();
    expect(await page.getByRole('table', { name: 'Reports' }).getByRole('row').count()).toBe(2);
    expect(staff.problems).toEqual([]);
    expect(staff.foreignRequests).toEqual([]);
  });

  it('draws months of reports, and has the same figures as tables', async () => {
    await stageFraudApi(page, DRIFT);
    await open();
    const chart = page.getByRole('img', { name: /^PSI of the score/ });
    await chart.waitFor();
    await chart.getByText('0.25 drifted').waitFor();
    expect(await chart.locator('polyline').count()).toBe(4);
    await staff.picture('fraud-drift');
    await page.getByText('1–14 of 60').waitFor();
    await button('Next').click();
    await page.getByText('15–28 of 60').waitFor();
    const weeks = page.getByRole('img', { name: /^Approval rate, precision and recall/ });
    await weeks.scrollIntoViewIfNeeded();
    await staff.picture('fraud-drift-weeks');
    const oldest = page.getByRole('table', { name: 'Weeks' }).getByRole('row').last();
    expect(await oldest.innerText()).toMatch(/2,300.*95\.7 %.*60 %.*70 %/s);
    await page.getByText('2 parts of score').click();
    await page.getByRole('table', { name: 'Parts of score' }).waitFor();
    await staff.picture('fraud-drift-report');
  });

  it('says that there is no report yet', async () => {
    await stageFraudApi(page, { ...DRIFT, fraudDriftReport: null });
    await open();
    await page.getByText('There is no report yet.').waitFor();
    await button('Make today’s report').waitFor();
  });

  it('says that it loads, and that it failed, and tries again when told', async () => {
    let release = () => {};
    const held = new Promise<void>(resolve => (release = resolve));
    await staff.login(adminUser, adminPassword);
    await page.route('**/admin-api*', async route => {
      if (route.request().postData()?.includes('FraudPageDriftNow') !== true) return route.continue();
      await held;
      await route.abort();
    });
    await page.goto(`${baseUrl}${PAGE}`);
    await page.getByText('Loading …').waitFor();
    release();
    await page.getByText('The report cannot be read').waitFor();
    await page.unroute('**/admin-api*');
    await stageFraudApi(page, DRIFT);
    await button('Try again').click();
    await page.getByRole('table', { name: 'Reports' }).waitFor();
  });

  it('fits narrow windows', async () => {
    await stageFraudApi(page, DRIFT);
    await staff.login(adminUser, adminPassword);
    await page.setViewportSize({ width: 400, height: 900 });
    await page.goto(`${baseUrl}${PAGE}`);
    const chart = page.getByRole('img', { name: /^PSI of the score/ });
    await chart.waitFor();
    const box = await chart.boundingBox();
    expect(box!.x + box!.width).toBeLessThanOrEqual(400);
    await staff.picture('fraud-drift-400');
  });
});
