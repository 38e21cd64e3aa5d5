import type { Page } from 'playwright-core';
import { MODELS } from '../support/fraud/staged-answers';
import { stageFraudApi } from '../support/fraud/staged-api';
import { testEnv } from '../support/test-env';
import { openStaffBrowser, type StaffBrowser } from './staff-browser';

const PAGE = '/admin/extensions/fraud/models';

describe('the page "Fraud models"', () => {
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
    await page.getByTestId('champion').getByText('decide').waitFor();
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = () => page.getByRole('dialog');

  it('says how many outcomes are missing, why there is no training, and refuses a broken file', async () => {
    await staff.login(adminUser, adminPassword);
    await page.locator('vdr-main-nav [data-section-id="fraud"] button').first().click();
    await page.locator(`vdr-main-nav a[href="${PAGE}"]`).click();
    await page.getByText('No model decides: rules, velocity and device make the score').waitFor();
    await page.getByText('Too few outcomes are known to train').waitFor();
    await page.getByText(/^Frauds: \d+ of \d+ that are needed/).waitFor();
    await page.getByText('There is no model yet.').waitFor();
    await staff.picture('fraud-models-empty');
    await button('Train now').click();
    await page.getByRole('alert').waitFor();
    await button('Import …').click();
    await button('Import it').click();
    await dialog().getByText('Choose a file.').waitFor();
    await dialog()
      .getByLabel('Model file')
      .setInputFiles({ name: 'model.json', mimeType: 'application/json', buffer: Buffer.from('{"tree') });
    await button('Import it').click();
    await dialog().getByRole('alert').filter({ hasNotText: 'Choose a file.' }).waitFor();
    await staff.picture('fraud-models-import-refused');
    await button('Cancel').click();
    await button('Roll back …').click();
    await dialog().getByLabel('Reason').fill('worse than before');
    await button('Roll back').click();
    await dialog().getByText('Nothing was changed').waitFor();
    expect(staff.problems).toEqual([]);
    expect(staff.foreignRequests).toEqual([]);
  });

  it('shows the challenger beside the champion, and the report of a model', async () => {
    await stageFraudApi(page, MODELS);
    await open();
    await page.getByText('Good enough to take over').waitFor();
    const table = page.getByRole('table', { name: 'Champion and challenger' });
    expect(await table.getByRole('row', { name: /ROC/ }).innerText()).toMatch(/0\.9020.*0\.9310/s);
    await staff.picture('fraud-models');
    await button('2026-03-01.1').click();
    await page.getByRole('img', { name: /^Calibration/ }).waitFor();
    await page.getByRole('rowheader', { name: 'email.entropy' }).waitFor();
    await page.getByRole('img', { name: /^Calibration/ }).scrollIntoViewIfNeeded();
    await staff.picture('fraud-models-report');
  });

  it('promotes a challenger for a reason', async () => {
    let reason: unknown;
    await stageFraudApi(page, {
      ...MODELS,
      promoteFraudModel: ({ input }: { input: { id: string; reason: string } }) => {
        reason = input;
        return { __typename: 'FraudModel', ...MODELS.fraudModels.items[0] };
      },
    });
    await open();
    await button('Promote 2026-04-01.1').click();
    await button('Promote it').click();
    await dialog().getByText('Give a reason.').waitFor();
    await dialog().getByLabel('Reason').fill('better figures');
    await button('Promote it').click();
    await page.getByText('2026-04-01.1 decides now').waitFor();
    expect(reason).toEqual({ id: '2026-04-01.1', reason: 'better figures' });
  });
});
