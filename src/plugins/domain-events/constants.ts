import { CrudPermissionDefinition } from '@vendure/core';

export const DOMAIN_EVENTS_PLUGIN_OPTIONS = Symbol('DOMAIN_EVENTS_PLUGIN_OPTIONS');

export const loggerCtx = 'DomainEvents';

/** The `LISTEN`/`NOTIFY` channel on which publishers wake the relays. Its payload is empty. */
export const WAKE_CHANNEL = 'domain_events';

/** The largest `eventData` in bytes of JSON. An event carries ids and facts, not documents. */
export const MAX_EVENT_BYTES = 65_536;

/** How long a worker counts as alive after its last heartbeat, and how often it gives one (ms). */
export const WORKER_LEASE_MS = 15_000;
export const HEARTBEAT_MS = 4_000;

/** How often each relay looks for what a dead worker or a lost job left behind (ms). */
export const SWEEP_MS = 3_000;

/** How often an idle relay looks for work without having been woken (ms). */
export const POLL_MS = 1_000;

/**
 * How long a delivery may wait in the platform's queue before its job counts as lost and another is added (ms).
 * Doubled with each hand-over, up to 16 times: a queue that is only slow is not flooded.
 */
export const QUEUED_LEASE_MS = 20_000;

/** How long a stopping worker lets running deliveries finish before it hands them back (ms). */
export const STOP_LIMIT_MS = 10_000;

/** The most that one staff action touches: ids in a retry or discard, events in a replay. */
export const MAX_ACTION_IDS = 500;
export const MAX_REPLAY_EVENTS = 10_000;

/** Permissions `ReadDomainEvents` (browse) and `UpdateDomainEvents` (retry, discard, replay) of staff. */
export const domainEventsPermission = new CrudPermissionDefinition(
  'DomainEvents',
  operation => `Grants permission to ${operation} domain events, their deliveries and dead letters`,
);
