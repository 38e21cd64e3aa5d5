import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser of a member of staff, with what went wrong in it. */
export interface StaffBrowser {
  page: Page;
  /** Console errors, uncaught exceptions and requests without an answer. */
  problems: string[];
  /** Requests to anything but the shop. */
  foreignRequests: string[];
  /** Fills in the login form of the Admin UI and waits for the first page. */
  login(username: string, password: string): Promise<void>;
  /** Keeps a picture of the whole page in SCREENSHOT_DIR, where that is set: for people to look at. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a fresh headless Chromium: CHROMIUM_PATH, or the one of the system. */
export async function openStaffBrowser(baseUrl: string): Promise<StaffBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'tradewind-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    headless: true,
    args: ARGS,
    viewport: { width: 1280, height: 900 },
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const problems: string[] = [];
  const foreignRequests: string[] = [];
  watch(context, page, new URL(baseUrl).host, problems, foreignRequests);
  return {
    page,
    problems,
    foreignRequests,
    async login(username, password) {
      await page.goto(`${baseUrl}/admin/`);
      await page.locator('#login_username').fill(username);
      await page.locator('#login_password').fill(password);
      await page.locator('.login-button').click();
      await page.locator('vdr-dashboard').waitFor();
    },
    async picture(name) {
      const dir = process.env.SCREENSHOT_DIR;
      if (dir !== undefined) await page.screenshot({ path: join(dir, `${name}.png`) });
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

function watch(
  context: BrowserContext,
  page: Page,
  host: string,
  problems: string[],
  foreignRequests: string[],
): void {
  page.on('console', message => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', error => problems.push(error.message));
  page.on('requestfailed', request => {
    const reason = request.failure()?.errorText;
    // A page that is left stops its own requests.
    if (reason !== 'net::ERR_ABORTED') problems.push(`${request.url()}: ${reason}`);
  });
  context.on('request', request => {
    const url = new URL(request.url());
    if (/^(http|ws)s?:$/.test(url.protocol) && url.host !== host) foreignRequests.push(request.url());
  });
}
