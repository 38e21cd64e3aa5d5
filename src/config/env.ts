import { resolve } from 'node:path';
import { z } from 'zod';
import { isNetwork } from '../common/ip-address';

/**
 * The whole configuration of a process, read from environment variables once and checked before anything
 * starts. Nothing else in the code reads `process.env`.
 */

const MIN_SECRET_LENGTH = 32;
const MIN_PASSWORD_LENGTH = 12;

/** Of 32 random hexadecimal digits, fewer than 8 are different about once in 27 million times. */
const MIN_DIFFERENT_CHARACTERS = 8;

/** Values that everybody knows, also with digits and signs around them: refused in production. */
const KNOWN_DEFAULTS = new Set([
  'superadmin',
  'administrator',
  'password',
  'changeme',
  'secret',
  'cookiesecret',
  'tradewind',
]);

/** Names whose values are never printed; for URLs, which may hold a password, see `maskValue`. */
const SECRET_NAMES = new Set([
  'COOKIE_SECRET',
  'SUPERADMIN_PASSWORD',
  'STOREFRONT_SECRET',
  'FRAUD_WEBHOOK_SECRET',
  'WAREHOUSE_WEBHOOK_SECRET',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'MOLLIE_API_KEY',
]);

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));

const port = whole(1, 65535);

