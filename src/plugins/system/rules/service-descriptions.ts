import type { ServiceDescription, SystemPluginOptions } from '../types';

const DEFAULT_PORTS: Record<string, string> = {
  'postgres:': '5432',
  'postgresql:': '5432',
  'redis:': '6379',
  'rediss:': '6379',
  'http:': '80',
  'https:': '443',
  'smtp:': '587',
  'smtps:': '465',
};

/** The services in use, as the settings name them: the same choices that `src/config` makes from them. */
export function describeServices(options: SystemPluginOptions): ServiceDescription[] {
  const redis = options.REDIS_URL === undefined ? undefined : hostAndPort(options.REDIS_URL);
  const database = databaseLocation(options);
  return [
    { role: 'DATABASE', engine: 'PostgreSQL', location: database, backend: 'postgres' },
    redis === undefined
      ? { role: 'JOB_QUEUE', engine: 'PostgreSQL', location: 'in the database', backend: 'postgres' }
      : { role: 'JOB_QUEUE', engine: 'BullMQ on Redis', location: redis, backend: 'redis' },
    redis === undefined
      ? { role: 'CACHE', engine: 'Memory', location: 'in each process', backend: 'memory' }
      : { role: 'CACHE', engine: 'Redis', location: redis, backend: 'redis' },
    options.SEARCH_URL === undefined
      ? { role: 'SEARCH', engine: 'PostgreSQL', location: 'in the database', backend: 'postgres' }
      : {
          role: 'SEARCH',
          engine: 'OpenSearch',
          location: hostAndPort(options.SEARCH_URL),
          backend: 'search',
        },
    options.SMTP_URL === undefined
      ? { role: 'MAIL', engine: 'File mailbox', location: '/mailbox', backend: 'mailbox' }
      : { role: 'MAIL', engine: 'SMTP', location: hostAndPort(options.SMTP_URL), backend: 'smtp' },
  ];
}

/** A URL's host and port, and nothing else of it: the rest may hold credentials. */
export function hostAndPort(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port === '' ? (DEFAULT_PORTS[protocol] ?? '') : port}`;
}

function databaseLocation(options: SystemPluginOptions): string {
  if (options.DATABASE_URL === undefined) return 'unknown';
  const location = hostAndPort(options.DATABASE_URL);
  return location === `127.0.0.1:${options.EMBEDDED_PG_PORT}` ? 'embedded' : location;
}
