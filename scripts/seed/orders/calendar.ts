import { DEPARTMENTS } from '../catalogue/taxonomy';
import type { Random } from '../random';

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** How many days of orders a shop has. */
export const HISTORY_DAYS = 365;

/** Sunday to Saturday: people order on Sunday evening and Monday, and least on Saturday. */
const WEEK = [1.2, 1.15, 1.0, 0.97, 0.95, 0.88, 0.85];
/** January to December, before the weeks around the November sales. */
const YEAR = [0.95, 0.88, 0.92, 0.95, 0.98, 0.92, 0.85, 0.88, 0.98, 1.02, 1.2, 1.45];
/** By hour of the day, UTC. */
const DAY = [5, 3, 2, 1, 1, 1, 2, 3, 5, 7, 8, 9, 10, 10, 9, 9, 9, 10, 12, 14, 15, 14, 11, 8];
/** The shop grows over the year of history: from this below the middle to this above. */
const GROWTH = 0.2;

/** How many times a usual day's orders a day of a date (UTC) has. */
export function dayWeight(time: number, end: number): number {
  const date = new Date(time);
  const month = date.getUTCMonth();
  const day = date.getUTCDate();
  const age = (end - time) / (HISTORY_DAYS * DAY_MS);
  const growth = 1 + GROWTH * (1 - 2 * age);
  return (WEEK[date.getUTCDay()] as number) * (YEAR[month] as number) * salesPeak(month, day) * growth;
}

/** The week around the fourth Friday of November, and the last days on which a parcel arrives for Christmas. */
function salesPeak(month: number, day: number): number {
  if (month === 10 && day >= 21 && day <= 30) return day >= 24 && day <= 29 ? 3 : 1.8;
  if (month === 11 && day <= 18) return 1.4;
  if (month === 11 && day >= 23 && day <= 26) return 0.5;
  return 1;
}

/** Moments of `count` orders in the year before `end`, in order. */
export function orderTimes(random: Random, count: number, end: number): Float64Array {
  const start = end - HISTORY_DAYS * DAY_MS;
  const cumulative: number[] = [];
  let total = 0;
  for (let day = 0; day < HISTORY_DAYS; day++) {
    total += dayWeight(start + day * DAY_MS, end);
    cumulative.push(total);
  }
  const times = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const point = random.float() * total;
    const day = cumulative.findIndex(sum => sum > point);
    const hour = random.weighted(DAY);
    times[i] = start + day * DAY_MS + hour * HOUR_MS + Math.floor(random.float() * HOUR_MS);
  }
  return times.sort();
}

/** How much a department sells at a moment, against its average month. */
export function season(department: number, time: number): number {
  const { season: months } = DEPARTMENTS[department] as (typeof DEPARTMENTS)[number];
  return months[new Date(time).getUTCMonth()] as number;
}
