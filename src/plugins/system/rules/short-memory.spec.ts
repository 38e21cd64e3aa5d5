import { ShortMemory } from './short-memory';

describe('a short memory', () => {
  let now: number;
  let loads: number;
  const memory = (load: () => Promise<number> = () => Promise.resolve(++loads)) =>
    new ShortMemory(load, 5_000, () => now);

  beforeEach(() => {
    now = 0;
    loads = 0;
  });

  it('gives the same value until it is too old', async () => {
    const short = memory();
    expect(await short.get()).toBe(1);
    now = 4_999;
    expect(await short.get()).toBe(1);
    now = 5_000;
    expect(await short.get()).toBe(2);
  });

  it('loads once for all who ask meanwhile', async () => {
    const short = memory();
    expect(await Promise.all([short.get(), short.get(), short.get()])).toEqual([1, 1, 1]);
  });

  it('forgets a failure', async () => {
    let fail = true;
    const short = memory(() => (fail ? Promise.reject(new Error('no')) : Promise.resolve(7)));
    await expect(short.get()).rejects.toThrow('no');
    fail = false;
    await expect(short.get()).resolves.toBe(7);
  });
});
