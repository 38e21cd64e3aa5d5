import { Client } from 'pg';

type UrlOf = (database: string) => string;

/** The databases of the benchmark's PostgreSQL, seen from its maintenance database, which no side uses. */
export class Databases {
  private constructor(
    private readonly client: Client,
    readonly urlOf: UrlOf,
    readonly postmasterPid: number,
    readonly version: string,
  ) {}

  static async connect(urlOf: UrlOf): Promise<Databases> {
    const client = new Client({ connectionString: urlOf('postgres') });
    // The end of the server at Ctrl-C is no error of this connection.
    client.on('error', () => undefined);
    await client.connect();
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    const { rows } = await client.query<{ pid: string; version: string }>(
      "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid, current_setting('server_version') AS version",
    );
    const row = rows[0];
    if (row === undefined) throw new Error('PostgreSQL does not tell its process id');
    return new Databases(client, urlOf, Number(row.pid), row.version);
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  /** Makes the database anew, empty or as a copy of another one to which nobody is connected. */
  async recreate(name: string, template = 'template0'): Promise<void> {
    await this.client.query(`DROP DATABASE IF EXISTS ${this.quote(name)} WITH (FORCE)`);
    await this.client.query(`CREATE DATABASE ${this.quote(name)} TEMPLATE ${this.quote(template)}`);
  }

  /** Changes a database past the shop. */
  async run(name: string, sql: string): Promise<void> {
    const client = new Client({ connectionString: this.urlOf(name) });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }

  /** Leaves statistics and visibility maps as a shop that has been running for a while has them. */
  async tidy(name: string): Promise<void> {
    await this.run(name, 'VACUUM (ANALYZE)');
    await this.client.query('CHECKPOINT');
  }

  /** A note that lives as long as the database. */
  async setNote(name: string, note: string): Promise<void> {
    await this.client.query(`COMMENT ON DATABASE ${this.quote(name)} IS ${this.client.escapeLiteral(note)}`);
  }

  async note(name: string): Promise<string | undefined> {
    const { rows } = await this.client.query<{ note: string | null }>(
      "SELECT shobj_description(oid, 'pg_database') AS note FROM pg_database WHERE datname = $1",
      [name],
    );
    return rows[0]?.note ?? undefined;
  }

  async resetStatements(): Promise<void> {
    await this.client.query('SELECT pg_stat_statements_reset()');
  }

  /**
   * Statements that a database has run since the reset; BEGIN and COMMIT count as any other.
   *
   * @throws Error when there were too many different ones to count them all
   */
  async statements(name: string): Promise<number> {
    const { rows } = await this.client.query<{ calls: string; forgotten: string }>(
      `SELECT coalesce(sum(calls), 0) AS calls, (SELECT dealloc FROM pg_stat_statements_info) AS forgotten
       FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = $1)`,
      [name],
    );
    if (rows[0]?.forgotten !== '0') {
      throw new Error('pg_stat_statements has forgotten statements: raise pg_stat_statements.max');
    }
    return Number(rows[0].calls);
  }

  private quote(name: string): string {
    return this.client.escapeIdentifier(name);
  }
}
