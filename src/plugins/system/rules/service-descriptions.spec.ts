import fc from 'fast-check';
import type { SystemPluginOptions } from '../types';
import { describeServices, hostAndPort } from './service-descriptions';

const embedded: SystemPluginOptions = {
  DATABASE_URL: 'postgres://tradewind:secret@127.0.0.1:54329/tradewind',
  DATA_DIR: '.data',
  EMBEDDED_PG_PORT: 54329,
  REDIS_URL: undefined,
  SEARCH_URL: undefined,
  SMTP_URL: undefined,
};

const full: SystemPluginOptions = {
  ...embedded,
  DATABASE_URL: 'postgres://shop:p%40ss@db.internal/shop',
  REDIS_URL: 'rediss://:hunter2@cache.internal',
  SEARCH_URL: 'https://admin:hunter2@search.internal/path',
  SMTP_URL: 'smtps://mailer:hunter2@mail.internal',
};

const locations = (options: SystemPluginOptions) =>
  describeServices(options).map(({ role, engine, location, backend }) => [role, engine, location, backend]);

describe('the services in use', () => {
  it('of the embedded default all stand on its own database', () => {
    expect(locations(embedded)).toEqual([
      ['DATABASE', 'PostgreSQL', 'embedded', 'postgres'],
      ['JOB_QUEUE', 'PostgreSQL', 'in the database', 'postgres'],
      ['CACHE', 'Memory', 'in each process', 'memory'],
      ['SEARCH', 'PostgreSQL', 'in the database', 'postgres'],
      ['MAIL', 'File mailbox', '/mailbox', 'mailbox'],
    ]);
  });

  it('of the full stack are told by host and port', () => {
    expect(locations(full)).toEqual([
      ['DATABASE', 'PostgreSQL', 'db.internal:5432', 'postgres'],
      ['JOB_QUEUE', 'BullMQ on Redis', 'cache.internal:6379', 'redis'],
      ['CACHE', 'Redis', 'cache.internal:6379', 'redis'],
      ['SEARCH', 'OpenSearch', 'search.internal:443', 'search'],
      ['MAIL', 'SMTP', 'mail.internal:465', 'smtp'],
    ]);
  });

  it('never show a user name or password', () => {
    const word = fc.stringMatching(/^[A-Z]{6,12}$/);
    fc.assert(
      fc.property(
        word,
        word,
        fc.constantFrom('postgres', 'redis', 'https', 'smtp'),
        (user, password, scheme) => {
          const shown = hostAndPort(`${scheme}://${user}:${password}@host.internal:1234/x`);
          expect(shown).toBe('host.internal:1234');
        },
      ),
    );
  });
});
