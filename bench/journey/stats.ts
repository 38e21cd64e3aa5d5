/**
 * The value below which a share of the samples lies, interpolated between the two nearest (as k6 does it).
 *
 * @param share from 0 to 1
 * @throws RangeError without samples, or for a share outside 0 to 1
 */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new RangeError('no samples');
  if (!(share >= 0 && share <= 1)) throw new RangeError(`a share from 0 to 1, not ${share}`);
  const sorted = [...samples].sort((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)] as number;
  const above = sorted[Math.ceil(position)] as number;
  return below + (above - below) * (position - Math.floor(position));
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/**
 * How many times better Tradewind is than stock: 2 is twice as good, 0.5 half as good, whether more of the figure is
 * better (a throughput) or less (a cost). Undefined when a zero makes it meaningless.
 */
export function timesBetter(stock: number, tradewind: number, better: 'more' | 'less'): number | undefined {
  const [numerator, denominator] = better === 'more' ? [tradewind, stock] : [stock, tradewind];
  return numerator > 0 && denominator > 0 ? numerator / denominator : undefined;
}