const url = (protocols: readonly string[]) =>
  z.string().refine(
    value => {
      try {
        const parsed = new URL(value);
        return protocols.includes(parsed.protocol.replace(':', '')) && parsed.hostname !== '';
      } catch {
        return false;
      }
    },
    { message: `a URL that starts with ${protocols.map(p => `${p}://`).join(' or ')}` },
  );

const list = z
  .string()
  .transform(value =>
    value
      .split(',')
      .map(item => item.trim())
      .filter(item => item !== ''),
  )
  .pipe(z.array(z.string()));

const flag = z.enum(['true', 'false']).transform(value => value === 'true');

const origins = list.refine(
  values =>
    values.every(value => {
      try {
        return new URL(value).origin === value;
      } catch {
        return false;
      }
    }),
  { message: 'origins such as https://shop.example, separated by commas, without a path' },
);

const schema = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
    HOST: z.string().min(1).optional(),
    PORT: port.default(3000),
    PUBLIC_URL: url(['http', 'https']).optional(),
    STOREFRONT_URL: url(['http', 'https']).optional(),
    DATA_DIR: z.string().min(1).default('.data'),
    DATABASE_URL: url(['postgres', 'postgresql']).optional(),
    DB_POOL_SIZE: whole(2, 500).default(10),
    EMBEDDED_PG_PORT: port.default(54329),
    REDIS_URL: url(['redis', 'rediss']).optional(),
    SEARCH_URL: url(['http', 'https']).optional(),
    SMTP_URL: url(['smtp', 'smtps']).optional(),
    SHOP_NAME: z.string().min(1).max(60).default('Tradewind'),
    MAIL_FROM: z.string().min(3).default('"Tradewind" <noreply@tradewind.example>'),
    COOKIE_SECRET: z.string().min(1).optional(),
    SUPERADMIN_USERNAME: z.string().min(1).default('superadmin'),
    SUPERADMIN_PASSWORD: z.string().min(1).optional(),
    CORS_ORIGINS: origins.optional(),
    TRUSTED_PROXIES: list.refine(values => values.every(isNetwork)).optional(),
    STOREFRONT_SECRET: list.refine(values => values.length > 0 && values.every(isStrongSecret)).optional(),
    WORKER_HEALTH_PORT: port.optional(),
    BULLMQ_PREFIX: z
      .string()
      .regex(/^[a-z0-9-]+$/i, { message: 'letters, digits and dashes' })
      .default('tradewind'),
    SEARCH_INDEX_PREFIX: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, { message: 'a lower-case letter, then letters, digits and dashes' })
      .default('tradewind-'),
    LOG_LEVEL: z.enum(['error', 'warn', 'info', 'verbose', 'debug']).default('info'),
    API_LIMITS: flag.optional(),
    STOCK_HOLD_SECONDS: whole(1, 86_400).default(900),
    WAREHOUSE_WEBHOOK_URL: url(['http', 'https']).optional(),
    WAREHOUSE_WEBHOOK_SECRET: z
      .string()
      .refine(isStrongSecret, { message: `at least ${MIN_SECRET_LENGTH} random characters` })
      .optional(),
    WAREHOUSE_WEBHOOK_INSECURE: flag.default(false),
    FRAUD_WEBHOOK_SECRET: z
      .string()
      .refine(isStrongSecret, { message: `at least ${MIN_SECRET_LENGTH} random characters` })
      .optional(),
    FRAUD_WEBHOOK_PRIVATE: flag.default(false),
    PAYMENT_RECONCILIATION_MINUTES: whole(1, 59).default(15),
    FRAUD_SCORING: flag.default(true),
    STRIPE_SECRET_KEY: z
      .string()
      .regex(/^(sk|rk)_\w+$/, { message: 'a secret key of Stripe: sk_... or rk_...' })
      .optional(),
    STRIPE_WEBHOOK_SECRET: z
      .string()
      .regex(/^whsec_\w+$/, { message: "the signing secret of Stripe's webhook endpoint: whsec_..." })
      .optional(),
    STRIPE_API_URL: url(['http', 'https']).optional(),
    MOLLIE_API_KEY: z
      .string()
      .regex(/^(live|test)_\w{20,}$/, { message: 'an API key of Mollie: live_... or test_...' })
      .optional(),
    MOLLIE_API_URL: url(['http', 'https']).optional(),
    PAYMENTS_PLUGIN_HANDLERS: list
      .pipe(z.array(z.enum(['stripe', 'mollie', 'braintree'])))
      .transform(names => [...new Set(names)])
      .default([]),
    BRAINTREE_ENVIRONMENT: z.enum(['sandbox', 'production']).optional(),
    BRAINTREE_API_URL: url(['http', 'https']).optional(),
  })
  .superRefine((env, ctx) => {
    const refuse = (name: string, message: string) => ctx.addIssue({ code: 'custom', path: [name], message });
    // What the warehouse is told holds addresses of customers.
    const webhook = env.WAREHOUSE_WEBHOOK_URL;
    if (webhook !== undefined && !env.WAREHOUSE_WEBHOOK_INSECURE && !isPrivateEnough(webhook)) {
      refuse(
        'WAREHOUSE_WEBHOOK_URL',
        'https (or WAREHOUSE_WEBHOOK_INSECURE=true, inside a network of your own)',
      );
    }
    if (env.STRIPE_SECRET_KEY !== undefined && env.STRIPE_WEBHOOK_SECRET === undefined) {
      refuse(
        'STRIPE_WEBHOOK_SECRET',
        'set with STRIPE_SECRET_KEY: without it no message of Stripe is believed',
      );
    }
    if (env.NODE_ENV !== 'production') return;
    for (const name of ['STRIPE_API_URL', 'MOLLIE_API_URL', 'BRAINTREE_API_URL'] as const) {
      const address = env[name];
      if (address !== undefined && !isPrivateEnough(address)) refuse(name, 'https in production');
    }
    if (webhook !== undefined && env.WAREHOUSE_WEBHOOK_SECRET === undefined) {
      refuse(
        'WAREHOUSE_WEBHOOK_SECRET',
        `at least ${MIN_SECRET_LENGTH} random characters, with a webhook in production`,
      );
    }
    const required = ['DATABASE_URL', 'SMTP_URL', 'PUBLIC_URL', 'CORS_ORIGINS'] as const;
    for (const name of required) {
      if (env[name] === undefined) refuse(name, 'set in production');
    }
    if (!isStrongSecret(env.COOKIE_SECRET ?? '')) {
      refuse('COOKIE_SECRET', `at least ${MIN_SECRET_LENGTH} random characters in production`);
    }
    if (
      (env.SUPERADMIN_PASSWORD?.length ?? 0) < MIN_PASSWORD_LENGTH ||
      isKnownDefault(env.SUPERADMIN_PASSWORD ?? '') ||
      env.SUPERADMIN_PASSWORD === env.SUPERADMIN_USERNAME
    ) {
      refuse(
        'SUPERADMIN_PASSWORD',
        `at least ${MIN_PASSWORD_LENGTH} characters in production, not a well-known default`,
      );
    }
  });

function isStrongSecret(value: string): boolean {
  return value.length >= MIN_SECRET_LENGTH && new Set(value).size >= MIN_DIFFERENT_CHARACTERS;
}

/** Over TLS, or not over a network at all. */
function isPrivateEnough(value: string): boolean {
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

function isKnownDefault(password: string): boolean {
  return KNOWN_DEFAULTS.has(password.toLowerCase().replace(/[^a-z]/g, ''));
}

type Parsed = z.infer<typeof schema>;

/** The checked settings, with everything that depends on another setting filled in. */
export interface Env extends Omit<Parsed, 'API_LIMITS' | 'BRAINTREE_ENVIRONMENT'> {
  HOST: string;
  /** Absolute path of the folder for images, e-mails, secrets and the embedded database. */
  DATA_DIR: string;
  PUBLIC_URL: string;
  STOREFRONT_URL: string;
  CORS_ORIGINS: string[];
  TRUSTED_PROXIES: string[];
  /** Shared with the storefront servers; each of them is accepted, so that one can be replaced by the next. */
  STOREFRONT_SECRET: string[];
  /** Whether the query limits, the closed playground and the quiet errors of production are on. */
  API_LIMITS: boolean;
  BRAINTREE_ENVIRONMENT: 'sandbox' | 'production';
}

/** A setting that stops the start. The message names each variable, what was given and what is allowed. */
export class InvalidEnvError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'InvalidEnvError';
  }
}

