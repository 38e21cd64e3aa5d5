import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { parse, print, separateOperations } from 'graphql';
import { AdminClient } from './support/admin-client';
import { databaseUrl } from './support/postgres';
import { succeeded } from './support/results';
import { ShopClient } from './support/shop-client';
import { placeGuestOrder, variantsInStock } from './support/shopping';
import { withClient } from './support/sql';
import { testEnv } from './support/test-env';

/** The shared shop of a test run, with the limits of production on (API_LIMITS). */
const BASE_URL = testEnv().baseUrl;
const ALLOWED_ORIGIN = 'http://localhost:3001';
const REFUSED_ORIGIN = 'https://evil.example';

type Api = 'shop-api' | 'admin-api';

interface ErrorBody {
  data?: unknown;
  errors?: { message: string; extensions?: Record<string, unknown> }[];
}

interface Answer extends ErrorBody {
  status: number;
  headers: Headers;
  text: string;
}

async function send(api: Api, init: RequestInit & { query?: string } = {}): Promise<Answer> {
  const response = await fetch(`${BASE_URL}/${api}${init.query ?? ''}`, { method: 'POST', ...init });
  const text = await response.text();
  const body = text.startsWith('{') ? (JSON.parse(text) as ErrorBody) : {};
  return { ...body, status: response.status, headers: response.headers, text };
}

const JSON_TYPE = { 'content-type': 'application/json' };

const post = (api: Api, body: unknown, headers: Record<string, string> = {}) =>
  send(api, {
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { ...JSON_TYPE, ...headers },
  });

const ask = (query: string, variables?: object) => post('shop-api', { query, variables });

/** The error that a request ended in, which must be the only one. */
function errorOf(answer: Answer): { code: unknown; message: string; reference: unknown } {
  expect(answer.errors).toHaveLength(1);
  const { message = '', extensions = {} } = answer.errors?.[0] ?? {};
  return { message, code: extensions.code, reference: extensions.reference };
}

/** What must never be in an answer: stacks, paths, and what databases and parsers say. */
function expectNothingOfTheInside(text: string): void {
  expect(text).not.toMatch(
    /stacktrace|node_modules|\bat \w+ \(|QueryFailed|syntax for type|out of range|deadlock|relation "|column "/,
  );
}

async function signIn(): Promise<string> {
  const { headers } = await post('admin-api', {
    query: 'mutation ($u: String!, $p: String!) { login(username: $u, password: $p) { __typename } }',
    variables: { u: testEnv().adminUser, p: testEnv().adminPassword },
  });
  const token = headers.get('vendure-auth-token');
  if (token === null) throw new Error('The staff login failed.');
  return token;
}

describe('headers', () => {
  it.each(['/shop-api', '/admin-api', '/health', '/nowhere'])('are set on %s', async path => {
    const { headers } = await fetch(BASE_URL + path);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{12}$/);
    // The test shop is reached by http: to insist on https would lock browsers out.
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('have a reference of their own for each request, whatever the client sends', async () => {
    const headers = { 'x-request-id': 'mine' };
    const references = await Promise.all(
      [1, 2].map(async () =>
        (await post('shop-api', { query: '{ __typename }' }, headers)).headers.get('x-request-id'),
      ),
    );
    expect(new Set([...references, 'mine']).size).toBe(3);
  });

  it('lead to no playground', async () => {
    for (const api of ['shop-api', 'admin-api'] as const) {
      const answer = await send(api, { method: 'GET', headers: { accept: 'text/html' } });
      expect(answer.status).toBe(400);
      expect(answer.text).not.toContain('<script');
    }
  });
});

describe('CORS', () => {
  const preflight = (origin: string, api: Api) =>
    send(api, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization,vendure-token',
      },
    });

  it.each(['shop-api', 'admin-api'] as const)('allows the configured origins on %s', async api => {
    const { status, headers } = await preflight(ALLOWED_ORIGIN, api);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(ALLOWED_ORIGIN);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-allow-headers')).toContain('vendure-token');
    expect(headers.get('access-control-allow-methods')).toBe('GET,POST');
  });

  it('lets allowed pages read the session token, also with a refusal of the body', async () => {
    for (const body of ['{"query":"{ __typename }"}', '{']) {
      const { headers } = await post('shop-api', body, { origin: ALLOWED_ORIGIN });
      expect(headers.get('access-control-allow-origin')).toBe(ALLOWED_ORIGIN);
      expect(headers.get('access-control-expose-headers')).toContain('vendure-auth-token');
      expect(headers.get('vary')).toContain('Origin');
    }
  });

  it.each([REFUSED_ORIGIN, 'null', `${ALLOWED_ORIGIN}.evil.example`, 'http://localhost:30010'])(
    'has no CORS header for %s',
    async origin => {
      const refused = await preflight(origin, 'shop-api');
      expect(refused.status).toBe(403);
      expect(errorOf(refused).code).toBe('ORIGIN_NOT_ALLOWED');
      const answer = await post('shop-api', { query: '{ __typename }' }, { origin });
      for (const { headers } of [refused, answer]) {
        expect([...headers.keys()].filter(name => name.startsWith('access-control'))).toEqual([]);
        expect(headers.get('vary')).toContain('Origin');
      }
    },
  );
});

