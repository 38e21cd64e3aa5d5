import { type EntityMetadataModifier, VendurePlugin } from '@vendure/core';
import { JobRecordBuffer } from '@vendure/core/dist/plugin/default-job-queue-plugin/job-record-buffer.entity';
import { JobRecord } from '@vendure/core/dist/plugin/default-job-queue-plugin/job-record.entity';
import { Index } from 'typeorm';
import { JobLease } from './job-lease.entity';

/** Finds the oldest open job of a queue however many ended ones are kept. Core has an index on createdAt only. */
const indexOpenJobs: EntityMetadataModifier = metadata => {
  const name = 'IDX_job_record_open';
  if (metadata.indices.some(index => index.name === name)) return;
  Index(name, ['queueName', 'createdAt', 'id'], { where: '"isSettled" = false' })(JobRecord);
};

/**
 * The tables of the SQL queue. They are part of the schema with either kind of queue, so that a shop can change
 * from one to the other without a migration.
 */
@VendurePlugin({
  entities: [JobRecord, JobRecordBuffer, JobLease],
  configuration: config => {
    config.entityOptions.metadataModifiers.push(indexOpenJobs);
    return config;
  },
  compatibility: '^3.7.0',
})
export class JobTablesPlugin {}
