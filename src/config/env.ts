import { resolve } from 'node:path';
import { z } from 'zod';

/**
 * The whole configuration of a process, read from environment variables once and checked before anything
 * starts. Nothing else in the code reads `process.env`.
 */

const MIN_SECRET_LENGTH = 32;
const MIN_PASSWORD_LENGTH = 12;

/** Values that everybody knows: refused in production. */
const KNOWN_DEFAULTS = new Set([
  'superadmin',
  'password',
  'changeme',
  'secret',
  'cookie-secret',
  'tradewind',
]);

/** Names whose values are never printed. URLs are printed without their password. */
const SECRET_NAMES = new Set(['COOKIE_SECRET', 'SUPERADMIN_PASSWORD', 'STOREFRONT_SECRET']);

const port = z.coerce.number().int().min(1).max(65535);

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
    DB_POOL_SIZE: z.coerce.number().int().min(2).max(500).default(10),
    EMBEDDED_PG_PORT: port.default(54329),
    REDIS_URL: url(['redis', 'rediss']).optional(),
    SEARCH_URL: url(['http', 'https']).optional(),
    SMTP_URL: url(['smtp', 'smtps']).optional(),
    MAIL_FROM: z.string().min(3).default('"Tradewind" <noreply@tradewind.example>'),
    COOKIE_SECRET: z.string().min(1).optional(),
    SUPERADMIN_USERNAME: z.string().min(1).default('superadmin'),
    SUPERADMIN_PASSWORD: z.string().min(1).optional(),
    CORS_ORIGINS: origins.optional(),
    TRUSTED_PROXIES: list.optional(),
    STOREFRONT_SECRET: z.string().min(MIN_SECRET_LENGTH).optional(),
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
  })
  .superRefine((env, ctx) => {
    if (env.NODE_ENV !== 'production') return;
    const refuse = (name: string, message: string) => ctx.addIssue({ code: 'custom', path: [name], message });
    const required = ['DATABASE_URL', 'SMTP_URL', 'PUBLIC_URL', 'CORS_ORIGINS'] as const;
    for (const name of required) {
      if (env[name] === undefined) refuse(name, 'set in production');
    }
    if ((env.COOKIE_SECRET?.length ?? 0) < MIN_SECRET_LENGTH) {
      refuse('COOKIE_SECRET', `at least ${MIN_SECRET_LENGTH} random characters in production`);
    }
    if (
      (env.SUPERADMIN_PASSWORD?.length ?? 0) < MIN_PASSWORD_LENGTH ||
      KNOWN_DEFAULTS.has(env.SUPERADMIN_PASSWORD?.toLowerCase() ?? '') ||
      env.SUPERADMIN_PASSWORD === env.SUPERADMIN_USERNAME
    ) {
      refuse(
        'SUPERADMIN_PASSWORD',
        `at least ${MIN_PASSWORD_LENGTH} characters in production, not a well-known default`,
      );
    }
  });

type Parsed = z.infer<typeof schema>;

/** The checked settings, with everything that depends on another setting filled in. */
export interface Env extends Omit<Parsed, 'API_LIMITS'> {
  HOST: string;
  /** Absolute path of the folder for images, e-mails, secrets and the embedded database. */
  DATA_DIR: string;
  PUBLIC_URL: string;
  STOREFRONT_URL: string;
  CORS_ORIGINS: string[];
  TRUSTED_PROXIES: string[];
  /** Whether the query limits, the closed playground and the quiet errors of production are on. */
  API_LIMITS: boolean;
}

/** A setting that stops the start. The message names each variable, what was given and what is allowed. */
export class InvalidEnvError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'InvalidEnvError';
  }
}

/** What may be printed of a value: secrets only by their length, URLs without their password. */
export function maskValue(name: string, value: string | undefined): string {
  if (value === undefined || value === '') return 'nothing';
  if (SECRET_NAMES.has(name)) return `a value of ${value.length} characters`;
  return `"${value.replace(/(:\/\/[^:/@\s]*):[^@\s]*@/, '$1:***@')}"`;
}

const ALLOWED: Partial<Record<keyof Parsed, string>> = {
  NODE_ENV: 'development, production or test',
  PORT: 'a port from 1 to 65535',
  EMBEDDED_PG_PORT: 'a port from 1 to 65535',
  WORKER_HEALTH_PORT: 'a port from 1 to 65535',
  DB_POOL_SIZE: 'a whole number from 2 to 500',
  LOG_LEVEL: 'error, warn, info, verbose or debug',
  API_LIMITS: 'true or false',
  STOREFRONT_SECRET: `at least ${MIN_SECRET_LENGTH} random characters`,
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
    API_LIMITS: parsed.API_LIMITS ?? production,
  };
}

/** The shop itself and the ports on which the official storefront starters run. */
function developmentOrigins(shopPort: number): string[] {
  return [shopPort, 3001, 4200, 5173, 8002].flatMap(p => [`http://localhost:${p}`, `http://127.0.0.1:${p}`]);
}

function stripSlash(value: string): string {
  return value.replace(/\/+$/, '');
}
