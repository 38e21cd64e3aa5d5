import { Injectable } from '@nestjs/common';

/** What this process runs at the moment: the sweep takes over what only the database believes to run here. */
@Injectable()
export class RunningDeliveries {
  private readonly counts = new Map<number, number>();
  private idle: Array<() => void> = [];

  get ids(): number[] {
    return [...this.counts.keys()];
  }

  async track<T>(ids: readonly number[], work: () => Promise<T>): Promise<T> {
    for (const id of ids) this.counts.set(id, (this.counts.get(id) ?? 0) + 1);
    try {
      return await work();
    } finally {
      for (const id of ids) {
        const left = (this.counts.get(id) ?? 1) - 1;
        if (left > 0) this.counts.set(id, left);
        else this.counts.delete(id);
      }
      if (this.counts.size === 0) for (const resolve of this.idle.splice(0)) resolve();
    }
  }

  /** Resolves when nothing runs any more, or after the limit (ms). */
  async settled(limitMs: number): Promise<void> {
    if (this.counts.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      new Promise<void>(resolve => this.idle.push(resolve)),
      new Promise<void>(resolve => (timer = setTimeout(resolve, limitMs))),
    ]);
    clearTimeout(timer);
  }
}
