import type { BenchShop } from './shop';
import { shopperOf, type Crowd } from './shoppers';

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface Measured {
  readonly payments: number;
  readonly before: Percentiles;
  readonly after: Percentiles;
  /** From the moment that a payment was due, its wait for the process included. */
  readonly both: Percentiles;
}

/** Pays at a steady rate, however long each payment takes, as shoppers do who do not know of each other. */
export async function measure(
  shop: BenchShop,
  crowd: Crowd,
  { rate, seconds }: { rate: number; seconds: number },
  random: () => number,
  until?: Promise<unknown>,
): Promise<Measured> {
  const before: number[] = [];
  const after: number[] = [];
  const both: number[] = [];
  const under: Promise<void>[] = [];
  let ended = false;
  void until?.finally(() => (ended = true)).catch(() => undefined);
  const started = performance.now();
  for (let index = 0; index < rate * seconds || (until !== undefined && !ended); index += 1) {
    const due = started + (index * 1_000) / rate;
    const wait = due - performance.now();
    if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait));
    if (until !== undefined && ended) break;
    under.push(
      shop.pay(shopperOf(crowd, random)).then(took => {
        before.push(took.before);
        after.push(took.after);
        both.push(performance.now() - due);
      }),
    );
  }
  await Promise.all(under);
  return {
    payments: both.length,
    before: percentiles(before),
    after: percentiles(after),
    both: percentiles(both),
  };
}

function percentiles(values: number[]): Percentiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
