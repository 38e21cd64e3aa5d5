import {
  importLightGbm,
  loadModel,
  ModelFileError,
  TooFewLabelsError,
  trainInWorker,
  trainModel,
  trainingSetOf,
  type Sample,
} from '.';
import { areaUnderCurve, averagePrecision } from './metrics';
import { seededRandom } from './random';

/** Fraud where `a` is high or `b` is missing; `noise` says nothing. */
function samples(count: number, seed = 1): Sample[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const a = random();
    const known = random() > 0.05;
    const fraud = random() < (a > 0.9 || !known ? 0.5 : 0.01);
    return { features: { a, noise: random(), ...(known ? { b: random() } : {}) }, at: index, fraud };
  });
}

const trained = trainModel(samples(4_000), { rounds: 60, version: 'v1' });
const model = loadModel(trained.json);

describe('a model', () => {
  it('finds what makes fraud, also by what is missing', () => {
    const others = samples(3_000, 2);
    const labels = others.map(({ fraud }) => Number(fraud));
    const scores = others.map(({ features }) => model.score(features).points);
    expect(areaUnderCurve(scores, labels)).toBeGreaterThan(0.85);
    expect(trained.report.features[0]?.name).toBe('a');
    const expected = others.reduce((sum, { features }) => sum + model.score(features).probability, 0);
    const frauds = labels.reduce((sum, label) => sum + label, 0);
    expect(Math.abs(expected - frauds) / frauds).toBeLessThan(0.25);
  });

  it('is the same for the same set and seed', () => {
    expect(trainModel(samples(4_000), { rounds: 60, version: 'v1' }).json).toBe(trained.json);
  });

  it('gives reasons that add up to its points, and more points for a higher probability', () => {
    const scores = samples(500, 3).map(({ features }) => model.score(features));
    for (const { points, reasons } of scores) {
      expect(reasons.reduce((sum, reason) => sum + reason.points, 0)).toBeCloseTo(points, 9);
      expect(points).toBeGreaterThanOrEqual(0);
      expect(points).toBeLessThanOrEqual(100);
    }
    scores.sort((a, b) => a.probability - b.probability);
    scores.forEach((score, index) =>
      expect(score.points).toBeGreaterThanOrEqual(scores[index - 1]?.points ?? 0),
    );
  });

  it('is not made from too few labels', () => {
    expect(() => trainModel(samples(200))).toThrow(TooFewLabelsError);
  });

  it('is made in a thread of its own too, which can be called off', async () => {
    const there = await trainInWorker(trainingSetOf(samples(4_000)), { rounds: 60, version: 'v1' });
    expect(there.json).toBe(trained.json);
    await expect(trainInWorker(samples(100))).rejects.toThrow(TooFewLabelsError);
    await expect(trainInWorker(samples(4_000), { timeout: 1 })).rejects.toThrow('more than 1 ms');
    const stop = new AbortController();
    const running = trainInWorker(samples(4_000), { signal: stop.signal });
    stop.abort();
    await expect(running).rejects.toThrow('called off');
  }, 30_000);

  it.each([
    ['no JSON', '{', 'no JSON'],
    ['another file', '{}', 'format'],
    ['a cycle', changed(tree => (tree.left[0] = 0)), 'leads to 0'],
    ['a node with two parents', changed(tree => (tree.left[0] = tree.right[0] ?? 0)), 'two parents'],
    ['an unknown feature', changed(tree => (tree.feature[0] = 99)), 'names feature 99'],
    ['lists of different lengths', changed(tree => tree.value.pop()), 'different lengths'],
  ])('is refused when its file has %s', (_, json, message) => {
    expect(() => loadModel(json)).toThrow(ModelFileError);
    expect(() => loadModel(json)).toThrow(message);
  });
});

interface TreeOfFile {
  feature: number[];
  left: number[];
  right: number[];
  value: number[];
}

function changed(change: (tree: TreeOfFile) => unknown): string {
  const file = JSON.parse(trainModel(samples(4_000), { rounds: 3 }).json) as { trees: [TreeOfFile] };
  change(file.trees[0]);
  return JSON.stringify(file);
}

describe('a model of LightGBM', () => {
  const split = {
    split_feature: 0,
    threshold: 10,
    decision_type: '<=',
    default_left: false,
    missing_type: 'NaN',
    internal_value: -1,
    left_child: { leaf_value: -2 },
    right_child: { leaf_value: 1.5 },
  };
  const dump = (structure: object, objective = 'binary sigmoid:1') =>
    JSON.stringify({ objective, feature_names: ['amount'], tree_info: [{ tree_structure: structure }] });
  const logOdds = (text: string, features: Record<string, number>) => {
    const { probability } = loadModel(importLightGbm(text)).score(features);
    return Math.log(probability / (1 - probability));
  };

  it('gives the same log-odds, also for what is missing', () => {
    expect(logOdds(dump(split), { amount: 10 })).toBeCloseTo(-2);
    expect(logOdds(dump(split), { amount: 10.1 })).toBeCloseTo(1.5);
    expect(logOdds(dump(split), {})).toBeCloseTo(1.5);
    expect(logOdds(dump({ ...split, missing_type: 'None' }), {})).toBeCloseTo(-2);
  });

  it.each([
    ['splits by category', dump({ ...split, decision_type: '==', threshold: '1||2' })],
    ['zeros for missing', dump({ ...split, missing_type: 'Zero' })],
    ['several classes', dump(split, 'multiclass num_class:3')],
    ['no trees', '{"feature_names":["a"],"tree_info":[]}'],
  ])('is refused with %s', (_, text) => {
    expect(() => importLightGbm(text)).toThrow(ModelFileError);
  });
});

describe('metrics', () => {
  it('count equal scores as half above and half below', () => {
    expect(areaUnderCurve([1, 1, 0, 2], [1, 0, 0, 1])).toBeCloseTo(0.875);
    expect(averagePrecision([3, 2, 1], [1, 0, 1])).toBeCloseTo((1 + 2 / 3) / 2);
  });
});
