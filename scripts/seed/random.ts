/**
 * Randomness of the seed: one generator (sfc32) whose stream depends on nothing but the text it was made from.
 * Each part takes a stream of its own by name, so that drawing more in one part changes nothing in another.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  private constructor(private readonly path: string) {
    const hash = hash96(path);
    this.a = hash[0];
    this.b = hash[1];
    this.c = hash[2];
    // The first outputs still show the likeness of similar seeds.
    for (let i = 0; i < 12; i++) this.next();
  }

  static of(seed: number | string): Random {
    return new Random(String(seed));
  }

  /** An independent stream: the same for the same names, however much was drawn from this one before. */
  fork(...names: (string | number)[]): Random {
    return new Random(`${this.path}/${names.join('/')}`);
  }

  /** A number from 0 (included) to 1 (excluded). */
  float(): number {
    return this.next() / 4_294_967_296;
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.float() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.float() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.float() * items.length)] as T;
  }

  /** The index of one weight, with a probability in proportion to it; negative weights are not allowed. */
  weighted(weights: ArrayLike<number>): number {
    let total = 0;
    for (let i = 0; i < weights.length; i++) total += weights[i] as number;
    let rest = this.float() * total;
    for (let i = 0; i < weights.length; i++) {
      rest -= weights[i] as number;
      if (rest < 0) return i;
    }
    return weights.length - 1;
  }

  /** `count` different items in random order, or all of them when there are fewer. */
  sample<T>(items: readonly T[], count: number): T[] {
    const pool = [...items];
    const wanted = Math.min(count, pool.length);
    for (let i = 0; i < wanted; i++) {
      const j = this.int(i, pool.length - 1);
      [pool[i], pool[j]] = [pool[j] as T, pool[i] as T];
    }
    return pool.slice(0, wanted);
  }

  shuffle<T>(items: readonly T[]): T[] {
    return this.sample(items, items.length);
  }

  /** From the normal distribution with mean 0 and standard deviation 1 (Box and Muller). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.float()));
    return radius * Math.cos(2 * Math.PI * this.float());
  }

  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  /** From 1 upward with a power-law tail: few are large. The smaller `alpha`, the longer the tail. */
  pareto(alpha: number): number {
    return (1 - this.float()) ** (-1 / alpha);
  }

  /** How often in a row `chance(probability)` held, at most `limit` times. */
  runLength(probability: number, limit: number): number {
    let length = 0;
    while (length < limit && this.chance(probability)) length++;
    return length;
  }

  /** `length` characters out of `alphabet`. */
  text(length: number, alphabet: string): string {
    let text = '';
    for (let i = 0; i < length; i++) text += alphabet[Math.floor(this.float() * alphabet.length)] ?? '';
    return text;
  }

  private next(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + sum) | 0;
    return sum >>> 0;
  }
}

/** Three 32-bit words that change throughout with any character of the text (the mixing steps of MurmurHash3). */
function hash96(text: string): [number, number, number] {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0xcc9e2d51);
    b = Math.imul(b ^ code, 0x1b873593);
    c = Math.imul(c ^ code, 0x85ebca6b);
    a = (a << 13) | (a >>> 19);
    b = (b << 17) | (b >>> 15);
    c = (c << 11) | (c >>> 21);
  }
  return [finish(a ^ (b >>> 3)), finish(b ^ (c >>> 5)), finish(c ^ (a >>> 7))];
}

function finish(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
