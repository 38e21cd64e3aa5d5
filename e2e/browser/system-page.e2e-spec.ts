import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AdminClient } from '../support/admin-client';
import { ROOT } from '../support/paths';
import { testEnv } from '../support/test-env';
import { createClerk } from './clerk';
import { openStaffBrowser, type StaffBrowser } from './staff-browser';

describe('the page "System"', () => {
  const { baseUrl, adminUser, adminPassword } = testEnv();
  let staff: StaffBrowser;

  const openSystemPage = () => staff.page.goto(`${baseUrl}/admin/extensions/system`);
  const updatedAt = () => staff.page.getByTestId('updated-at').innerText();

  beforeEach(async () => {
    staff = await openStaffBrowser(baseUrl);
  });
  afterEach(() => staff.close());

  it('is reached by the menu and shows the state of the shop that runs', async () => {
    await staff.login(adminUser, adminPassword);
    const menu = staff.page.locator('vdr-main-nav');
    await menu.locator('[data-section-id="system"] button').first().click();
    await menu.locator('a[href="/admin/extensions/system"]').click();

    await staff.page.getByRole('table', { name: 'Services in use' }).waitFor();
    const services = staff.page.getByRole('table', { name: 'Services in use' }).getByRole('row');
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const heading = staff.page.getByText('All services answer');
    expect(await heading.count()).toBe(1);
    const database = services.filter({
      has: staff.page.getByRole('rowheader', { name: 'Database', exact: true }),
    });
    expect(await database.innerText()).toMatch(/Up.*PostgreSQL 1\d/s);
    // Database, job queue, cache, search, mail, and the heads of the columns.
    expect(await services.count()).toBe(6);
    expect(await staff.page.locator('dd').first().innerText()).toBe(version);
    const tasks = staff.page.getByRole('table', { name: 'Scheduled tasks and their runs' });
    expect(await tasks.getByRole('rowheader', { name: 'clean-sessions' }).count()).toBe(1);
    const queues = staff.page.getByRole('table', { name: 'Jobs in each queue' });
    expect(await queues.getByRole('columnheader').allInnerTexts()).toEqual([
      'Queue',
      'Waiting',
      'Running',
      'Failed',
    ]);
  });

  it('refreshes itself', async () => {
    await staff.login(adminUser, adminPassword);
    await openSystemPage();
    await staff.page.getByText(/^Updated at/).waitFor();
    const first = await updatedAt();
    await staff.page.getByText(first).waitFor({ state: 'detached', timeout: 20_000 });
    expect(await updatedAt()).toMatch(/^Updated at/);
  });

  it('says so when the figures cannot be read, keeps the old ones, and tries again when told', async () => {
    await staff.login(adminUser, adminPassword);
    await openSystemPage();
    await staff.page.getByRole('table', { name: 'Services in use' }).waitFor();
    await staff.page.route('**/admin-api*', async route => {
      if (route.request().postData()?.includes('systemStatus') === true) await route.abort();
      else await route.continue();
    });
    await staff.page.getByRole('button', { name: 'Refresh now' }).click();
    await staff.page.getByText('The figures below are out of date').waitFor();
    expect(await staff.page.getByRole('table', { name: 'Services in use' }).count()).toBe(1);

    await staff.page.unroute('**/admin-api*');
    await staff.page.getByRole('button', { name: 'Try again' }).click();
    await staff.page.getByText('The figures below are out of date').waitFor({ state: 'detached' });
  });

  it('fits a telephone', async () => {
    await staff.login(adminUser, adminPassword);
    await staff.page.setViewportSize({ width: 400, height: 860 });
    await openSystemPage();
    const table = staff.page.getByRole('table', { name: 'Services in use' });
    await table.waitFor();
    const box = await table.boundingBox();
    expect(box!.x + box!.width).toBeLessThanOrEqual(400);
  });

  it('neither shows its figures to staff without the permission nor logs them out', async () => {
    const name = `clerk-${Date.now()}@tradewind.example`;
    await createClerk(await AdminClient.signedIn(), name, 'clerk-password-1', ['ReadOrder']);
    await staff.login(name, 'clerk-password-1');
    await openSystemPage();
    await staff.page.getByText('You are not allowed to see this page').waitFor();
    expect(staff.page.url()).toContain('/extensions/system');
    expect(await staff.page.getByRole('table').count()).toBe(0);
  });

  it('causes no errors, and no request to anybody else, from the login to the orders', async () => {
    await staff.login(adminUser, adminPassword);
    await openSystemPage();
    await staff.page.getByRole('table', { name: 'Services in use' }).waitFor();
    await staff.page.goto(`${baseUrl}/admin/orders`);
    await staff.page.locator('vdr-order-list').waitFor();
    await staff.page.waitForLoadState('networkidle');
    expect(staff.problems).toEqual([]);
    expect(staff.foreignRequests).toEqual([]);
  });

  it('lives beside uploads, which the protection against forged requests lets through', async () => {
    await staff.login(adminUser, adminPassword);
    await staff.page.goto(`${baseUrl}/admin/catalog/assets`);
    const [upload] = await Promise.all([
      staff.page.waitForResponse(
        response => response.request().headers()['content-type']?.includes('multipart') === true,
      ),
      staff.page.locator('input[type=file]').setInputFiles({
        name: 'pixel.png',
        mimeType: 'image/png',
        buffer: Buffer.from(
          'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
          'base64',
        ),
      }),
    ]);
    expect(await upload.json()).toMatchObject({ data: { createAssets: [{ name: 'pixel.png' }] } });
  });
});
