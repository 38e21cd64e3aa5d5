/**
 * Gives a loaded value again until it is too old. While a load is under way everybody waits for that one, and a
 * failed load is not remembered.
 */
export class ShortMemory<T> {
  private value: { promise: Promise<T>; loadedAt: number } | undefined;

  /**
   * @param maxAgeMs how long a value is given again, counted from the start of its load
   * @param now the time in ms
   */
  constructor(
    private readonly load: () => Promise<T>,
    private readonly maxAgeMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  get(): Promise<T> {
    const { value } = this;
    if (value !== undefined && this.now() - value.loadedAt < this.maxAgeMs) return value.promise;
    const fresh = { promise: this.load(), loadedAt: this.now() };
    this.value = fresh;
    fresh.promise.catch(() => {
      if (this.value === fresh) this.value = undefined;
    });
    return fresh.promise;
  }
}
