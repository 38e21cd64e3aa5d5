import { type Injector, Job, SqlJobBufferStorageStrategy, TransactionalConnection } from '@vendure/core';
import { type RunStatement, pooled } from './connection';

/**
 * Buffered jobs in the database, where they outlive the process. Core reads them and then deletes them, losing
 * those that were added in between: here one statement does both.
 */
export class JobBufferStrategy extends SqlJobBufferStorageStrategy {
  private run!: RunStatement;

  override init(injector: Injector): void {
    super.init(injector);
    this.run = pooled(injector.get(TransactionalConnection).rawConnection);
  }

  override async flush(bufferIds?: string[]): Promise<Record<string, Job[]>> {
    const rows = await this.run<{ bufferId: string; job: string }>(
      `WITH taken AS (
         DELETE FROM job_record_buffer WHERE $1::text[] IS NULL OR "bufferId" = ANY($1) RETURNING id, "bufferId", job
       ) SELECT "bufferId", job FROM taken ORDER BY id`,
      [bufferIds === undefined || bufferIds.length === 0 ? null : bufferIds],
    );
    const flushed: Record<string, Job[]> = {};
    for (const row of rows) {
      (flushed[row.bufferId] ??= []).push(
        new Job(JSON.parse(row.job) as ConstructorParameters<typeof Job>[0]),
      );
    }
    return flushed;
  }
}
