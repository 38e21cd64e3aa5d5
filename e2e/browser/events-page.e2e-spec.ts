import type { Page } from 'playwright-core';
import { EventsShop } from '../support/events-shop';
import { testEnv } from '../support/test-env';
import { waitFor } from '../support/wait-for';
import { createClerk } from './clerk';
import { openStaffBrowser, type StaffBrowser } from './staff-browser';

describe('the page "Events"', () => {
  const { adminUser, adminPassword } = testEnv();
  const events = new EventsShop();
  let staff: StaffBrowser;
  let page: Page;

  beforeAll(() => events.start(), 180_000);
  afterAll(() => events.stop(), 60_000);

  beforeEach(async () => {
    staff = await openStaffBrowser(events.shop.baseUrl);
    page = staff.page;
  });
  afterEach(() => staff.close());

  const openPage = () => page.goto(`${events.shop.baseUrl}/admin/extensions/domain-events`);
  const open = async () => {
    await staff.login(adminUser, adminPassword);
    await openPage();
    await page.getByRole('table', { name: 'Events' }).waitFor();
  };
  const openTab = (name: string) => page.getByRole('tab', { name }).click();
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const deliveries = () => page.getByRole('table', { name: 'Deliveries' });
  const focused = async () => (await page.locator(':focus').innerText()).trim();

  /** Has the API fail, or wait, for one query. */
  const hinder = (query: string, what: 'fail' | Promise<void>) =>
    page.route('**/admin-api*', async route => {
      if (route.request().postData()?.includes(query) !== true) return route.continue();
      if (what === 'fail') return route.abort();
      await what;
      await route.continue();
    });

  it('is reached by the menu, and finds an event by what it is about', async () => {
    await events.publish('ProbeHappened', 'sought', [1, 2]);
    await events.waitForStates('probe.record', 'sought', ['done', 'done']);
    await staff.login(adminUser, adminPassword);
    const menu = page.locator('vdr-main-nav');
    await menu.locator('[data-section-id="system"] button').first().click();
    await menu.locator('a[href="/admin/extensions/domain-events"]').click();

    const table = page.getByRole('table', { name: 'Events' });
    await table.waitFor();
    expect(await table.getByRole('columnheader').allInnerTexts()).toEqual([
      'Event',
      'About',
      'Version',
      'Time',
    ]);
    await page.getByLabel('Type').fill('ProbeHappened');
    await page.getByLabel('Its id').fill('sought');
    await page.keyboard.press('Enter');
    await page.getByRole('row').nth(3).waitFor({ state: 'detached' });
    expect(await table.getByRole('row').count()).toBe(3);
    await staff.picture('events');

    await page.getByLabel('Its id').fill('nobody knows it');
    await button('Show').click();
    await page.getByText('No event fits the filter.').waitFor();
    await staff.picture('events-empty');
    await button('Clear the filter').click();
    await table.waitFor();
    expect(await page.getByLabel('Its id').inputValue()).toBe('');
  });

  it('pages through what is more than one page', async () => {
    await events.publish(
      'ProbeHappened',
      'many',
      Array.from({ length: 30 }, (_, index) => index),
    );
    await open();
    await page.getByLabel('Its id').fill('many');
    await button('Show').click();
    const pager = page.getByRole('navigation', { name: 'Pages of events' });
    await pager.getByText('1–25 of 30').waitFor();
    await pager.getByRole('button', { name: 'Next' }).click();
    await pager.getByText('26–30 of 30').waitFor();
    // The rows of before stay until the new ones are there.
    const rows = page.getByRole('table', { name: 'Events' }).getByRole('row');
    await rows.nth(6).waitFor({ state: 'detached' });
    expect(await rows.count()).toBe(6);
  });

  it('shows one event with its data and its deliveries, by the keyboard alone', async () => {
    await events.publish('ProbeHappened', 'detailed', [4711]);
    await events.waitForStates('probe.record', 'detailed', ['done']);
    await open();
    await page.getByLabel('Its id').fill('detailed');
    await page.keyboard.press('Enter');
    // The rows of before stay until the new ones are there.
    await page.getByRole('row').nth(2).waitFor({ state: 'detached' });
    await page.getByRole('table', { name: 'Events' }).getByRole('button').focus();
    await page.keyboard.press('Enter');

    const dialog = page.getByRole('dialog', { name: 'ProbeHappened of Probe detailed' });
    await dialog.waitFor();
    expect(await dialog.getByRole('group', { name: 'Data of the event' }).innerText()).toContain(
      '"number": 4711',
    );
    const rows = dialog.getByRole('table', { name: 'Deliveries of this event' }).getByRole('row');
    expect(await rows.nth(1).innerText()).toMatch(/probe\.record.*Done/s);
    await staff.picture('event');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await focused()).toBe('ProbeHappened');
  });

  it('rehearses and retries a dead letter', async () => {
    await events.publish('ProbePoisoned', 'ill', [12, 13, 14]);
    await events.waitForStates('probe.poisoned', 'ill', ['done', 'dead', 'done']);
    await open();
    await page.getByTestId('health').getByText('1 dead letter').waitFor();
    await page.getByRole('tab', { name: 'Events' }).focus();
    await page.keyboard.press('ArrowRight');
    const row = deliveries().getByRole('row').filter({ hasText: 'Probe ill' });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/ProbePoisoned.*probe\.poisoned.*Dead letter.*3.*poisoned/s);
    expect(await button('Retry').isDisabled()).toBe(true);
    await row.getByRole('checkbox').focus();
    await page.keyboard.press('Space');
    await staff.picture('dead-letters');

    await button('Dry run').focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Dry run' });
    await dialog.getByText('Would run').waitFor();
    await dialog.getByRole('button', { name: 'Rehearse' }).click();
    await dialog.getByText('Rehearsal failed').waitFor();
    await staff.picture('dry-run');
    await events.repair('probe.poisoned');
    await dialog.getByRole('button', { name: 'Rehearse' }).click();
    await dialog.getByText('Rehearsal went through').waitFor();
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('Dry run');

    await button('Retry').click();
    await page.getByText('1 delivery retried').waitFor();
    // The row and its box are gone: the keyboard goes on from the message.
    expect(await focused()).toBe('1 delivery retried');
    await events.waitForStates('probe.poisoned', 'ill', ['done', 'done', 'done']);
    expect((await events.effectsOf('probe.poisoned', 'ill')).map(({ number }) => number)).toEqual([
      12, 14, 13,
    ]);
    await page.getByText('There are no dead letters.').waitFor();
    await staff.picture('dead-letters-none');
  });

  it('discards several at once, never without a reason', async () => {
    for (const aggregate of ['first', 'second']) {
      await events.publish('ProbeStrict', aggregate, [13]);
      await events.waitForStates('probe.strict', aggregate, ['dead']);
    }
    await open();
    await openTab('Deliveries and dead letters');
    await page.getByLabel('Handler').selectOption('probe.strict');
    await deliveries().getByRole('row').nth(2).waitFor();
    await deliveries().getByText('Error: poisoned').first().click();
    await deliveries().getByText('failUntilRepaired').first().waitFor();
    await staff.picture('dead-letters-stack');
    await deliveries().getByRole('checkbox', { name: 'All rows of this page' }).check();
    await page.getByText('2 chosen').waitFor();
    await button('Discard').click();
    const dialog = page.getByRole('dialog', { name: 'Discard 2 deliveries?' });
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await dialog.getByText('Give a reason.').waitFor();
    await staff.picture('discard');
    await dialog.getByLabel('Reason').fill('two test orders');
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('2 deliveries discarded').waitFor();
    expect(await events.deliveriesOf('probe.strict', 'first')).toMatchObject([
      { state: 'discarded', reason: 'two test orders' },
    ]);
    await page.getByLabel(/^State/).selectOption('Discarded');
    await page.getByText('two test orders').first().waitFor();
    await staff.picture('discarded');
  });

  it('replays a range to one handler, after an estimate and a confirmation', async () => {
    await events.publish('ProbeHappened', 'again', [7, 8]);
    await events.waitForStates('probe.record', 'again', ['done', 'done']);
    await open();
    await openTab('Handlers and replay');
    await page.getByRole('table', { name: 'Handlers' }).waitFor();
    await staff.picture('handlers');
    // An effect outside is not repeated.
    expect(await page.getByRole('button', { name: 'Replay to probe.call' }).count()).toBe(0);
    await button('Replay to probe.record').click();
    const dialog = page.getByRole('dialog', { name: 'Replay to probe.record' });
    const replay = dialog.getByRole('button', { name: 'Replay' });
    await dialog.getByLabel('Its id').fill('again');
    await dialog.getByRole('button', { name: 'Estimate' }).click();
    await dialog.getByText('An id needs to know of what').waitFor();
    await dialog.getByLabel('About').fill('Probe');
    await dialog.getByLabel('To').fill('2099-01-01T00:00:00');
    await dialog.getByRole('button', { name: 'Estimate' }).click();
    await dialog.getByText('2 events: 2 for a second time.').waitFor();
    expect(await replay.isDisabled()).toBe(true);
    await dialog.getByLabel('Yes, probe.record is to get 2 events').check();
    await staff.picture('replay');
    await replay.click();
    await page.getByText('2 events replayed to probe.record').waitFor();
    const numbers = async () => (await events.effectsOf('probe.record', 'again')).map(({ number }) => number);
    await waitFor(async () => ((await numbers()).length === 4 ? true : undefined), { what: 'the replay' });
    expect(await numbers()).toEqual([7, 8, 7, 8]);
  });

  it('says that it loads, and that it failed, and tries again when told', async () => {
    let release = () => {};
    await hinder('EventsPageEvents', new Promise<void>(resolve => (release = resolve)));
    await staff.login(adminUser, adminPassword);
    await openPage();
    await page.getByText('Loading …').waitFor();
    await staff.picture('loading');
    release();
    await page.getByRole('table', { name: 'Events' }).waitFor();

    await page.unroute('**/admin-api*');
    await hinder('EventsPageDeliveries', 'fail');
    await openTab('Deliveries and dead letters');
    await page.getByText('The deliveries cannot be read').waitFor();
    await staff.picture('error');
    await page.unroute('**/admin-api*');
    await button('Try again').click();
    await page.getByText('The deliveries cannot be read').waitFor({ state: 'detached' });
    await page.getByText('There are no dead letters.').waitFor();
  });

  it('lets staff with the permission to read look, and no more', async () => {
    const name = `reader-${Date.now()}@tradewind.example`;
    await createClerk(events.admin, name, 'clerk-password-1', ['ReadOrder', 'ReadDomainEvents']);
    await staff.login(name, 'clerk-password-1');
    await openPage();
    await openTab('Deliveries and dead letters');
    await page.getByText('you need the permission “UpdateDomainEvents”').waitFor();
    await page.getByLabel(/^State/).selectOption('Done');
    await deliveries().waitFor();
    expect(await deliveries().getByRole('checkbox').count()).toBe(0);
    for (const name of ['Dry run', 'Retry', 'Discard']) expect(await button(name).count()).toBe(0);
    await openTab('Handlers and replay');
    await page.getByRole('table', { name: 'Handlers' }).waitFor();
    expect(await page.getByRole('button', { name: /^Replay/ }).count()).toBe(0);
  });

  it('neither shows anything to staff without the permission nor logs them out', async () => {
    const name = `clerk-${Date.now()}@tradewind.example`;
    await createClerk(events.admin, name, 'clerk-password-1', ['ReadOrder']);
    await staff.login(name, 'clerk-password-1');
    await openPage();
    await page.getByText('You are not allowed to see this page').waitFor();
    await staff.picture('no-permission');
    expect(page.url()).toContain('/extensions/domain-events');
    expect(await page.getByRole('table').count()).toBe(0);
  });

  it('fits a telephone, and causes no errors and no request to anybody else', async () => {
    await staff.login(adminUser, adminPassword);
    await page.setViewportSize({ width: 400, height: 860 });
    await openPage();
    const table = page.getByRole('table', { name: 'Events' });
    await table.waitFor();
    const box = await table.boundingBox();
    expect(box!.x + box!.width).toBeLessThanOrEqual(400);
    await staff.picture('telephone');
    await table.getByRole('button').first().click();
    const dialog = await page.getByRole('dialog').boundingBox();
    expect(dialog!.x).toBeGreaterThanOrEqual(0);
    expect(dialog!.x + dialog!.width).toBeLessThanOrEqual(400);
    const inner = page.getByRole('dialog').getByRole('table');
    await inner.waitFor();
    const content = await page
      .getByRole('dialog')
      .getByRole('group', { name: 'Data of the event' })
      .boundingBox();
    const cell = await inner
      .getByText(/^ended/)
      .first()
      .boundingBox();
    expect(cell!.x + cell!.width).toBeLessThanOrEqual(content!.x + content!.width);
    await staff.picture('telephone-event');
    expect(staff.problems).toEqual([]);
    expect(staff.foreignRequests).toEqual([]);
  });
});
