import * as fc from 'fast-check';
import { InvalidEnvError, maskValue, parseEnv } from './env';

type Source = Record<string, string | undefined>;

const SECRET = 'fX3vQm9LrT7bWz2KdN5hYc8JpS4gUa6E';

/** All that production asks for. */
const PRODUCTION: Source = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://shop:pw@db:5432/shop',
  SMTP_URL: 'smtps://user:pw@mail.example:465',
  PUBLIC_URL: 'https://api.shop.example',
  CORS_ORIGINS: 'https://shop.example',
  COOKIE_SECRET: SECRET,
  SUPERADMIN_PASSWORD: 'correct horse battery',
};

/** The problems that parsing finds, none for a good source. */
function problems(source: Source): readonly string[] {
  try {
    parseEnv(source);
    return [];
  } catch (error) {
    if (error instanceof InvalidEnvError) return error.problems;
    throw error;
  }
}

describe('parseEnv', () => {
  it('needs nothing in development', () => {
    expect(parseEnv({})).toMatchObject({
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: 3000,
      PUBLIC_URL: 'http://localhost:3000',
      STOREFRONT_URL: 'http://localhost:3000',
      TRUSTED_PROXIES: [],
      STOREFRONT_SECRET: [],
      API_LIMITS: false,
    });
  });

  it('takes an empty value for one that is not set', () => {
    const names = [...Object.keys(PRODUCTION), 'PORT', 'API_LIMITS', 'STOREFRONT_SECRET', 'TRUSTED_PROXIES'];
    expect(parseEnv(Object.fromEntries(names.map(name => [name, ''])))).toEqual(parseEnv({}));
  });

  it('fills in what follows from other settings', () => {
    const env = parseEnv({ PORT: '8080', PUBLIC_URL: 'https://api.shop.example/' });
    expect(env.PUBLIC_URL).toBe('https://api.shop.example');
    expect(env.STOREFRONT_URL).toBe('https://api.shop.example');
    expect(env.CORS_ORIGINS).toContain('http://localhost:8080');
  });

  it('reads lists, with spaces and without', () => {
    const env = parseEnv({
      CORS_ORIGINS: 'https://a.example, https://b.example:8443',
      TRUSTED_PROXIES: 'loopback, 10.0.0.0/8,2001:db8::1',
      STOREFRONT_SECRET: `${SECRET},${SECRET.toLowerCase()}`,
    });
    expect(env.CORS_ORIGINS).toEqual(['https://a.example', 'https://b.example:8443']);
    expect(env.TRUSTED_PROXIES).toEqual(['loopback', '10.0.0.0/8', '2001:db8::1']);
    expect(env.STOREFRONT_SECRET).toEqual([SECRET, SECRET.toLowerCase()]);
  });

  it.each([
    ['NODE_ENV', 'prod', 'development, production or test'],
    ['PORT', '0', 'a port from 1 to 65535'],
    ['PORT', '65536', 'a port from 1 to 65535'],
    ['PORT', '0x50', 'a port from 1 to 65535'],
    ['PORT', '1e3', 'a port from 1 to 65535'],
    ['PORT', '80.5', 'a port from 1 to 65535'],
    ['PORT', ' ', 'a port from 1 to 65535'],
    ['WORKER_HEALTH_PORT', 'x', 'a port from 1 to 65535'],
    ['EMBEDDED_PG_PORT', '-1', 'a port from 1 to 65535'],
    ['DB_POOL_SIZE', '1', 'a whole number from 2 to 500'],
    ['LOG_LEVEL', 'loud', 'error, warn, info, verbose or debug'],
    ['API_LIMITS', 'yes', 'true or false'],
    ['SEARCH_INDEX_PREFIX', 'Shop', 'a lower-case letter'],
    ['BULLMQ_PREFIX', 'a:b', 'letters, digits and dashes'],
    ['CORS_ORIGINS', '*', 'origins such as https://shop.example'],
    ['CORS_ORIGINS', 'https://shop.example/', 'origins such as https://shop.example'],
    ['TRUSTED_PROXIES', '10.0.0.0/40', 'addresses or networks such as 10.0.0.0/8'],
    ['TRUSTED_PROXIES', '0.0.0.0/0', 'addresses or networks such as 10.0.0.0/8'],
    ['TRUSTED_PROXIES', 'loopback,proxy.example', 'addresses or networks such as 10.0.0.0/8'],
    ['DATABASE_URL', 'mysql://db/shop', 'a URL that starts with postgres:// or postgresql://'],
    ['WAREHOUSE_WEBHOOK_URL', 'http://wms.example/hook', 'https (or'],
    ['WAREHOUSE_WEBHOOK_URL', 'http://localhost.example/hook', 'https (or'],
    ['WAREHOUSE_WEBHOOK_INSECURE', 'yes', 'true or false'],
    ['WAREHOUSE_WEBHOOK_SECRET', 'short', 'at least 32 random characters'],
    ['PAYMENTS_PLUGIN_HANDLERS', 'stripe,paypal', 'stripe, mollie and braintree, or some of them'],
    ['BRAINTREE_ENVIRONMENT', 'live', 'sandbox or production'],
    ['REDIS_URL', 'localhost:6379', 'a URL that starts with redis:// or rediss://'],
  ])('%s=%s: names the variable and what is allowed', (name, value, allowed) => {
    const found = problems({ [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${name}: given `);
    expect(found[0]).toContain(`needed: ${allowed}`);
  });

  it('says what was given when that is no secret', () => {
    expect(problems({ PORT: 'eighty' })).toEqual(['PORT: given "eighty", needed: a port from 1 to 65535.']);
    expect(problems({ DATABASE_URL: 'mysql://db/shop' })[0]).toContain('given "mysql://db/shop"');
  });

  it('names all wrong variables at once', () => {
    const found = problems({ PORT: 'x', LOG_LEVEL: 'x', API_LIMITS: 'x' });
    expect(found.map(line => line.split(':')[0]).sort()).toEqual(['API_LIMITS', 'LOG_LEVEL', 'PORT']);
  });

  it.each([
    ['too short', SECRET.slice(1)],
    ['one of two too short', `${SECRET},short`],
    ['without variety', 'ab'.repeat(20)],
    ['only commas', ',,'],
  ])('refuses a storefront secret that is %s, in development too', (_why, secret) => {
    expect(problems({ STOREFRONT_SECRET: secret })[0]).toContain('STOREFRONT_SECRET: given a value of');
  });
});

describe('the webhook of the warehouse', () => {
  it.each([
    [{ WAREHOUSE_WEBHOOK_URL: 'https://wms.example/hook' }],
    [{ WAREHOUSE_WEBHOOK_URL: 'http://127.0.0.1:9000/hook' }],
    [{ WAREHOUSE_WEBHOOK_URL: 'http://wms.lan/hook', WAREHOUSE_WEBHOOK_INSECURE: 'true' }],
  ])('%j is fine in development', source => {
    expect(problems(source)).toEqual([]);
  });

  it('needs a secret in production', () => {
    const source = { ...PRODUCTION, WAREHOUSE_WEBHOOK_URL: 'https://wms.example/hook' };
    expect(problems(source)[0]).toMatch(/^WAREHOUSE_WEBHOOK_SECRET: given nothing/);
    expect(problems({ ...source, WAREHOUSE_WEBHOOK_SECRET: SECRET })).toEqual([]);
  });
});

describe('the handlers of payments-plugin', () => {
  it('are none unless they are named, each once', () => {
    expect(parseEnv({}).PAYMENTS_PLUGIN_HANDLERS).toEqual([]);
    expect(parseEnv({ PAYMENTS_PLUGIN_HANDLERS: 'mollie, stripe,mollie' }).PAYMENTS_PLUGIN_HANDLERS).toEqual([
      'mollie',
      'stripe',
    ]);
  });

  it('take real money in production only', () => {
    expect(parseEnv({}).BRAINTREE_ENVIRONMENT).toBe('sandbox');
    expect(parseEnv(PRODUCTION).BRAINTREE_ENVIRONMENT).toBe('production');
    expect(parseEnv({ ...PRODUCTION, BRAINTREE_ENVIRONMENT: 'sandbox' }).BRAINTREE_ENVIRONMENT).toBe(
      'sandbox',
    );
  });

  it('speak with no other machine in clear text in production', () => {
    expect(problems({ ...PRODUCTION, BRAINTREE_API_URL: 'http://proxy.example' })[0]).toContain(
      'BRAINTREE_API_URL',
    );
  });
});

describe('parseEnv in production', () => {
  it('is content with all that it needs', () => {
    expect(parseEnv(PRODUCTION)).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0', API_LIMITS: true });
  });

  it.each(Object.keys(PRODUCTION).filter(name => name !== 'NODE_ENV'))('does not start without %s', name => {
    for (const value of [undefined, '']) {
      const found = problems({ ...PRODUCTION, [name]: value });
      expect(found).toHaveLength(1);
      expect(found[0]).toMatch(new RegExp(`^${name}: given nothing, needed: `));
    }
  });

  it.each([
    ['COOKIE_SECRET', SECRET.slice(1)],
    ['COOKIE_SECRET', 'x'.repeat(64)],
    ['SUPERADMIN_PASSWORD', 'elevenchars'],
    ['SUPERADMIN_PASSWORD', 'superadmin'],
    ['SUPERADMIN_PASSWORD', 'Superadmin-2026!'],
    ['SUPERADMIN_PASSWORD', 'change-me-1234'],
    ['STOREFRONT_SECRET', 'short'],
  ])('refuses the weak %s "%s"', (name, value) => {
    const found = problems({ ...PRODUCTION, [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${name}: given a value of ${value.length} characters, needed: at least`);
  });

  it("refuses the staff user's name as the password", () => {
    const source = { ...PRODUCTION, SUPERADMIN_USERNAME: 'jane.doe@shop.example' };
    expect(problems({ ...source, SUPERADMIN_PASSWORD: source.SUPERADMIN_USERNAME })).toHaveLength(1);
  });
});

describe('what is printed of secrets', () => {
  it.each([
    'postgres://shop:PASSWORD@db/shop?sslmode=x',
    'postgres:shop:PASSWORD@db/shop',
    'postgres//shop:PASSWORD@db/shop',
    'shop:PASSWORD@db',
    'mysql://shop:PASSWORD@db/shop',
    'mysql://shop:p@PASSWORD@db/shop',
    'mysql://shop:p/PASSWORD@db/shop',
    'mysql://shop:p:PASSWORD#x@db/shop',
    'mysql://shop:PASSWORD',
    'mysql://shop:p PASSWORD@db',
    'mysql://db/shop?password=PASSWORD',
    'mysql://db/shop#PASSWORD',
    ':PASSWORD',
    'PASSWORD',
  ])('a wrong DATABASE_URL like %s does not show it', url => {
    expect(maskValue('DATABASE_URL', url)).not.toContain('PASSWORD');
  });

  it('still shows the scheme, and the whole of a URL without a secret', () => {
    expect(maskValue('DATABASE_URL', 'mysql://shop:pw@db')).toContain('that starts with "mysql://"');
    expect(maskValue('SEARCH_URL', 'ftp://search:9200/x')).toBe('"ftp://search:9200/x"');
  });

  it('hides a password inside an origin too', () => {
    expect(problems({ CORS_ORIGINS: 'https://me:PASSWORD@shop.example' })[0]).not.toContain('PASSWORD');
  });

  it('keeps a message on one line', () => {
    expect(problems({ PORT: '1\n2' })[0]).not.toContain('\n');
  });

  const secret = fc.string({ minLength: 6, maxLength: 30 }).filter(text => !/^[\sa-z.,:/]*$/.test(text));

  it('no secret ever appears in a message', () => {
    const wrongUrls = (password: string) => [
      `postgre://shop:${password}@db:5432/shop`,
      `shop:${password}@db/shop`,
      `ftp://shop:${password}@db:99999/shop`,
      `postgres://shop:${password}`,
      `mysql://db/shop?password=${password}`,
    ];
    fc.assert(
      fc.property(secret, fc.nat(4), (password, which) => {
        const source = {
          ...PRODUCTION,
          COOKIE_SECRET: password,
          SUPERADMIN_PASSWORD: password.slice(0, 11),
          STOREFRONT_SECRET: password,
          DATABASE_URL: wrongUrls(password)[which],
          REDIS_URL: wrongUrls(password)[(which + 1) % 5],
          SMTP_URL: wrongUrls(password)[(which + 2) % 5],
          PORT: 'x',
        };
        const text = problems(source).join('\n');
        expect(text).toContain('PORT');
        for (const shown of [password, JSON.stringify(password).slice(1, -1), encodeURIComponent(password)]) {
          expect(text).not.toContain(shown);
        }
      }),
    );
  });
});
