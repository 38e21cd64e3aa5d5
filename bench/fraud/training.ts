import { trainInWorker, type TrainingSet } from '../../src/plugins/fraud/testing';
import type { BenchShop } from './shop';

const SAMPLES = 500;
const DAY_MS = 86_400_000;
const SPAN_DAYS = 180;
const FRAUD_SHARE = 0.02;
/** How much the features of a sample are changed at most, so that no two rows are the same. */
const JITTER = 0.5;

/**
 * As many rows as are asked for, with the features of decisions that were measured, varied. What is fraud follows from
 * the amount and from chance: there is something to learn, and not everything can be learned.
 */
export async function trainingSet(shop: BenchShop, rows: number, random: () => number): Promise<TrainingSet> {
  const samples = await shop.query<{ features: Record<string, number> }>(
    `SELECT features FROM fraud_decision WHERE phase = 'after' ORDER BY id DESC LIMIT ${SAMPLES}`,
  );
  const names = [...new Set(samples.flatMap(({ features }) => Object.keys(features)))].sort();
  const set = {
    names,
    values: new Float64Array(rows * names.length).fill(NaN),
    labels: new Uint8Array(rows),
    at: new Float64Array(rows),
  };
  const start = Date.now() - SPAN_DAYS * DAY_MS;
  for (let row = 0; row < rows; row += 1) {
    const { features } = samples[Math.floor(random() * samples.length)] ?? { features: {} };
    names.forEach((name, column) => {
      const value = features[name];
      if (value === undefined) return;
      set.values[row * names.length + column] = value * (1 + JITTER * (random() * 2 - 1));
    });
    const spent = (random() + random()) / 2;
    const risk = FRAUD_SHARE * 2 * (random() < 0.5 ? spent ** 2 : 0.5);
    const amount = names.indexOf('amount');
    if (amount >= 0) set.values[row * names.length + amount] = 500 * spent;
    set.labels[row] = Number(random() < risk);
    set.at[row] = start + (row * SPAN_DAYS * DAY_MS) / rows;
  }
  return set;
}

/** @returns how long it took, in seconds */
export async function train(set: TrainingSet): Promise<number> {
  const started = performance.now();
  await trainInWorker(set, { version: 'bench' });
  return (performance.now() - started) / 1_000;
}