describe('cross-site requests', () => {
  const body = JSON.stringify({ query: 'mutation { logout { success } }' });

  it.each(['text/plain', 'application/x-www-form-urlencoded'])('are refused as %s', async type => {
    const answer = await send('shop-api', { body, headers: { 'content-type': type } });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).message).toContain('Cross-Site Request Forgery');
  });

  it('are refused by GET, and mutations by GET always', async () => {
    const query = `?query=${encodeURIComponent('{ __typename }')}`;
    expect((await send('shop-api', { method: 'GET', query })).status).toBe(400);
    const preflighted = { 'apollo-require-preflight': 'true' };
    expect((await send('shop-api', { method: 'GET', query, headers: preflighted })).status).toBe(200);
    const mutation = `?query=${encodeURIComponent('mutation { logout { success } }')}`;
    expect((await send('shop-api', { method: 'GET', query: mutation, headers: preflighted })).status).toBe(
      405,
    );
  });

  it('get no cookie from another site: the session cookie is SameSite=Lax and not for scripts', async () => {
    const { headers } = await post('admin-api', {
      query: 'mutation ($u: String!, $p: String!) { login(username: $u, password: $p) { __typename } }',
      variables: { u: testEnv().adminUser, p: testEnv().adminPassword },
    });
    const cookies = headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie.toLowerCase()).toMatch(/samesite=lax.*httponly/);
  });
});

describe('bodies', () => {
  const query = (bytes: number) => JSON.stringify({ query: `{ __typename } #${'x'.repeat(bytes)}` });

  it('have a limit on each API', async () => {
    expect((await post('shop-api', query(120_000))).status).toBe(200);
    expect((await post('admin-api', query(1_000_000))).status).toBe(200);
    for (const [api, bytes] of [
      ['shop-api', 140_000],
      ['admin-api', 2_200_000],
    ] as const) {
      const answer = await post(api, query(bytes));
      expect(answer.status).toBe(413);
      expect(errorOf(answer)).toMatchObject({
        code: 'PAYLOAD_TOO_LARGE',
        reference: answer.headers.get('x-request-id'),
      });
    }
  });

  it('have a limit everywhere else too, and an answer that says so', async () => {
    for (const [body, status, code] of [
      [query(120_000), 413, 'PAYLOAD_TOO_LARGE'],
      ['{', 400, 'MALFORMED_JSON'],
    ] as const) {
      const response = await fetch(`${BASE_URL}/nowhere`, { method: 'POST', headers: JSON_TYPE, body });
      const answer = (await response.json()) as ErrorBody;
      expect(response.status).toBe(status);
      expect(answer.errors?.[0]?.extensions).toEqual({
        code,
        reference: response.headers.get('x-request-id'),
      });
    }
  });

  it('have a limit when their length is not given in advance', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const req = request(`${BASE_URL}/shop-api`, { method: 'POST', headers: JSON_TYPE }, res => {
        res.resume();
        resolve(res.statusCode);
      });
      req.once('error', reject);
      req.write(query(200_000));
      req.end();
    });
    expect(status).toBe(413);
  });

  it.each(['{', '"text"', 'null', '{"query": "x"', '{"query":"\u0000"}'])(
    'that are no JSON object (%j) end in one error and no stack',
    async body => {
      const answer = await post('shop-api', body);
      expect(answer.status).toBe(400);
      expect(errorOf(answer).code).toMatch(/^(MALFORMED_JSON|BAD_REQUEST)$/);
      expectNothingOfTheInside(answer.text);
    },
  );

  it('hold one operation', async () => {
    const answer = await post('shop-api', [{ query: '{ __typename }' }, { query: '{ __typename }' }]);
    expect(answer.status).toBe(400);
    expect(errorOf(answer).message).toBe('Operation batching disabled.');
  });
});

