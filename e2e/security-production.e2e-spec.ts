import { type LaunchedShop, launchShop } from './support/launch';
import { cloneTemplate, dropDatabase } from './support/template';
import { testEnv } from './support/test-env';

/** A shop as it runs behind a proxy that ends TLS: what the shared test shop, reached by http, cannot show. */
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://api.shop.example',
  CORS_ORIGINS: 'https://shop.example',
  TRUSTED_PROXIES: 'loopback',
};
const WEAK_SECRET = 'too-short-for-a-shop';

jest.setTimeout(180_000);

let database: string;
let shop: LaunchedShop;

beforeAll(async () => {
  const { postgresUrl, templateDatabase } = testEnv();
  database = await cloneTemplate(postgresUrl, templateDatabase, 'production');
  shop = await launchShop(testEnv(), { database, env: PRODUCTION });
});

afterAll(async () => {
  await shop?.stop();
  if (database !== undefined) await dropDatabase(testEnv().postgresUrl, database);
});

function post(api: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${shop.baseUrl}/${api}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

function signIn(headers: Record<string, string>): Promise<Response> {
  const { adminUser, adminPassword } = testEnv();
  const query =
    'mutation ($u: String!, $p: String!) { login(username: $u, password: $p) { __typename ... on CurrentUser { id } } }';
  return post('admin-api', JSON.stringify({ query, variables: { u: adminUser, p: adminPassword } }), headers);
}

describe('a shop in production', () => {
  it('tells browsers to use https only', async () => {
    const { headers } = await fetch(`${shop.baseUrl}/health`);
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
  });

  it('sets the session cookie for requests that its proxy took by https, and marks it so', async () => {
    const response = await signIn({ 'x-forwarded-proto': 'https' });
    expect(await response.json()).toMatchObject({ data: { login: { __typename: 'CurrentUser' } } });
    const cookies = response.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie.toLowerCase()).toMatch(/samesite=lax; secure; httponly/);
  });

  it('sets no cookie that could travel by http', async () => {
    const response = await signIn({});
    expect(response.headers.get('vendure-auth-token')).not.toBeNull();
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it.each([
    ['no JSON', '{', {}],
    ['a batch', '[{"query":"{ __typename }"}]', {}],
    ['a form of another site', '{"query":"{ __typename }"}', { 'content-type': 'text/plain' }],
    ['nothing', '{}', {}],
    [
      'a value that the database refuses',
      '{"query":"{products(options:{filter:{name:{regex:\\"((\\"}}}){totalItems}}"}',
      {},
    ],
  ])('shows nothing of its inside to %s', async (_what, body, headers) => {
    const text = await (await post('shop-api', body, headers)).text();
    expect(JSON.parse(text)).toMatchObject({
      errors: [{ extensions: { code: expect.any(String) as string } }],
    });
    expect(text).not.toMatch(/stacktrace|debug|node_modules|\.js:\d|regular expression:/);
  });

  it('has no playground and no introspection', async () => {
    const page = await fetch(`${shop.baseUrl}/admin-api`, { headers: { accept: 'text/html' } });
    expect(await page.text()).not.toContain('<script');
    const answer = await post('shop-api', '{"query":"{ __schema { queryType { name } } }"}');
    expect(answer.status).toBe(400);
  });
});

describe('a start with a weak secret', () => {
  it('is refused with the variable, and without the secret', async () => {
    const env = { ...PRODUCTION, COOKIE_SECRET: WEAK_SECRET };
    const reason = await launchShop(testEnv(), { database, env }).then(
      async started => {
        await started.stop();
        return 'it started';
      },
      (error: unknown) => String(error),
    );
    expect(reason).toContain('COOKIE_SECRET: given a value of 20 characters, needed: at least 32');
    expect(reason).not.toContain(WEAK_SECRET);
  });
});
