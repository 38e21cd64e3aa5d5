import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv, type Env } from '../../src/config/env';
import { loadSecrets } from '../../src/config/secrets';
import { lockDataDirectory } from './data-lock';
import { EmbeddedPostgres, ensureDatabase } from './embedded-postgres';
import { FiniteProcess } from './finite-process';
import { checkDatabase, preflight } from './preflight';
import { ensureSearchIndex } from './search-index';
import { SupervisedProcess } from './supervised-process';
import type { Terminal } from './terminal';
import { UserError, explain } from './user-error';

const DIST = join(__dirname, '../..');
const DATABASE_NAME = 'tradewind';

/** The parts that `npm start` runs, in the order in which they need each other. */
export class Shop {
  private unlock: (() => void) | undefined;
  private postgres: EmbeddedPostgres | undefined;
  private processes: (SupervisedProcess | FiniteProcess)[] = [];
  private readonly startedAt = Date.now();
  private stopping = false;

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
    const environment = this.environmentFor(env);
    await this.prepareDatabase(environment);
    await this.startProcesses(environment);
    this.announce(env);
    await Promise.all([this.fillSearchIndex(env), this.compileStaffPages(environment)]);
  }

  /** What the shop's processes are given: all that this one was given, and the database. */
  private environmentFor(env: Env): NodeJS.ProcessEnv {
    return {
      ...this.source,
      DATA_DIR: env.DATA_DIR,
      DATABASE_URL: env.DATABASE_URL,
      VENDURE_DISABLE_TELEMETRY: 'true',
      // The shop's own lines are enough here; the platform's are for LOG_LEVEL=info.
      LOG_LEVEL: this.source.LOG_LEVEL ?? 'warn',
    };
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
    // Known before it runs: a stop in the middle of its start must find it.
    this.postgres = postgres;
    const urlOf = await postgres.start();
    await ensureDatabase(urlOf, DATABASE_NAME);
    this.terminal.step(`PostgreSQL runs on port ${given.EMBEDDED_PG_PORT}.`);
    return { ...given, DATABASE_URL: urlOf(DATABASE_NAME) };
  }

  private async prepareDatabase(environment: NodeJS.ProcessEnv): Promise<void> {
    const prepare = new FiniteProcess({
      script: join(DIST, 'scripts/start/prepare.js'),
      args: [String(this.startedAt)],
      environment,
    });
    this.run(prepare);
    // It has said itself what went wrong.
    if (!(await prepare.run())) throw new UserError('The shop was not started.');
  }

  private async startProcesses(environment: NodeJS.ProcessEnv): Promise<void> {
    const supervised = [
      new SupervisedProcess('server', join(DIST, 'src/index.js'), environment, this.terminal),
      new SupervisedProcess('worker', join(DIST, 'src/index-worker.js'), environment, this.terminal),
    ];
    this.run(...supervised);
    await Promise.all(supervised.map(process => process.start()));
    this.terminal.step('The server and the worker run.');
  }

  /** In the background and with the lowest priority; the staff pages say meanwhile that they are being built. */
  private async compileStaffPages(environment: NodeJS.ProcessEnv): Promise<void> {
    const compile = new FiniteProcess({
      script: join(DIST, 'scripts/build-admin-ui.js'),
      environment,
      niceness: 19,
    });
    this.run(compile);
    await compile.run();
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

  /** Takes processes under its care, unless the shop is being stopped: nobody would end them then. */
  private run(...processes: (SupervisedProcess | FiniteProcess)[]): void {
    if (this.stopping) throw new UserError('The shop is being stopped.');
    this.processes.push(...processes);
  }

  /** Stops what was started, in the opposite order; safe at any moment of the start. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.processes.map(process => process.stop()));
    await this.postgres?.stop();
    this.unlock?.();
  }

  /** Ends requests and jobs at once. A `stop` that is under way goes on from there. */
  kill(): void {
    for (const process of this.processes) process.kill();
  }
}
