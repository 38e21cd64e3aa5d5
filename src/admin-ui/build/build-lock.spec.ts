import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { BuildLock } from './build-lock';
import { useTemporaryFolder } from './testing';

describe('the lock of the compilation', () => {
  const folder = useTemporaryFolder();
  const lock = () => new BuildLock(folder.path('lock'), { pollMs: 1, heartbeatMs: 5, staleMs: 1_000 });

  it('lets one at a time in', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await sleep(5);
      inside--;
    };
    await Promise.all([lock().run(work), lock().run(work), lock().run(work)]);
    expect(most).toBe(1);
    expect(existsSync(folder.path('lock'))).toBe(false);
  });

  it('is let go when the work fails', async () => {
    await expect(lock().run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(lock().isHeld()).toBe(false);
    await expect(lock().run(() => Promise.resolve('in'))).resolves.toBe('in');
  });

  it('is taken from a holder that was killed', async () => {
    writeFileSync(folder.path('lock'), 'killed');
    const longAgo = Date.now() / 1000 - 60;
    utimesSync(folder.path('lock'), longAgo, longAgo);
    expect(lock().isHeld()).toBe(false);
    await expect(lock().run(() => Promise.resolve('in'))).resolves.toBe('in');
  });

  it('is kept by a holder that works for longer than the limit', async () => {
    const short = () => new BuildLock(folder.path('lock'), { pollMs: 1, heartbeatMs: 10, staleMs: 100 });
    const order: string[] = [];
    const first = short().run(async () => {
      await sleep(250);
      order.push('first');
    });
    await sleep(20);
    const waits: string[] = [];
    await short().run(
      () => Promise.resolve(order.push('second')),
      () => waits.push('waiting'),
    );
    await first;
    expect(order).toEqual(['first', 'second']);
    expect(waits).toEqual(['waiting']);
  });

  it('stops waiting when told to', async () => {
    writeFileSync(folder.path('lock'), 'other');
    const stop = new AbortController();
    const waiting = lock().run(
      () => Promise.resolve(),
      () => stop.abort(),
      stop.signal,
    );
    await expect(waiting).rejects.toThrow(/abort/i);
    expect(lock().isHeld()).toBe(true);
  });
});
