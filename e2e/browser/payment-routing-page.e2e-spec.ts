import type { Page } from 'playwright-core';
import { AdminClient } from '../support/admin-client';
import { testEnv } from '../support/test-env';
import { createClerk } from './clerk';
import { openStaffBrowser, type StaffBrowser } from './staff-browser';

const PAGE = '/admin/extensions/payments/routing';

interface SavedRule {
  name: string;
  enabled: boolean;
  when: { countries: string[] | null; minAmount: number | null };
  to: { provider: string }[];
}

describe('the page "Payment routing"', () => {
  const { baseUrl, adminUser, adminPassword } = testEnv();
  let admin: AdminClient;
  let staff: StaffBrowser;
  let page: Page;
  let provider: string;

  const routing = async () => {
    const { paymentRouting } = await admin.api.request<{
      paymentRouting: {
        version: number;
        note: string | null;
        rules: SavedRule[];
        providers: { code: string }[];
      };
    }>(`{ paymentRouting { version note providers { code }
         rules { name enabled when { countries minAmount } to { provider } } } }`);
    return paymentRouting;
  };
  const save = async (rules: object[]) => {
    const { version } = await routing();
    await admin.api.request(
      `mutation($input: SavePaymentRoutingInput!) { savePaymentRouting(input: $input) { __typename } }`,
      { input: { baseVersion: version, rules } },
    );
    expect((await routing()).version).toBe(version + 1);
  };
  const rule = (name: string, when: object = {}) => ({
    id: name.toLowerCase().replace(/\W/g, '-'),
    name,
    enabled: true,
    when,
    to: [{ provider, weight: 1 }],
    failover: [],
  });

  beforeAll(async () => {
    admin = await AdminClient.signedIn();
    provider = (await routing()).providers[0]?.code ?? '';
  });
  // Other tests pay in the same shop.
  afterAll(() => save([]));
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
  const names = async () => {
    const texts = await rows().getByRole('rowheader').allInnerTexts();
    return texts.map(text => text.split('\n')[0]);
  };
  const dialog = () => page.getByRole('dialog');
  const focused = () => page.locator(':focus').getAttribute('aria-label');
  /** Its name has those of its options after it. */
  const choice = (label: string) => dialog().getByRole('combobox', { name: new RegExp(`^${label}`) });
  const tab = (name: string) => page.getByRole('tab', { name }).click();

  it('is reached by the menu, and makes the first rule', async () => {
    await save([]);
    await staff.login(adminUser, adminPassword);
    await page.locator('vdr-main-nav [data-section-id="settings"] button').first().click();
    await page.locator(`vdr-main-nav a[href="${PAGE}"]`).click();
    await page.getByText('There are no rules: every payment goes to the default provider.').waitFor();
    await staff.picture('routing-empty');

    await button('Add a rule …').click();
    await dialog().getByLabel('From the amount').fill('a lot');
    await button('Add the rule').click();
    await dialog().getByText('Give the rule a name.').waitFor();
    await dialog().getByText('Give an amount such as 12.50').waitFor();
    await staff.picture('routing-rule-problems');
    await page.keyboard.type('Large ones at home');
    await dialog().getByLabel('From the amount').fill('100');
    await dialog().getByLabel('Currency of the amounts').fill('usd');
    await dialog().getByLabel('Billed to').fill('de, zz');
    await button('Add the rule').click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('Changes are not saved').waitFor();
    await page.getByLabel('Why').fill('to begin with');
    await button(/^Save as version/).click();
    await page.getByText('There is no country ZZ').waitFor();
    await staff.picture('routing-refused');

    await button('Edit Large ones at home').click();
    expect(await dialog().getByLabel('Billed to').getAttribute('aria-invalid')).toBe('true');
    await dialog().getByText('There is no country ZZ').waitFor();
    await staff.picture('routing-rule-refused');
    await dialog().getByLabel('Billed to').fill('DE');
    await button('Change the rule').click();
    await button(/^Save as version/).click();
    await page.getByText(/^Version \d+ is in use$/).waitFor();
    expect(await routing()).toMatchObject({
      note: 'to begin with',
      rules: [{ name: 'Large ones at home', when: { countries: ['DE'], minAmount: 10_000 } }],
    });
  });

  it('shares payments among providers, with others to fall back on', async () => {
    await save([rule('Shared')]);
    // A second provider as far as the page knows: the API says at its field that there is none.
    await page.route('**/admin-api*', async route => {
      if (route.request().postData()?.includes('RoutingPageRules') !== true) return route.continue();
      const response = await route.fetch();
      const answer = (await response.json()) as { data: { paymentRouting: { providers: object[] } } };
      const known = { code: provider, isDefault: true, methodTypes: ['card'] };
      answer.data.paymentRouting.providers = [known, { ...known, code: 'another', isDefault: false }];
      await route.fulfill({ response, json: answer });
    });
    await open();
    await button('Edit Shared').click();
    await button('Share with another provider').click();
    await dialog().getByLabel('Weight of provider 1').fill('3');
    await dialog().getByLabel('Weight of provider 2').fill('none');
    await button('Add a fallback').click();
    await choice('Fallback 1').selectOption('another');
    await button('Change the rule').click();
    await dialog().getByText('Give a whole number from 1.').waitFor();
    expect(await page.locator(':focus').inputValue()).toBe('none');
    await page.locator(':focus').fill('1');
    await staff.picture('routing-rule-shared');
    await button('Change the rule').click();
    expect(await rows().first().innerText()).toMatch(
      new RegExp(`${provider} 75 %, another 25 %.*then another`, 's'),
    );
    await button(/^Save as version/).click();
    await page.getByText('no provider another').first().waitFor();
    await button('Edit Shared').click();
    expect(await choice('Provider 2').getAttribute('aria-invalid')).toBe('true');
    expect(await choice('Fallback 1').getAttribute('aria-invalid')).toBe('true');
    await button('Take out provider 2').click();
    await button('Take out fallback 1').click();
    await button('Change the rule').click();
    await button(/^Save as version/).click();
    await page.getByText(/^Version \d+ is in use$/).waitFor();
    expect((await routing()).rules).toMatchObject([{ name: 'Shared', to: [{ provider }] }]);
  });

  it('orders rules by the keyboard, turns them off and removes them', async () => {
    await save([rule('First', { countries: ['DE'] }), rule('Second', { countries: ['AT'] }), rule('Third')]);
    await open();
    await staff.picture('routing-rules');
    await button('Up Third').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Third is now 2 of 3, not saved yet').waitFor();
    expect(await focused()).toBe('Up Third');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(await names()).toEqual(['1. Third', '2. First', '3. Second']);
    await button('Down Third').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Third is now 2 of 3, not saved yet').waitFor();
    await button('Turn off First').click();
    await button('Remove Second').click();
    await button(/^Save as version/).click();
    await page.getByText(/^Version \d+ is in use$/).waitFor();
    expect((await routing()).rules).toMatchObject([
      { name: 'First', enabled: false },
      { name: 'Third', enabled: true },
    ]);
  });

  it('says that a rule gets no payment, and leaves what is saved when changes are given up', async () => {
    await save([rule('All'), rule('Never', { countries: ['DE'] })]);
    await open();
    await page.getByText('the rule “All” above takes all of them').waitFor();
    await button('Remove All').click();
    await button('Discard the changes').click();
    expect(await names()).toEqual(['1. All', '2. Never']);
    expect(await page.getByText('Changes are not saved').count()).toBe(0);
  });

  it('shows which rule a payment takes and why the others do not, also before it is saved', async () => {
    await save([
      rule('Dollars', { currencies: ['USD'] }),
      rule('Visa', { cardBrands: ['visa'] }),
      rule('Home', { countries: ['DE'] }),
    ]);
    await open();
    await tab('Try a payment');
    await page.getByLabel('Amount').fill('12.50');
    await page.getByLabel('Currency').fill('eur');
    await page.getByLabel('Billed to').fill('de');
    await page.keyboard.press('Enter');
    await page.getByText('The rule “Home” takes this payment').waitFor();
    const reasons = page.getByRole('table', { name: 'What became of each rule' });
    expect(await reasons.locator('tbody').innerText()).toMatch(
      /Dollars.*Is for other currencies.*Visa.*Asks for the brand of the card, which is not known.*Home.*Takes this payment/s,
    );
    expect(await page.locator('.tw-notice').innerText()).toContain(provider);
    await staff.picture('routing-try');

    await tab('Rules');
    await button('Turn off Home').click();
    await tab('Try a payment');
    await page.getByText('as they are changed on this page').waitFor();
    await page.getByLabel('Billed to').fill('de');
    await page.getByLabel('Amount').fill('much');
    await button('Try').click();
    await page.getByText('Give an amount such as 12.50').waitFor();
    await page.getByLabel('Amount').fill('');
    await button('Try').click();
    await page.getByText('No rule takes this payment: it goes to the default').waitFor();
    await page.getByText('Is turned off.').waitFor();
  });

  it('goes back to an earlier version', async () => {
    await save([rule('Old one')]);
    const { version } = await routing();
    await save([rule('New one')]);
    await open();
    await tab('History');
    await page.getByRole('table', { name: 'Versions', exact: true }).waitFor();
    await staff.picture('routing-history');
    await button(`Load version ${version}`).click();
    await page.getByText('1. Old one').waitFor();
    expect(await page.getByLabel('Why').inputValue()).toBe(`Back to version ${version}`);
    expect((await routing()).rules).toMatchObject([{ name: 'New one' }]);
    await button(/^Save as version/).click();
    await page.getByText(`Version ${version + 2} is in use`, { exact: true }).waitFor();
    expect(await routing()).toMatchObject({ version: version + 2, rules: [{ name: 'Old one' }] });
  });

  it('does not overwrite what somebody else has saved meanwhile', async () => {
    await save([rule('Mine')]);
    await open();
    await button('Turn off Mine').click();
    await save([rule('Theirs')]);
    await button(/^Save as version/).click();
    await page.getByText(/was saved meanwhile/).waitFor();
    await staff.picture('routing-stale');
    await button('Load it, without my changes').click();
    await page.getByText('1. Theirs').waitFor();
    expect(await page.getByText('Changes are not saved').count()).toBe(0);
    expect((await routing()).rules).toMatchObject([{ name: 'Theirs' }]);
  });

  it('says that it loads, and that it failed, and tries again when told', async () => {
    let release = () => {};
    const held = new Promise<void>(resolve => (release = resolve));
    await staff.login(adminUser, adminPassword);
    await page.route('**/admin-api*', async route => {
      if (route.request().postData()?.includes('RoutingPageRules') !== true) return route.continue();
      await held;
      await route.abort();
    });
    await page.goto(`${baseUrl}${PAGE}`);
    await page.getByText('Loading …').waitFor();
    release();
    await page.getByText('The rules cannot be read').waitFor();
    await staff.picture('routing-error');
    await page.unroute('**/admin-api*');
    await button('Try again').click();
    await page.getByTestId('version').waitFor();
  });

  it('shows the rules to staff who may only read, without anything to change', async () => {
    await save([rule('Seen')]);
    const clerk = `routing-reader-${Date.now()}@tradewind.example`;
    await createClerk(admin, clerk, 'clerk-password-1', ['ReadPaymentRouting']);
    await staff.login(clerk, 'clerk-password-1');
    await page.goto(`${baseUrl}${PAGE}`);
    await page.getByText('1. Seen').waitFor();
    expect(await page.getByRole('button', { name: /Edit|Remove|Add a rule/ }).count()).toBe(0);
    await tab('Try a payment');
    await button('Try').click();
    await page.getByText('The rule “Seen” takes this payment').waitFor();
    await tab('History');
    await page.getByRole('table', { name: 'Versions', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: /^Load/ }).count()).toBe(0);
    expect(page.url()).toContain(PAGE);
  });

  it('neither shows anything to staff without the permission nor logs them out', async () => {
    const clerk = `routing-stranger-${Date.now()}@tradewind.example`;
    await createClerk(admin, clerk, 'clerk-password-1', ['ReadOrder', 'ReadSettings']);
    await staff.login(clerk, 'clerk-password-1');
    await page.goto(`${baseUrl}${PAGE}`);
    await page.getByText('You are not allowed to see this page').waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
    expect(page.url()).toContain(PAGE);
  });

  it('fits narrow windows, and causes no errors and no request to anybody else', async () => {
    await save([rule('First', { countries: ['DE'], minAmount: 1, amountCurrency: 'USD' }), rule('Second')]);
    await staff.login(adminUser, adminPassword);
    for (const width of [800, 400]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${baseUrl}${PAGE}`);
      const table = page.getByRole('table', { name: 'Rules', exact: true });
      await table.waitFor();
      const box = await table.boundingBox();
      expect(box!.x + box!.width).toBeLessThanOrEqual(width);
      await staff.picture(`routing-${width}`);
    }
    await button('Edit First').click();
    const box = await dialog().boundingBox();
    expect(box!.x + box!.width).toBeLessThanOrEqual(400);
    await staff.picture('routing-rule-400');
    expect(staff.problems).toEqual([]);
    expect(staff.foreignRequests).toEqual([]);
  });
});
