import type { Client } from 'pg';
import { UserError } from '../../start/user-error';

/** What a database has, read once: which columns each table has. */
export class Schema {
  private constructor(private readonly columns: ReadonlyMap<string, ReadonlySet<string>>) {}

  static async read(client: Client): Promise<Schema> {
    const result = await client.query<{ table: string; columns: string[] }>(
      `SELECT table_name AS "table", array_agg(column_name::text) AS columns
       FROM information_schema.columns WHERE table_schema = current_schema() GROUP BY table_name`,
    );
    return new Schema(new Map(result.rows.map(row => [row.table, new Set(row.columns)])));
  }

  hasTable(table: string): boolean {
    return this.columns.has(table);
  }

  hasColumn(table: string, column: string): boolean {
    return this.columns.get(table)?.has(column) ?? false;
  }

  /**
   * Those of the columns that a row can be written to. Custom fields may be missing: a stock Vendure has none of
   * ours, and is filled with the same shop for comparison.
   *
   * @throws UserError when any other column is missing
   */
  writable(table: string, columns: readonly string[]): string[] {
    return columns.filter(column => {
      if (this.hasColumn(table, column)) return true;
      if (column.startsWith('customFields')) return false;
      throw new UserError(
        `The database has no column "${column}" in the table "${table}". Bring its schema up to date first: npm run migrate`,
      );
    });
  }
}
