import type { Queue } from './review.query';

export const QUEUE_PAGE = 25;

export interface QueueFilter {
  queue: Queue;
  orderCode: string;
  /** Points, as typed. */
  minScore: string;
}

export const OPEN_CASES: QueueFilter = { queue: 'open', orderCode: '', minScore: '' };

/** What the API is asked for. A score that is no number is not asked for. */
export function queueVariables(
  { queue, orderCode, minScore }: QueueFilter,
  skip: number,
): Record<string, unknown> {
  const score = typedScore(minScore);
  return {
    queue,
    options: {
      filter: {
        ...(orderCode.trim() === '' ? {} : { orderCode: { contains: orderCode.trim() } }),
        ...(typeof score === 'number' ? { score: { gte: score } } : {}),
      },
      skip,
      take: QUEUE_PAGE,
    },
  };
}

/** Null for nothing; undefined for what is no score. */
export function typedScore(text: string): number | null | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  const score = /^\d{1,3}(\.\d{1,4})?$/.test(trimmed) ? Number(trimmed) : NaN;
  return score <= 100 ? score : undefined;
}

/** The cases that are still there of those that were chosen. */
export function stillThere(chosen: ReadonlySet<string>, ids: readonly string[]): Set<string> {
  return new Set(ids.filter(id => chosen.has(id)));
}
