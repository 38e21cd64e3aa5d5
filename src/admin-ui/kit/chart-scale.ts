/** Where the bars of a chart and the lines behind them are: numbers only, so that it can be tested without a browser. */

/** Round numbers from at most the least to at least the greatest value; zero is one of them. */
export function ticks(least: number, greatest: number, wanted = 5): number[] {
  const low = Math.min(0, least);
  const high = Math.max(0, greatest);
  if (low === high) return [0];
  const step = roundStep((high - low) / wanted);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** The next greater one of 1, 2 and 5 times a power of ten. */
function roundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  const factor = [1, 2, 5, 10].find(each => each * power >= atLeast) ?? 10;
  return factor * power;
}

/** Which of many labels are shown, so that each has so much room: the first one and then every n-th. */
export function labelled(count: number, width: number, room: number): (index: number) => boolean {
  const fit = Math.max(1, Math.floor(width / room));
  const every = Math.max(1, Math.ceil(count / fit));
  return index => index % every === 0;
}

/** From a value to its height in a picture whose top is the last tick and whose bottom is the first. */
export function scale(marks: readonly number[], height: number): (value: number) => number {
  const low = marks[0] ?? 0;
  const high = marks[marks.length - 1] ?? 0;
  const span = high - low;
  return value => (span === 0 ? height : height - ((value - low) / span) * height);
}

/** Values in a row without a gap, each with its place among all points. */
export type Run = ReadonlyArray<{ at: number; value: number }>;

/** A line is drawn through what is known: where nothing is, it ends, and begins anew after it. */
export function runsOf(values: ReadonlyArray<number | null>): Run[] {
  const runs: { at: number; value: number }[][] = [];
  let current: { at: number; value: number }[] | undefined;
  values.forEach((value, at) => {
    if (value === null) {
      current = undefined;
      return;
    }
    if (current === undefined) runs.push((current = []));
    current.push({ at, value });
  });
  return runs;
}
