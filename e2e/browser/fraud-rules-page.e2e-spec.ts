import type { Page } from 'playwright-core';
import { AdminClient } from '../support/admin-client';
import { testEnv } from '../support/test-env';
import { createClerk } from './clerk';
import { openStaffBrowser, type StaffBrowser } from './staff-browser';

const PAGE = '/admin/extensions/fraud/rules';

interface SavedRule {
  id: string;
  name: string;
  enabled: boolean;
  shadow: boolean;
  when: object;
  weight: number;
  action: string | null;
}

describe('the page "Fraud rules"', () => {
  const { baseUrl, adminUser, adminPassword } = testEnv();
  let admin: AdminClient;
  let staff: StaffBrowser;
  let page: Page;
  let first: SavedRule[];

  const saved = async () => {
    const { fraudRules } = await admin.api.request<{
      fraudRules: { version: number; note: string | null; rules: SavedRule[] };
    }>('{ fraudRules { version note rules { id name enabled shadow when weight action } } }');
    return fraudRules;
  };
  const publish = async (rules: object[]) => {
    const { version } = await saved();
    await admin.api.request(
      'mutation($input: PublishFraudRulesInput!) { publishFraudRules(input: $input) { __typename } }',
      { input: { baseVersion: version, rules } },
    );
    expect((await saved()).version).toBe(version + 1);
    return version + 1;
  };
  const rule = (name: string, fields: Partial<SavedRule> = {}) => ({
    id: name.toLowerCase().replace(/\W/g, '-'),
    name,
    enabled: true,
    shadow: false,
    when: { match: 'all', members: [{ field: 'order.amount', operator: 'greater_than', value: 900_000 }] },
    weight: 5,
    action: null,
    ...fields,
  });

  beforeAll(async () => {
    admin = await AdminClient.signedIn();
    first = (await saved()).rules;
  });
  // Other tests pay in the same shop.
  afterAll(() => publish(first));
  beforeEach(async () => {
    staff = await openStaffBrowser(baseUrl);
    page = staff.page;
  });
  afterEach(() => staff.close());

  const open = async () => {
    await staff.login(adminUser, adminPassword);
    await page.goto(`${baseUrl}${PAGE}`);
    await page.getByTestId('version').waitFor();
  };
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const rows = () =>
    page.getByRole('table', { name: 'Rules', exact: true }).locator('tbody').getByRole('row');
  const dialog = () => page.getByRole('dialog');
  const choice = (label: string) => dialog().getByRole('combobox', { name: label, exact: true });

  it('is reached by the menu, and makes a rule of conditions inside each other', async () => {
    await publish([]);
    await staff.login(adminUser, adminPassword);
    await page.locator('vdr-main-nav [data-section-id="fraud"] button').first().click();
    await page.locator(`vdr-main-nav a[href="${PAGE}"]`).click();
    await page.getByText('There are no rules').waitFor();
    await button('Add a rule …').click();
    await dialog().getByLabel('Name').fill('Large, from afar or listed');
    await dialog()
      .getByRole('textbox', { name: /^Weight/ })
      .fill('many');
    await dialog().getByLabel('Field 1', { exact: true }).fill('order.amount');
    await choice('Operator 1').selectOption('between');
    await dialog().getByLabel('From 1', { exact: true }).fill('900000');
    await dialog().getByLabel('Up to 1', { exact: true }).fill('800000');
    await button('Add a group').click();
    await dialog().getByLabel('Field 2.1', { exact: true }).fill('ip.billingDistanceKm');
    await choice('Operator 2.1').selectOption('greater_than');
    await dialog().getByLabel('Value 2.1', { exact: true }).fill('5000');
    await button('Add a condition to group 2').click();
    await dialog().getByLabel('Field 2.2', { exact: true }).fill('email.address');
    await choice('Operator 2.2').selectOption('in_list');
    await button('Add the rule').click();
    await dialog().getByText('Give points from 0 to 100.').waitFor();
    await dialog().getByText('The first number is above the second one.').waitFor();
    await dialog().getByText('Choose a list.').first().waitFor();
    await staff.picture('fraud-rule-problems');
    await dialog()
      .getByRole('textbox', { name: /^Weight/ })
      .fill('12.5');
    await dialog().getByLabel('Up to 1', { exact: true }).fill('950000');
    await choice('Value 2.2').selectOption('block');
    await choice('What it does').selectOption('review');
    await button('Add the rule').click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('Changes are not published').waitFor();
    await page.getByLabel('Why').fill('to begin with');
    await button(/^Publish as version/).click();
    await page.getByText(/^Version \d+ is in use$/).waitFor();
    await staff.picture('fraud-rules');
    expect(await saved()).toMatchObject({
      note: 'to begin with',
      rules: [
        {
          name: 'Large, from afar or listed',
          weight: 12.5,
          action: 'review',
          when: {
            match: 'all',
            members: [
              { field: 'order.amount', operator: 'between', value: [900_000, 950_000] },
              {
                match: 'any',
                members: [
                  { field: 'ip.billingDistanceKm', operator: 'greater_than', value: 5_000 },
                  { field: 'email.address', operator: 'in_list', value: 'block' },
                ],
              },
            ],
          },
        },
      ],
    });
  });

  it('says at its place what the shop finds wrong', async () => {
    await publish([rule('Pattern')]);
    await open();
    await button('Edit: Pattern').click();
    await dialog().getByLabel('Field 1', { exact: true }).fill('email.address');
    await choice('Operator 1').selectOption('matches');
    await dialog().getByLabel('Value 1', { exact: true }).fill('(?=looks ahead)');
    await button('Change the rule').click();
    await rows().first().getByText('Wrong').waitFor();
    await button('Edit: Pattern').click();
    expect(await dialog().getByLabel('Value 1', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await staff.picture('fraud-rule-refused');
    await button('Cancel').click();
    await button(/^Publish as version/).click();
    await page.getByRole('alert').first().waitFor();
    expect((await saved()).rules).toMatchObject([{ when: { members: [{ field: 'order.amount' }] } }]);
  });

  it('turns rules off, into the shadow and away', async () => {
    await publish([rule('First'), rule('Second'), rule('Third')]);
    await open();
    await button('Turn off: First').click();
    await button('To shadow: Second').click();
    await button('Remove: Third').click();
    expect(await rows().count()).toBe(2);
    await button(/^Publish as version/).click();
    await page.getByText(/^Version \d+ is in use$/).waitFor();
    expect((await saved()).rules).toMatchObject([
      { name: 'First', enabled: false },
      { name: 'Second', shadow: true },
    ]);
  });

  it('runs a backtest of the draft beside the rules', async () => {
    await publish([rule('Never')]);
    await open();
    await button('Edit: Never').click();
    await dialog().getByLabel('Value 1', { exact: true }).fill('0');
    await choice('What it does').selectOption('review');
    await button('Change the rule').click();
    await page.getByLabel('Days back from now').fill('none');
    await button('Run the backtest').click();
    await page.getByText('Give a number of days').waitFor();
    await page.getByLabel('Days back from now').fill('30');
    await button('Run the backtest').click();
    await page.getByTestId('backtest-result').waitFor({ timeout: 60_000 });
    await page.getByTestId('backtest-state').getByText('Done').waitFor();
    await page.getByRole('row', { name: /^Frauds caught/ }).waitFor();
    await page.getByRole('row', { name: /^Good orders lost/ }).waitFor();
    await page.getByRole('table', { name: 'Decided then and now' }).waitFor();
    await staff.picture('fraud-backtest');
    await button('Turn off: Never').click();
    await page.getByText('The rules have changed since').waitFor();
    expect((await saved()).rules).toMatchObject([{ action: null }]);
  });

  it('goes back to an earlier version, to change it or at once', async () => {
    const version = await publish([rule('Old one')]);
    await publish([rule('New one')]);
    await open();
    await page.getByRole('tab', { name: 'Versions' }).click();
    await button(`Load version ${version}`).click();
    await rows().getByText('Old one').waitFor();
    expect(await page.getByLabel('Why').inputValue()).toBe(`From version ${version}`);
    expect((await saved()).rules).toMatchObject([{ name: 'New one' }]);
    await page.getByRole('tab', { name: 'Versions' }).click();
    await staff.picture('fraud-rule-versions');
    await button(`Restore version ${version}`).click();
    await dialog().getByLabel('Reason').fill('it was better');
    await button('Restore it').click();
    await page
      .getByText(`Version ${version + 2} is in use`)
      .first()
      .waitFor();
    expect(await saved()).toMatchObject({ version: version + 2, rules: [{ name: 'Old one' }] });
  });

  it('does not overwrite what somebody else has published meanwhile', async () => {
    await publish([rule('Mine')]);
    await open();
    await button('Turn off: Mine').click();
    await publish([rule('Theirs')]);
    await button(/^Publish as version/).click();
    await button('Load it, without my changes').click();
    await rows().getByText('Theirs').waitFor();
    expect((await saved()).rules).toMatchObject([{ name: 'Theirs' }]);
  });

  it('says that it loads, and that it failed, and tries again when told', async () => {
    let release = () => {};
    const held = new Promise<void>(resolve => (release = resolve));
    await staff.login(adminUser, adminPassword);
    await page.route('**/admin-api*', async route => {
      if (route.request().postData()?.includes('query FraudPageRules ') !== true) return route.continue();
      await held;
      await route.abort();
    });
    await page.goto(`${baseUrl}${PAGE}`);
    await page.getByText('Loading …').waitFor();
    release();
    await page.getByText('The rules cannot be read').waitFor();
    await page.unroute('**/admin-api*');
    await button('Try again').click();
    await page.getByTestId('version').waitFor();
  });

  it('shows the rules to staff who may only read, without anything to change', async () => {
    await publish([rule('Seen')]);
    const clerk = `fraud-rules-reader-${Date.now()}@tradewind.example`;
    await createClerk(admin, clerk, 'clerk-password-1', ['ReadFraudRules']);
    await staff.login(clerk, 'clerk-password-1');
    await page.goto(`${baseUrl}${PAGE}`);
    await rows().getByText('Seen').waitFor();
    expect(await page.getByRole('button', { name: /Edit|Remove|Add a rule|Turn/ }).count()).toBe(0);
    await page.goto(`${baseUrl}/admin/extensions/fraud/lists`);
    await page.getByRole('table', { name: 'Lists' }).waitFor();
    expect(await page.getByRole('button', { name: /Make a list|Delete/ }).count()).toBe(0);
    expect(page.url()).toContain('/fraud/lists');
  });

  it('fits narrow windows, and causes no errors and no request to anybody else', async () => {
    await publish([rule('First'), rule('Second')]);
    await staff.login(adminUser, adminPassword);
    for (const width of [800, 400]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${baseUrl}${PAGE}`);
      await rows().first().waitFor();
      const box = await page.getByRole('table', { name: 'Rules', exact: true }).boundingBox();
      expect(box!.x + box!.width).toBeLessThanOrEqual(width);
    }
    await button('Edit: First').click();
    const box = await dialog().boundingBox();
    expect(box!.x + box!.width).toBeLessThanOrEqual(400);
    await staff.picture('fraud-rule-400');
    expect(staff.problems).toEqual([]);
    expect(staff.foreignRequests).toEqual([]);
  });
});