describe('uploads', () => {
  const form = () => {
    const data = new FormData();
    data.append('operations', JSON.stringify({ query: '{ __typename }' }));
    data.append('map', '{}');
    return data;
  };
  const preflighted = { 'apollo-require-preflight': 'true' };

  it('are refused by the Shop API', async () => {
    const answer = await send('shop-api', { body: form(), headers: preflighted });
    expect(answer.status).toBe(415);
    expect(errorOf(answer).code).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  it('to the Admin API are refused from a form of another site', async () => {
    const answer = await send('admin-api', { body: form() });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).code).toBe('CSRF_PREVENTION');
  });

  it('to the Admin API are refused from strangers, and from shoppers', async () => {
    const anonymous = (await ask('{ activeOrder { id } }')).headers.get('vendure-auth-token');
    for (const token of ['', 'nonsense', anonymous ?? '']) {
      const headers = { ...preflighted, authorization: `Bearer ${token}` };
      const answer = await send('admin-api', { body: form(), headers });
      expect(answer.status).toBe(401);
      expect(errorOf(answer).code).toBe('UNAUTHORIZED');
    }
  });

  it('to the Admin API are taken from staff', async () => {
    const headers = { ...preflighted, authorization: `Bearer ${await signIn()}` };
    expect(await send('admin-api', { body: form(), headers })).toMatchObject({ status: 200 });
  });
});

describe('errors', () => {
  it.each(['99999999999', '2147483648', '1e99', '1.5', 'abc', '-5', '0x10', ' 1', '１'])(
    'an id that cannot be (%j) is one that nothing has',
    async id => {
      const answer = await ask(
        `query ($id: ID!, $text: String!) {
          product(id: $id) { id }
          collection(id: $id) { id }
          products(options: { filter: { id: { eq: $text } } }) { totalItems }
          search(input: { facetValueIds: [$id] }) { totalItems }
        }`,
        { id, text: id },
      );
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toEqual({
        product: null,
        collection: null,
        products: { totalItems: 0 },
        search: { totalItems: 0 },
      });
    },
  );

  it('an impossible variant cannot be put into a cart', async () => {
    const answer = await ask(
      'mutation { addItemToOrder(productVariantId: "99999999999", quantity: 1) { __typename } }',
    );
    expect(errorOf(answer).code).toBe('ENTITY_NOT_FOUND');
  });

  it.each([
    ['a broken regular expression', { name: { regex: '((' } }],
    ['a NUL in a text', { name: { eq: '\u0000' } }],
  ])('%s is the client’s mistake, without the words of the database', async (_what, filter) => {
    const answer = await ask(
      'query ($filter: ProductFilterParameter) { products(options: { filter: $filter }) { totalItems } }',
      { filter },
    );
    expect(errorOf(answer)).toEqual({
      code: 'USER_INPUT_ERROR',
      message: expect.stringContaining('cannot be used') as string,
      reference: answer.headers.get('x-request-id'),
    });
    expectNothingOfTheInside(answer.text);
  });

  it.each(['{ nope }', '{', '{ product(id: {}) { id } }', 'subscription { x }', '{a'.repeat(30_000)])(
    'a query that is none is refused without a hint (%#)',
    async query => {
      const answer = await ask(query);
      expect(answer.status).toBe(400);
      expectNothingOfTheInside(answer.text);
      expect(answer.text).not.toContain('Did you mean');
    },
  );

  it('a variable of the wrong type is named, as the mistake of the client', async () => {
    const answer = await ask('query ($n: Int!) { products(options: { take: $n }) { totalItems } }', {
      n: 'x',
    });
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('Variable "$n" got invalid value "x"') as string,
    });
  });

  it('a lock that is not free in time asks to try again, without the words of the database', async () => {
    const shop = new ShopClient();
    const [variant] = await variantsInStock(shop, 1);
    if (variant === undefined) throw new Error('nothing is in stock');
    const order = succeeded(await shop.addItem(variant.id, 1));
    const { postgresUrl, database } = testEnv();
    const answer = await withClient(databaseUrl(postgresUrl, database), async client => {
      await client.query('BEGIN');
      await client.query('SELECT 1 FROM "order" WHERE code = $1 FOR UPDATE', [order.code]);
      const waiting = post(
        'shop-api',
        {
          query:
            'mutation { setOrderBillingAddress(input: { streetLine1: "1 Mill Lane", countryCode: "GB" }) { __typename } }',
        },
        { authorization: `Bearer ${shop.api.token ?? ''}` },
      );
      return await waiting.finally(() => client.query('ROLLBACK'));
    });
    expect(errorOf(answer)).toMatchObject({
      code: 'TRY_AGAIN',
      reference: answer.headers.get('x-request-id'),
    });
    expect(answer.text).not.toMatch(/lock timeout|canceling/);
  });

  it('what the database says in the middle of a transition does not become its reason', async () => {
    const shopper = new ShopClient();
    const [variant] = await variantsInStock(shopper, 1);
    const placed = await placeGuestOrder(shopper, variant!.id, 1);
    const { id } = await (await AdminClient.signedIn()).findOrder(placed.code);
    const authorization = `Bearer ${await signIn()}`;
    const moveTo = (state: string) =>
      post(
        'admin-api',
        {
          query: `mutation ($id: ID!, $state: String!) { transitionOrderToState(id: $id, state: $state) {
            __typename ... on OrderStateTransitionError { transitionError } } }`,
          variables: { id, state },
        },
        { authorization },
      );
    expect((await moveTo('Modifying')).data).toEqual({ transitionOrderToState: { __typename: 'Order' } });
    const { postgresUrl, database } = testEnv();
    const answer = await withClient(databaseUrl(postgresUrl, database), async client => {
      await client.query('BEGIN');
      // Core reads the modifications before it lets the order out of this state.
      await client.query('LOCK TABLE order_modification IN ACCESS EXCLUSIVE MODE');
      return await moveTo('PaymentSettled').finally(() => client.query('ROLLBACK'));
    });
    expect(answer.text).not.toMatch(/lock timeout|canceling/);
    expect(errorOf(answer).code).toBe('TRY_AGAIN');
  });

  it('no field name is suggested, and the schema is not told', async () => {
    expect(errorOf(await ask('{ produc { id } }')).message).toBe(
      'Cannot query field "produc" on type "Query".',
    );
    expect((await ask('{ __schema { types { name } } }')).data).toBeUndefined();
  });
});