/**
 * What may be printed of a value: of secrets only the length. A URL is printed whole only when it can hold no
 * password; else, its scheme. Where a password ends cannot be told when the URL is wrong, or when the password
 * holds characters such as `@`, `/` and `:` as they are, which is a common mistake.
 */
export function maskValue(name: string, value: string | undefined): string {
  if (value === undefined || value === '') return 'nothing';
  if (SECRET_NAMES.has(name)) return `a value of ${value.length} characters`;
  if (name.endsWith('_URL') ? !isPlainUrl(value) : value.includes('://') && value.includes('@')) {
    const scheme = /^[a-z][a-z0-9+.-]{0,20}:\/\//i.exec(value)?.[0];
    const start = scheme === undefined ? '' : ` that starts with "${scheme}"`;
    return `a value of ${value.length} characters${start} (not shown: it may hold a password)`;
  }
  return JSON.stringify(value.length > MAX_PRINTED ? `${value.slice(0, MAX_PRINTED)}...` : value);
}

const MAX_PRINTED = 200;

function isPlainUrl(value: string): boolean {
  return (
    !value.includes('@') &&
    /^[a-z][a-z0-9+.-]{0,20}:\/\/[a-z0-9.-]*(:\d{1,5})?(\/[a-z0-9._-]*)*$/i.test(value)
  );
}

const ALLOWED: Partial<Record<keyof Parsed, string>> = {
  NODE_ENV: 'development, production or test',
  PORT: 'a port from 1 to 65535',
  EMBEDDED_PG_PORT: 'a port from 1 to 65535',
  WORKER_HEALTH_PORT: 'a port from 1 to 65535',
  DB_POOL_SIZE: 'a whole number from 2 to 500',
  LOG_LEVEL: 'error, warn, info, verbose or debug',
  API_LIMITS: 'true or false',
  WAREHOUSE_WEBHOOK_INSECURE: 'true or false',
  FRAUD_WEBHOOK_PRIVATE: 'true or false',
  STOCK_HOLD_SECONDS: 'seconds, from 1 to 86400',
  FRAUD_SCORING: 'true or false',
  PAYMENTS_PLUGIN_HANDLERS: 'stripe, mollie and braintree, or some of them, separated by commas',
  BRAINTREE_ENVIRONMENT: 'sandbox or production',
  TRUSTED_PROXIES:
    'addresses or networks such as 10.0.0.0/8 or 2001:db8::/32, or loopback, private or linklocal, separated by commas',
  STOREFRONT_SECRET: `at least ${MIN_SECRET_LENGTH} random characters, or several such secrets separated by commas`,
};

/**
 * Reads and checks the settings.
 *
 * @param source the variables, by name; an empty string counts as not set
 * @throws InvalidEnvError with one line for each wrong variable
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.map(issue => {
      const name = String(issue.path[0]);
      const allowed = ALLOWED[name as keyof Parsed] ?? issue.message;
      return `${name}: given ${maskValue(name, given[name])}, needed: ${allowed}.`;
    });
    throw new InvalidEnvError([...new Set(problems)]);
  }
  const parsed = result.data;
  const production = parsed.NODE_ENV === 'production';
  const publicUrl = stripSlash(parsed.PUBLIC_URL ?? `http://localhost:${parsed.PORT}`);
  return {
    ...parsed,
    DATA_DIR: resolve(parsed.DATA_DIR),
    HOST: parsed.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    PUBLIC_URL: publicUrl,
    STOREFRONT_URL: stripSlash(parsed.STOREFRONT_URL ?? publicUrl),
    CORS_ORIGINS: parsed.CORS_ORIGINS ?? developmentOrigins(parsed.PORT),
    TRUSTED_PROXIES: parsed.TRUSTED_PROXIES ?? [],
    STOREFRONT_SECRET: parsed.STOREFRONT_SECRET ?? [],
    API_LIMITS: parsed.API_LIMITS ?? production,
    BRAINTREE_ENVIRONMENT: parsed.BRAINTREE_ENVIRONMENT ?? (production ? 'production' : 'sandbox'),
  };
}

/** The shop itself and the ports on which the official storefront starters run. */
function developmentOrigins(shopPort: number): string[] {
  return [shopPort, 3001, 4200, 5173, 8002].flatMap(p => [`http://localhost:${p}`, `http://127.0.0.1:${p}`]);
}

function stripSlash(value: string): string {
  return value.replace(/\/+$/, '');
}
