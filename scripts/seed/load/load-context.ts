import type { Client } from 'pg';
import type { BaseData } from '../base/base-data';
import type { BulkWriter } from './bulk-writer';
import type { Ids } from './ids';
import type { Schema } from './schema';

/** What every bulk loader works with. */
export interface LoadContext {
  client: Client;
  schema: Schema;
  writer: BulkWriter;
  ids: Ids;
  base: BaseData;
  /** End of the history, epoch ms. */
  end: number;
  /** When the shop was set up, epoch ms: before its first product. */
  openedAt: number;
}
