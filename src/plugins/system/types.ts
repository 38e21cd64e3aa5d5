import type { Env } from '../../config/env';

/** The settings that say which services are in use. */
export type SystemPluginOptions = Pick<
  Env,
  'DATABASE_URL' | 'DATA_DIR' | 'EMBEDDED_PG_PORT' | 'REDIS_URL' | 'SEARCH_URL' | 'SMTP_URL'
>;

/** What a service is for. */
export type ServiceRole = 'DATABASE' | 'JOB_QUEUE' | 'CACHE' | 'SEARCH' | 'MAIL';

/** What has to answer for a service to work. Several services may stand on one of them. */
export type Backend = 'postgres' | 'redis' | 'search' | 'smtp' | 'mailbox' | 'memory';

/** A service as the settings describe it. */
export interface ServiceDescription {
  role: ServiceRole;
  /** What does the work, for instance "PostgreSQL" or "BullMQ on Redis". */
  engine: string;
  /** Where it is, for instance "db.internal:5432" or "embedded"; never with a user name or password. */
  location: string;
  backend: Backend;
}

/** A sign of life. */
export interface CheckAnswer {
  /** How long the answer took; null for what lives inside the process. */
  latencyMs: number | null;
  version: string | null;
}

/** How some work with a time limit ended: with a value, or with the reason why there is none. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; reason: string };

/** Asks one backend for a sign of life. May hang or reject: whoever calls it bounds it. */
export type Probe = () => Promise<CheckAnswer>;

export interface ServiceStatus {
  role: ServiceRole;
  engine: string;
  location: string;
  up: boolean;
  latencyMs: number | null;
  version: string | null;
  message: string | null;
}

/** The jobs of one queue that are not over, and those that failed for good. */
export interface QueueDepth {
  queue: string;
  /** Not started yet, or to be tried again. */
  waiting: number;
  running: number;
  /** Failed for good, and kept to be looked at. */
  failed: number;
}

export interface SystemVersions {
  tradewind: string;
  vendure: string;
  node: string;
}

export interface ScheduledTaskStatus {
  id: string;
  description: string;
  schedule: string;
  scheduleDescription: string;
  lastExecutedAt: Date | null;
  nextExecutionAt: Date | null;
  isRunning: boolean;
  lastResult: unknown;
  enabled: boolean;
}

export interface SystemStatus {
  checkedAt: Date;
  versions: SystemVersions;
  services: ServiceStatus[];
  queues: QueueDepth[] | null;
  scheduledTasks: ScheduledTaskStatus[] | null;
}
