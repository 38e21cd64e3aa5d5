/**
 * What the global setup tells the test files. It travels in environment variables, because Jest gives every
 * test file a context of its own.
 */
export interface TestEnv {
  /** Where the shared shop answers, without a slash at the end. */
  baseUrl: string;
  /** A superuser's URL of the PostgreSQL server's `postgres` database. */
  postgresUrl: string;
  /** The seeded database to clone for a test that needs one of its own. */
  templateDatabase: string;
  /** The folder with the images of the template's catalogue. */
  templateAssets: string;
  /** The shared shop's own database. */
  database: string;
  redisUrl: string | undefined;
  searchUrl: string | undefined;
  /** Plays Stripe, with its state; see scripts/services. */
  localstripeUrl: string | undefined;
  /** Knows Stripe's published API, without a state. */
  stripeMockUrl: string | undefined;
  smtpUrl: string;
  /** The folder where the SMTP sink puts what it receives, one JSON file for each mail. */
  mailDir: string;
  /** The folder for the logs of all processes. */
  logDir: string;
  /** A folder that is deleted when the run ends. */
  tempDir: string;
  adminUser: string;
  adminPassword: string;
}

const NAMES: Record<keyof TestEnv, string> = {
  baseUrl: 'TEST_BASE_URL',
  postgresUrl: 'TEST_POSTGRES_URL',
  templateDatabase: 'TEST_TEMPLATE_DB',
  templateAssets: 'TEST_TEMPLATE_ASSETS',
  database: 'TEST_DATABASE',
  redisUrl: 'TEST_REDIS_URL',
  searchUrl: 'TEST_SEARCH_URL',
  localstripeUrl: 'TEST_LOCALSTRIPE_URL',
  stripeMockUrl: 'TEST_STRIPE_MOCK_URL',
  smtpUrl: 'TEST_SMTP_URL',
  mailDir: 'TEST_MAIL_DIR',
  logDir: 'TEST_LOG_DIR',
  tempDir: 'TEST_TEMP_DIR',
  adminUser: 'TEST_ADMIN_USER',
  adminPassword: 'TEST_ADMIN_PASSWORD',
};

/** Makes the values known to the test files of this run. */
export function publishTestEnv(values: Partial<TestEnv>): void {
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) process.env[NAMES[key as keyof TestEnv]] = value;
  }
}

/** The values of this run; throws outside of one. */
export function testEnv(): TestEnv {
  const read = (key: keyof TestEnv) => process.env[NAMES[key]];
  const need = (key: keyof TestEnv) => {
    const value = read(key);
    if (value === undefined) throw new Error(`${NAMES[key]} is not set: run the tests by "npm test".`);
    return value;
  };
  return {
    baseUrl: need('baseUrl'),
    postgresUrl: need('postgresUrl'),
    templateDatabase: need('templateDatabase'),
    templateAssets: need('templateAssets'),
    database: need('database'),
    redisUrl: read('redisUrl'),
    searchUrl: read('searchUrl'),
    localstripeUrl: read('localstripeUrl'),
    stripeMockUrl: read('stripeMockUrl'),
    smtpUrl: need('smtpUrl'),
    mailDir: need('mailDir'),
    logDir: need('logDir'),
    tempDir: need('tempDir'),
    adminUser: need('adminUser'),
    adminPassword: need('adminPassword'),
  };
}
