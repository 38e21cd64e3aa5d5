import type { Client } from 'pg';

/**
 * Gives out ids table by table, from the highest that is in use on, without asking the database for each. The
 * tables must be locked against other writers for as long as this is in use.
 */
export class Ids {
  private readonly next = new Map<string, number>();

  private constructor(private readonly client: Client) {}

  static async of(client: Client, tables: readonly string[]): Promise<Ids> {
    const ids = new Ids(client);
    for (const table of tables) {
      const result = await client.query<{ next: number }>(
        `SELECT COALESCE(MAX(id), 0)::int + 1 AS next FROM "${table}"`,
      );
      ids.next.set(table, result.rows[0]?.next ?? 1);
    }
    return ids;
  }

  /** The next id of a table. */
  take(table: string): number {
    return this.reserve(table, 1);
  }

  /** The first of a run of ids that follow each other. */
  reserve(table: string, count: number): number {
    const first = this.next.get(table);
    if (first === undefined) throw new Error(`No ids are given out for the table "${table}".`);
    this.next.set(table, first + count);
    return first;
  }

  /** Moves the tables' sequences on, so that the shop's own rows get ids after ours. Never moves one back. */
  async advanceSequences(): Promise<void> {
    for (const [table, next] of this.next) {
      if (next === 1) continue;
      const sequence = `pg_get_serial_sequence('"${table}"', 'id')`;
      await this.client.query(`SELECT setval(${sequence}, GREATEST(nextval(${sequence}) - 1, $1), true)`, [
        next - 1,
      ]);
    }
  }
}
