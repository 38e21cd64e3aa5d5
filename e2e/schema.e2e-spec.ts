import { runScript, type ScriptResult } from './support/run-script';
import { databaseUrl } from './support/postgres';
import { query } from './support/sql';
import { createDatabase, dropDatabase } from './support/template';
import { testEnv } from './support/test-env';

describe('the migrations', () => {
  let database: string;
  const env = (): Record<string, string> => ({
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    DATABASE_URL: databaseUrl(testEnv().postgresUrl, database),
    DATA_DIR: testEnv().tempDir,
  });
  const migrate = (args: string[] = [], more: Record<string, string> = {}): Promise<ScriptResult> =>
    runScript('scripts/migrate.js', { ...env(), ...more }, args);

  beforeAll(async () => {
    database = await createDatabase(testEnv().postgresUrl, 'schema');
  });
  afterAll(() => dropDatabase(testEnv().postgresUrl, database));

  it('run once when two processes start at the same time', async () => {
    const results = await Promise.all([migrate(), migrate()]);
    expect(results.filter(({ code }) => code !== 0)).toEqual([]);
    const outputs = results.map(({ output }) => output);
    expect(outputs.filter(output => output.includes('Ran '))).toHaveLength(1);
    expect(outputs.filter(output => output.includes('up to date'))).toHaveLength(1);
    const rows = await query<{ name: string; runs: number }>(
      'SELECT name, count(*)::int AS runs FROM migrations GROUP BY name',
      [],
      database,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ runs }) => runs === 1)).toBe(true);
  });

  it.each([
    ['the embedded shop', {}],
    ['Redis and a search engine', { REDIS_URL: 'redis://127.0.0.1:1', SEARCH_URL: 'http://127.0.0.1:1' }],
  ])('leave nothing to do for the entities of %s', async (_name, more) => {
    const { code, output } = await migrate(['--check'], more);
    expect(output).toContain('The schema is up to date.');
    expect(code).toBe(0);
  });

  it('are found to be incomplete when the schema differs', async () => {
    await query('ALTER TABLE product DROP COLUMN enabled', [], database);
    const { code, output } = await migrate(['--check']);
    expect(code).toBe(1);
    expect(output).toMatch(/ALTER TABLE "product" ADD "enabled"/);
  });
});
