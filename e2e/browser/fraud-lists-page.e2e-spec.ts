import type { Page } from 'playwright-core';
import { AdminClient } from '../support/admin-client';
import { testEnv } from '../support/test-env';
import { openStaffBrowser, type StaffBrowser } from './staff-browser';

const PAGE = '/admin/extensions/fraud/lists';

describe('the page "Fraud lists and settings"', () => {
  const { baseUrl, adminUser, adminPassword } = testEnv();
  const name = `e2e-${Date.now()}`;
  let admin: AdminClient;
  let staff: StaffBrowser;
  let page: Page;

  beforeAll(async () => {
    admin = await AdminClient.signedIn();
  });
  beforeEach(async () => {
    staff = await openStaffBrowser(baseUrl);
    page = staff.page;
    await staff.login(adminUser, adminPassword);
    await page.goto(`${baseUrl}${PAGE}`);
  });
  afterEach(() => staff.close());

  const button = (text: string | RegExp) => page.getByRole('button', { name: text, exact: true });
  const dialog = () => page.getByRole('dialog');
  const values = () =>
    page
      .getByRole('table', { name: `Values of ${name}` })
      .locator('tbody')
      .getByRole('row');
  const list = async () => {
    const { fraudList } = await admin.api.request<{ fraudList: { entryCount: number } | null }>(
      'query($name: String!) { fraudList(name: $name) { entryCount } }',
      { name },
    );
    return fraudList;
  };

  it('makes a list, fills it, searches in it, takes out of it, and deletes it', async () => {
    await page.getByRole('table', { name: 'Lists' }).waitFor();
    await button('Make a list …').click();
    await dialog().getByLabel('Name').fill('No Name!');
    await button('Make it').click();
    await dialog().getByText('small letters').waitFor();
    await dialog().getByLabel('Name').fill(name);
    await dialog().getByLabel('What is in it').fill('of a test');
    await button('Make it').click();
    await page.getByText(`The list ${name} is made`).waitFor();
    await page.getByText('Nothing is in this list.').waitFor();

    await button('Add values …').click();
    await button('Add them').click();
    await dialog().getByText('Give at least one value').waitFor();
    await dialog()
      .getByRole('textbox', { name: /one a line/ })
      .fill('anna@example.com\n# a note\nANNA@example.com\nberta@example.com');
    await dialog().getByText('3 values to send').waitFor();
    await staff.picture('fraud-list-upload');
    await button('Add them').click();
    await page.getByText(`${name}: 2 values added, 1 more than once`).waitFor();
    await page.getByLabel('Value begins with').fill('bert');
    await page.keyboard.press('Enter');
    await page.getByText('anna@example.com').waitFor({ state: 'detached' });
    expect(await values().count()).toBe(1);
    await page.getByLabel('Choose berta@example.com').check();
    await button('Take out 1 value').click();
    await page.getByText(`1 value taken out of ${name}`).waitFor();
    await staff.picture('fraud-lists');
    expect(await list()).toEqual({ entryCount: 1 });

    await button(`Delete ${name}`).click();
    await button('Delete it').click();
    await page.getByText(`The list ${name} is deleted`).waitFor();
    expect(await list()).toBeNull();
    expect(staff.problems).toEqual([]);
    expect(staff.foreignRequests).toEqual([]);
  });

  it('takes 100,000 lines out of a file, and no more', async () => {
    await button('Make a list …').click();
    await dialog().getByLabel('Name').fill(name);
    await button('Make it').click();
    await page.getByText('Nothing is in this list.').waitFor();
    const lines = (count: number) =>
      Buffer.from(Array.from({ length: count }, (_, index) => `shopper-${index}@example.com`).join('\n'));
    const file = (count: number) => ({ name: 'many.txt', mimeType: 'text/plain', buffer: lines(count) });
    await button('Add values …').click();
    await dialog().getByLabel('Or a text file').setInputFiles(file(100_001));
    await dialog().getByText('100,001 values to send').waitFor();
    await button('Add them').click();
    await dialog().getByText('At most 100,000 values at once').waitFor();
    await dialog().getByLabel('Or a text file').setInputFiles(file(100_000));
    await dialog().getByText('100,000 values to send').waitFor();
    await button('Add them').click();
    await page.getByText(`${name}: 100,000 values added`).waitFor({ timeout: 60_000 });
    expect(await list()).toEqual({ entryCount: 100_000 });
    await button(`Delete ${name}`).click();
    await button('Delete it').click();
    await page.getByText(`The list ${name} is deleted`).waitFor();
  });

  it('saves settings, says at each field what is wrong, and who changed what', async () => {
    await page.getByRole('tab', { name: 'Settings' }).click();
    const hours = page.getByLabel('Hours that a case may wait');
    const before = await hours.inputValue();
    await hours.fill('1000');
    await page.getByLabel('What one unit is worth').fill('EUR 1.08\nyen');
    await button('Save the settings').click();
    await page.getByText('Give whole hours from 1 to 720.').waitFor();
    await page.getByText('Write each as SEK 0.1; not “yen”.').waitFor();
    expect(await page.locator(':focus').inputValue()).toBe('1000');
    await staff.picture('fraud-settings');
    await hours.fill('36');
    await page.getByLabel('What one unit is worth').fill('EUR 1.08');
    await page.getByLabel('Why').fill('a test');
    await button('Save the settings').click();
    await page.getByText('Saved: it counts from the next payment on').waitFor();
    const { fraudSettings } = await admin.api.request<{ fraudSettings: object }>(
      '{ fraudSettings { reviewHours exchangeRates { currency rate } } }',
    );
    expect(fraudSettings).toEqual({ reviewHours: 36, exchangeRates: [{ currency: 'EUR', rate: 1.08 }] });
    await hours.fill(before);
    await page.getByLabel('What one unit is worth').fill('');
    await button('Save the settings').click();
    await page.getByRole('tab', { name: 'Changes' }).click();
    await page.getByRole('row', { name: /Settings.*saved.*a test/s }).waitFor();
    await staff.picture('fraud-audit');
    await page.getByLabel('Of what').selectOption('list');
    await page
      .getByRole('row', { name: new RegExp(`List ${name}: deleted`) })
      .first()
      .waitFor();
  });

  it('says that it failed, and tries again when told', async () => {
    await page.route('**/admin-api*', route =>
      route.request().postData()?.includes('FraudPageLists') === true ? route.abort() : route.continue(),
    );
    await page.reload();
    await page.getByText('The lists cannot be read').waitFor();
    await page.unroute('**/admin-api*');
    await button('Try again').click();
    await page.getByRole('table', { name: 'Lists' }).waitFor();
  });
});
