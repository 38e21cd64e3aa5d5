import type { DeliveryState } from './events.query';

/** Rows of one page. */
export const PAGE_SIZE = 25;

/** The fields of the form above the events, as they are typed. */
export interface EventFilter {
  eventType: string;
  aggregateType: string;
  aggregateId: string;
  /** Local times as `<input type="datetime-local">` gives them. */
  from: string;
  to: string;
}

export const NO_FILTER: EventFilter = { eventType: '', aggregateType: '', aggregateId: '', from: '', to: '' };

export interface DeliveryFilter {
  /** Empty for all. */
  handler: string;
  state: DeliveryState | '';
}

export const DEAD_LETTERS: DeliveryFilter = { handler: '', state: 'dead' };

/** The instant of a local time as an input gives it; nothing for none, or one that cannot be. */
export function toInstant(local: string): string | undefined {
  const time = new Date(local).getTime();
  return local === '' || Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** A time as `<input type="datetime-local">` takes it: local, to the second. */
export function toLocalInput(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}

/** The options of the API's list of events. */
export function eventOptions(filter: EventFilter, skip: number): Record<string, unknown> {
  return page(skip, {
    ...equal('eventType', filter.eventType),
    ...equal('aggregateType', filter.aggregateType),
    ...equal('aggregateId', filter.aggregateId),
    ...timeRange(toInstant(filter.from), toInstant(filter.to)),
  });
}

/** The options of the API's list of deliveries. */
export function deliveryOptions(filter: DeliveryFilter, skip: number): Record<string, unknown> {
  return page(skip, { ...equal('handler', filter.handler), ...equal('state', filter.state) });
}

function page(skip: number, filter: object): Record<string, unknown> {
  return { skip, take: PAGE_SIZE, filter };
}

function equal(field: string, value: string): object {
  const text = value.trim();
  return text === '' ? {} : { [field]: { eq: text } };
}

function timeRange(start: string | undefined, end: string | undefined): object {
  if (start !== undefined && end !== undefined) return { timestamp: { between: { start, end } } };
  if (start !== undefined) return { timestamp: { after: start } };
  return end === undefined ? {} : { timestamp: { before: end } };
}

/** The form of a replay, as it is typed. */
export interface ReplayForm {
  from: string;
  to: string;
  /** Those of the handler's types that are ticked. */
  eventTypes: readonly string[];
  aggregateType: string;
  aggregateId: string;
}

/** Why a replay cannot be asked for yet; nothing when it can. */
export function replayProblem(form: ReplayForm): string | undefined {
  const from = toInstant(form.from);
  const to = toInstant(form.to);
  if (from === undefined || to === undefined) return 'Give both times.';
  if (from >= to) return 'The first time must be before the second.';
  if (form.eventTypes.length === 0) return 'Choose at least one type of event.';
  if (form.aggregateId.trim() !== '' && form.aggregateType.trim() === '')
    return 'An id needs to know of what: fill in “About”.';
  return undefined;
}

/** The input of the API's replay. The form has no problem. */
export function replayInput(handler: string, form: ReplayForm): Record<string, unknown> {
  const text = (value: string) => (value.trim() === '' ? undefined : value.trim());
  return {
    handler,
    from: toInstant(form.from),
    to: toInstant(form.to),
    eventTypes: form.eventTypes,
    aggregateType: text(form.aggregateType),
    aggregateId: text(form.aggregateId),
  };
}
