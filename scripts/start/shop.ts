import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv, type Env } from '../../src/config/env';
import { loadSecrets } from '../../src/config/secrets';
import { lockDataDirectory } from './data-lock';
import { EmbeddedPostgres, ensureDatabase } from './embedded-postgres';
import { migrate } from './migrate';
import { checkDatabase, preflight } from './preflight';
import { ensureSearchIndex } from './search-index';
import { SupervisedProcess } from './supervisor';
import type { Terminal } from './terminal';
import { explain } from './user-error';

const DIST = join(__dirname, '../..');
const DATABASE_NAME = 'tradewind';

/** The parts that `npm start` runs, in the order in which they need each other. */
export class Shop {
  private unlock: (() => void) | undefined;
  private postgres: EmbeddedPostgres | undefined;
  private processes: SupervisedProcess[] = [];

  constructor(
    private readonly source: NodeJS.ProcessEnv,
    private readonly terminal: Terminal,
  ) {}

  async start(): Promise<void> {
    const given = parseEnv(this.source);
    const firstStart = !existsSync(join(given.DATA_DIR, 'secrets.json'));
    this.unlock = lockDataDirectory(given.DATA_DIR);
    await preflight(given, firstStart);
    const env = await this.withDatabase(given);
    const migrations = await migrate(env);
    if (migrations.length > 0) this.terminal.step(`Migrated the database (${migrations.join(', ')}).`);
    await this.startProcesses(env);
    this.announce(env);
    await this.fillSearchIndex(env);
  }

  private async withDatabase(given: Env): Promise<Env> {
    if (given.DATABASE_URL !== undefined) {
      await checkDatabase(given.DATABASE_URL);
      return given;
    }
    const postgres = new EmbeddedPostgres({
      dir: join(given.DATA_DIR, 'postgres'),
      port: given.EMBEDDED_PG_PORT,
    });
    const urlOf = await postgres.start();
    this.postgres = postgres;
    await ensureDatabase(urlOf, DATABASE_NAME);
    this.terminal.step(`PostgreSQL runs on port ${given.EMBEDDED_PG_PORT}.`);
    return { ...given, DATABASE_URL: urlOf(DATABASE_NAME) };
  }

  private async startProcesses(env: Env): Promise<void> {
    const environment = {
      ...this.source,
      DATABASE_URL: env.DATABASE_URL,
      VENDURE_DISABLE_TELEMETRY: 'true',
      // The shop's own lines are enough here; the platform's are for LOG_LEVEL=info.
      LOG_LEVEL: this.source.LOG_LEVEL ?? 'warn',
    };
    this.processes = [
      new SupervisedProcess('server', join(DIST, 'src/index.js'), environment, this.terminal),
      new SupervisedProcess('worker', join(DIST, 'src/index-worker.js'), environment, this.terminal),
    ];
    await Promise.all(this.processes.map(process => process.start()));
    this.terminal.step('The server and the worker run.');
  }

  private async fillSearchIndex(env: Env): Promise<void> {
    try {
      const count = await ensureSearchIndex(
        `http://${env.HOST === '0.0.0.0' ? '127.0.0.1' : env.HOST}:${env.PORT}`,
        loadSecrets(env).superadmin,
        percent => this.terminal.progress(`The search index is being built: ${percent} %`),
      );
      if (count !== undefined) this.terminal.step(`The search index holds ${count} variants.`);
    } catch (error) {
      // The shop sells without it; staff can start it again.
      this.terminal.step(`The search index could not be checked: ${explain(error)}`);
    }
  }

  private announce(env: Env): void {
    const secrets = loadSecrets(env);
    const password =
      env.NODE_ENV === 'production' ? 'the SUPERADMIN_PASSWORD you set' : secrets.superadmin.password;
    const rows = [
      ['Shop API', `${env.PUBLIC_URL}/shop-api`],
      ['Admin API', `${env.PUBLIC_URL}/admin-api`],
      ['Staff pages', `${env.PUBLIC_URL}/admin`],
      ['Staff login', `${secrets.superadmin.identifier} / ${password}`],
      ...(env.SMTP_URL === undefined ? [['E-mails', `${env.PUBLIC_URL}/mailbox`]] : []),
    ];
    this.terminal.line();
    for (const [label, value] of rows) this.terminal.line(`  ${(label ?? '').padEnd(12)} ${value}`);
    this.terminal.line('\n  Ctrl-C stops everything.\n');
  }

  /** Stops what was started, in the opposite order; safe at any moment of the start. */
  async stop(): Promise<void> {
    await Promise.all(this.processes.map(process => process.stop()));
    await this.postgres?.stop();
    this.unlock?.();
  }

  /** Ends requests and jobs at once. A `stop` that is under way goes on from there. */
  kill(): void {
    for (const process of this.processes) process.kill();
  }
}
