import { PermissionDefinition } from '@vendure/core';

export const SYSTEM_PLUGIN_OPTIONS = Symbol('SYSTEM_PLUGIN_OPTIONS');

export const loggerCtx = 'SystemPlugin';

export const readSystemStatus = new PermissionDefinition({
  name: 'ReadSystemStatus',
  description: 'Allows seeing versions, the state of the services in use, queue depths and scheduled tasks',
});

/** How long a service may take to answer a check before it counts as down. */
export const CHECK_TIMEOUT_MS = 2_000;

/** How long an answer is given again: however many people watch the page, the services are asked this often. */
export const STATUS_MAX_AGE_MS = 5_000;
