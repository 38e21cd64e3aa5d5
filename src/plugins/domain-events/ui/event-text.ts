import type {
  Delivery,
  DeliveryChange,
  DeliveryState,
  DryRun,
  Handler,
  ReplayEstimate,
} from './events.query';

type Tone = 'success' | 'warning' | 'error' | 'neutral';

export interface StateText {
  tone: Tone;
  text: string;
}

/** A backlog whose oldest event waits for longer than this is worth a look (s). */
const SLOW_AFTER_S = 60;

const STATES: Record<DeliveryState, StateText> = {
  waiting: { tone: 'neutral', text: 'Waiting' },
  ready: { tone: 'neutral', text: 'Ready' },
  queued: { tone: 'neutral', text: 'Queued' },
  running: { tone: 'warning', text: 'Running' },
  done: { tone: 'success', text: 'Done' },
  dead: { tone: 'error', text: 'Dead letter' },
  discarded: { tone: 'neutral', text: 'Discarded' },
};

export const DELIVERY_STATES = Object.keys(STATES) as DeliveryState[];

export function deliveryState(state: DeliveryState): StateText {
  return STATES[state];
}

/** `2 events`, `1 event`. */
export function count(number: number, word: string, words = `${word}s`): string {
  return `${number.toLocaleString()} ${number === 1 ? word : words}`;
}

/** A time span in its largest unit. */
export function span(seconds: number): string {
  if (seconds < 1) return 'less than a second';
  if (seconds < 90) return count(Math.round(seconds), 'second');
  if (seconds < 90 * 60) return count(Math.round(seconds / 60), 'minute');
  if (seconds < 36 * 3600) return count(Math.round(seconds / 3600), 'hour');
  return count(Math.round(seconds / 86_400), 'day');
}

/** What something is about: `Order 12`. */
export function about(subject: Pick<Delivery, 'aggregateType' | 'aggregateId'>): string {
  return `${subject.aggregateType} ${subject.aggregateId}`;
}

/** Names a delivery for those who hear only this: `OrderPlaced, Order 12, for returns.restock`. */
export function deliveryName(delivery: DryRun['delivery']): string {
  return `${delivery.eventType}, ${about(delivery)}, for ${delivery.handler}`;
}

type Figures = Pick<Handler, 'name' | 'backlog' | 'lagSeconds' | 'deadLetters'>;

/** The health line names no more handlers than this. */
const MOST_NAMED = 3;

/** The line above everything else: first how delivery goes, then the dead letters, if there are any. */
export function health(handlers: readonly Figures[]): StateText[] {
  const sum = (figure: (handler: Figures) => number) =>
    handlers.reduce((total, handler) => total + figure(handler), 0);
  const backlog = sum(handler => handler.backlog);
  const dead = sum(handler => handler.deadLetters);
  const oldest = Math.max(0, ...handlers.map(handler => handler.lagSeconds));
  const flow: StateText =
    backlog === 0
      ? { tone: 'success', text: 'Nothing waits' }
      : {
          tone: oldest > SLOW_AFTER_S ? 'warning' : 'neutral',
          text: `${backlog.toLocaleString()} under way, the oldest for ${span(oldest)}`,
        };
  if (dead === 0) return [flow];
  return [flow, { tone: 'error', text: `${count(dead, 'dead letter')}: ${whose(handlers)}` }];
}

/** `a.b 2, c.d 1`: the handlers with the most dead letters first. */
function whose(handlers: readonly Figures[]): string {
  const ill = handlers.filter(handler => handler.deadLetters > 0);
  const named = [...ill]
    .sort((a, b) => b.deadLetters - a.deadLetters)
    .slice(0, MOST_NAMED)
    .map(({ name, deadLetters }) => `${name} ${deadLetters.toLocaleString()}`);
  const others = ill.length - named.length;
  return [...named, ...(others > 0 ? [`${others} more`] : [])].join(', ');
}

/** What a handler is, for people. */
export function handlerKind(handler: Pick<Handler, 'kind' | 'strict'>): string {
  const kind = handler.kind === 'effect' ? 'Effect outside' : 'Database';
  return handler.strict ? `${kind}, strict` : kind;
}

/** How often it was tried; what killed its worker is told only where there is any. */
export function attempts(delivery: Pick<Delivery, 'attempts' | 'crashes'>): string {
  return delivery.crashes === 0
    ? String(delivery.attempts)
    : `${delivery.attempts} (${delivery.crashes} killed the worker)`;
}

export function dryRunState(run: Pick<DryRun, 'wouldRun' | 'rehearsed' | 'failure'>): StateText {
  if (run.rehearsed && run.failure !== null) return { tone: 'error', text: 'Rehearsal failed' };
  if (run.rehearsed) return { tone: 'success', text: 'Rehearsal went through' };
  return run.wouldRun ? { tone: 'neutral', text: 'Would run' } : { tone: 'warning', text: 'Would not run' };
}

/** The outcome of a retry or a discard. */
export function outcome(verb: 'retried' | 'discarded', change: DeliveryChange): StateText {
  const done = `${count(change.changed.length, 'delivery', 'deliveries')} ${verb}`;
  if (change.refused.length === 0) return { tone: 'success', text: done };
  return { tone: 'warning', text: `${done}, ${change.refused.length} refused` };
}

/** What a replay would do. */
export function estimateText(estimate: ReplayEstimate): string {
  const { events, again, first, limit } = estimate;
  if (events > limit)
    return `More than ${limit.toLocaleString()} events match, and one replay takes no more. Choose a shorter time.`;
  if (events === 0) return 'No events match.';
  const open = events - again - first;
  const parts = [
    again > 0 && `${again.toLocaleString()} for a second time`,
    first > 0 && `${first.toLocaleString()} for the first time`,
    open > 0 && `${open.toLocaleString()} left as they are, because they are not finished`,
  ].filter(Boolean);
  return `${count(events, 'event')}: ${parts.join(', ')}.`;
}

/** Whether there is anything to replay. */
export function canReplay({ events, again, first, limit }: ReplayEstimate): boolean {
  return events <= limit && again + first > 0;
}