describe('query limits', () => {
  const folder = join(__dirname, 'support/storefront-operations');
  const variables = JSON.parse(readFileSync(join(folder, 'variables.json'), 'utf8')) as Record<
    string,
    object
  >;
  const operations = (file: string) =>
    Object.entries(separateOperations(parse(readFileSync(join(folder, `${file}.graphql`), 'utf8'))));

  const run = ([operationName, document]: ReturnType<typeof operations>[number]) =>
    post('shop-api', { query: print(document), operationName, variables: variables[operationName] });

  it.each(['nextjs', 'remix', 'qwik', 'angular'])(
    'let all operations of the %s starter through',
    async starter => {
      const all = operations(starter);
      expect(all.length).toBeGreaterThan(10);
      for (const operation of all) {
        const { status, errors } = await run(operation);
        const codes = errors?.map(error => error.extensions?.code) ?? [];
        expect({ name: operation[0], status }).toEqual({ name: operation[0], status: 200 });
        expect(codes.filter(code => code !== 'FORBIDDEN' && code !== 'ENTITY_NOT_FOUND')).toEqual([]);
      }
    },
  );

  it('refuse every abusive query with a code, and soon', async () => {
    for (const operation of operations('abusive')) {
      const answer = await run(operation);
      expect({ name: operation[0], status: answer.status }).toEqual({ name: operation[0], status: 400 });
      expect(errorOf(answer).code).toMatch(/^(QUERY_TOO_COMPLEX|USER_INPUT_ERROR)$/);
    }
  });

  it('say what a query costs and what it may cost', async () => {
    const [operation] = operations('abusive').filter(([name]) => name === 'AbusiveNesting');
    if (operation === undefined) throw new Error('no AbusiveNesting');
    const { errors } = await run(operation);
    const { cost, limit } = errors?.[0]?.extensions ?? {};
    expect(limit).toBe(12_000);
    expect(cost).toBeGreaterThan(12_000);
    expect(errors?.[0]?.message).toContain(`it costs ${String(cost)}`);
  });
});
