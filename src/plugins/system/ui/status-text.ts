import type { ScheduledTask, Service } from './system-status.query';

type Tone = 'success' | 'warning' | 'error' | 'neutral';

export interface StatusText {
  tone: Tone;
  text: string;
}

const ROLES: Record<Service['role'], string> = {
  DATABASE: 'Database',
  JOB_QUEUE: 'Job queue',
  CACHE: 'Cache',
  SEARCH: 'Search',
  MAIL: 'Mail',
};

export function roleName(role: Service['role']): string {
  return ROLES[role];
}

export function serviceState(service: Pick<Service, 'up'>): StatusText {
  return service.up ? { tone: 'success', text: 'Up' } : { tone: 'error', text: 'Down' };
}

/** One digit below 10 ms, where it tells something; a dash for what has no latency. */
export function latency(service: Pick<Service, 'latencyMs'>): string {
  if (service.latencyMs === null) return '–';
  return `${service.latencyMs < 10 ? service.latencyMs.toFixed(1) : Math.round(service.latencyMs)} ms`;
}

export function taskState(task: Pick<ScheduledTask, 'isRunning' | 'enabled' | 'lastExecutedAt'>): StatusText {
  if (task.isRunning) return { tone: 'warning', text: 'Running' };
  if (!task.enabled) return { tone: 'neutral', text: 'Switched off' };
  return task.lastExecutedAt === null
    ? { tone: 'neutral', text: 'Not run yet' }
    : { tone: 'success', text: 'Waiting' };
}

/** The sentence above everything else. */
export function summary(services: ReadonlyArray<Pick<Service, 'role' | 'up'>>): StatusText {
  const down = services.filter(({ up }) => !up).map(({ role }) => roleName(role));
  return down.length === 0
    ? { tone: 'success', text: 'All services answer' }
    : { tone: 'error', text: `Down: ${down.join(', ')}` };
}
