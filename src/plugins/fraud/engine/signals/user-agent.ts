import Bowser from 'bowser';

/** What a browser tells of itself. */
export interface BrowserFacts {
  readonly browser?: string;
  readonly os?: string;
  /** Whether it is headless, driven by a program or a known bot. */
  readonly automation: boolean;
  /** Whether a library asked that storefronts' servers and apps use: says nothing of the shopper. */
  readonly isServer: boolean;
}

/** Client hints, as the browser's headers have them. */
export interface ClientHints {
  /** `Sec-CH-UA`: `"Chromium";v="124", "Google Chrome";v="124"`. */
  readonly brands?: string | undefined;
  /** `Sec-CH-UA-Platform`: `"Windows"`. */
  readonly platform?: string | undefined;
  readonly mobile?: boolean | undefined;
}

/** How automated browsers and scripts name themselves. */
const AUTOMATION =
  /headless|phantomjs|electron|selenium|webdriver|puppeteer|playwright|cypress|slimerjs|scrapy|curl\/|wget|postman|insomnia|bot\b|crawler|spider/i;

/**
 * The libraries with which storefronts' servers and phone apps ask. A shop whose app asks so would suspect each of its
 * orders; what attacks with one of them is found by how often it comes. Servers have `X-Storefront-Client` to name their
 * shopper.
 */
const SERVER =
  /^(node|undici|node-fetch|axios|got|deno|bun|okhttp|dart|java|apache-httpclient|ktor-client|go-http-client|guzzlehttp|symfony httpclient|faraday|ruby|python|python-requests|python-urllib|python-httpx|aiohttp|reactor-netty|dalvik|libwww-perl|[^ ]+ cfnetwork)([\s/(]|$)/i;

/** Shoppers have few browsers between them, and reading one's name takes longer than all other signals do. */
const MAX_REMEMBERED = 1_000;
const MAX_REMEMBERED_LENGTH = 500;
const remembered = new Map<string, BrowserFacts>();

export function browserFacts(userAgent: string): BrowserFacts {
  if (userAgent.length > MAX_REMEMBERED_LENGTH) return readBrowser(userAgent);
  const known = remembered.get(userAgent);
  const facts = known ?? readBrowser(userAgent);
  // Anew to the end: the first one is the one that was not asked for the longest.
  remembered.delete(userAgent);
  remembered.set(userAgent, facts);
  if (remembered.size > MAX_REMEMBERED) remembered.delete(remembered.keys().next().value as string);
  return facts;
}

function readBrowser(userAgent: string): BrowserFacts {
  // The library throws for it.
  if (userAgent === '') return { automation: false, isServer: false };
  if (SERVER.test(userAgent)) return { automation: false, isServer: true };
  const { browser, os, platform } = Bowser.parse(userAgent);
  return {
    ...(browser.name ? { browser: browser.name } : {}),
    ...(os.name ? { os: os.name } : {}),
    automation: AUTOMATION.test(userAgent) || platform.type === 'bot',
    isServer: false,
  };
}

/** Whether the client hints name a browser that is driven by a program. */
export function hintsAutomation({ brands }: ClientHints): boolean {
  return brands !== undefined && /headless/i.test(brands);
}

/** The names that client hints have for what user agents call otherwise. */
const PLATFORMS: Readonly<Record<string, string>> = {
  'chromium os': 'chrome os',
  chromeos: 'chrome os',
  mac: 'macos',
  'mac os x': 'macos',
};

/**
 * Whether the user agent and the client hints tell of different browsers or systems. Only browsers made from Chromium
 * send hints, of the version and the system that their user agent has too; whoever forges the one forgets the other.
 *
 * @returns undefined where one of them is missing
 */
export function hintsContradict(userAgent: string, hints: ClientHints): boolean | undefined {
  const brands = brandsOf(hints.brands ?? '');
  const platform = nameOf(unquoted(hints.platform ?? ''));
  if (brands.size === 0 && platform === '' && hints.mobile === undefined) return undefined;
  const { os, isServer } = browserFacts(userAgent);
  if (isServer) return undefined;
  const engine = brands.get('chromium');
  const chromium = /\b(?:Chrome|Chromium|HeadlessChrome)\/(\d+)/.exec(userAgent)?.[1];
  if (brands.size > 0 && engine !== undefined && engine !== chromium) return true;
  if (brands.size > 0 && chromium === undefined) return true;
  const system = nameOf(os ?? '');
  // A phone that asks for the desktop's page says Linux.
  const desktopPage = system === 'linux' && platform === 'android';
  if (platform !== '' && platform !== 'unknown' && system !== '' && platform !== system && !desktopPage) {
    return true;
  }
  return hints.mobile === true && (system === 'windows' || system === 'macos');
}

/** Names in lower case with their main versions; the made-up one ("Not A Brand") among them. */
function brandsOf(text: string): Map<string, string> {
  const brands = new Map<string, string>();
  for (const [, name = '', version = ''] of text.matchAll(/"([^"]{1,60})"\s*;\s*v="(\d+)[^"]*"/g)) {
    brands.set(name.toLowerCase(), version);
  }
  return brands;
}

function nameOf(text: string): string {
  const name = text.trim().toLowerCase();
  return PLATFORMS[name] ?? name;
}

function unquoted(text: string): string {
  return text.replace(/^"|"$/g, '');
}
