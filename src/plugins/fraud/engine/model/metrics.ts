export const sigmoid = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));

export function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}

/** Mean, natural logarithm. */
export function logLoss(probabilities: Float64Array, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const probability = Math.min(1 - 1e-12, Math.max(1e-12, probabilities[i] as number));
    sum -= Math.log(labels[i] === 1 ? probability : 1 - probability);
  }
  return sum / probabilities.length;
}

/** Indexes, the highest score first. */
export function ranking(scores: ArrayLike<number>): Int32Array {
  const order = new Int32Array(scores.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
}

/** The chance that a fraud has a higher score than a good one; a half for equal ones. NaN without both. */
export function areaUnderCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const order = ranking(scores).reverse();
  let rankSum = 0;
  let positives = 0;
  for (let i = 0; i < order.length;) {
    let end = i;
    while (end < order.length && scores[order[end]!] === scores[order[i]!]) end++;
    for (let k = i; k < end; k++) {
      if (labels[order[k]!] !== 1) continue;
      positives++;
      // Ranks from 1; equal scores share the middle of theirs.
      rankSum += (i + end + 1) / 2;
    }
    i = end;
  }
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** The area under precision by recall, in steps (as scikit-learn has it). NaN without a fraud. */
export function averagePrecision(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const order = ranking(scores);
  let positives = 0;
  for (let i = 0; i < order.length; i++) positives += labels[i] === 1 ? 1 : 0;
  let found = 0;
  let sum = 0;
  for (let i = 0; i < order.length;) {
    let end = i;
    const before = found;
    while (end < order.length && scores[order[end]!] === scores[order[i]!]) {
      found += labels[order[end]!] === 1 ? 1 : 0;
      end++;
    }
    sum += ((found - before) / positives) * (found / end);
    i = end;
  }
  return sum / (positives === 0 ? NaN : 1);
}

/** Of the highest scores, the share that is fraud. */
export function precisionAtTop(scores: ArrayLike<number>, labels: ArrayLike<number>, count: number): number {
  const top = ranking(scores).subarray(0, count);
  return top.reduce((sum, index) => sum + (labels[index] === 1 ? 1 : 0), 0) / Math.max(1, top.length);
}
