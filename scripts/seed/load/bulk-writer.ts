import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { copyLine, type Value } from './copy-text';
import type { Schema } from './schema';

/** Rows are sent to the server in pieces of about this many characters. */
const PIECE = 65_536;

/**
 * Writes many rows to many tables by COPY. A connection can copy into one table at a time, so rows are collected
 * and sent by `flush`, table by table in the order in which the tables were named: name those first that others
 * refer to.
 */
export class BulkWriter {
  private readonly tables: TableBuffer[] = [];

  constructor(
    private readonly client: Client,
    private readonly schema: Schema,
  ) {}

  /** Makes a table writable. A row is given as the values of these columns, in this order. */
  table(name: string, columns: readonly string[]): TableBuffer {
    const table = new TableBuffer(name, columns, this.schema.writable(name, columns));
    this.tables.push(table);
    return table;
  }

  async flush(): Promise<void> {
    for (const table of this.tables) {
      const lines = table.take();
      if (lines.length === 0) continue;
      const into = copyFrom(`COPY ${table.target} FROM STDIN`);
      await pipeline(Readable.from(pieces(lines)), this.client.query(into));
    }
  }
}

export class TableBuffer {
  /** The table with its columns, quoted. */
  readonly target: string;
  private readonly kept: readonly number[] | undefined;
  private lines: string[] = [];

  constructor(name: string, columns: readonly string[], writable: readonly string[]) {
    this.target = `"${name}" (${writable.map(column => `"${column}"`).join(', ')})`;
    this.kept =
      writable.length === columns.length ? undefined : writable.map(column => columns.indexOf(column));
  }

  row(...values: Value[]): void {
    this.lines.push(copyLine(this.kept === undefined ? values : this.kept.map(index => values[index])));
  }

  take(): string[] {
    const lines = this.lines;
    this.lines = [];
    return lines;
  }
}

function* pieces(lines: readonly string[]): Generator<string, void> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length >= PIECE) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}
