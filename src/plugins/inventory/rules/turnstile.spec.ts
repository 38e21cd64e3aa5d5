import { Turnstile } from './turnstile';

/** Work that ends when told, and counts how much of it runs. */
function gate() {
  let running = 0;
  let most = 0;
  const open: (() => void)[] = [];
  return {
    async pass(): Promise<void> {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>(resolve => open.push(resolve));
      running -= 1;
    },
    async letAllThrough(): Promise<void> {
      do {
        open.splice(0).forEach(done => done());
        await new Promise(resolve => setImmediate(resolve));
      } while (open.length > 0);
    },
    most: () => most,
  };
}

it('lets work of one key through one at a time, in order', async () => {
  const turnstile = new Turnstile(10);
  const order: number[] = [];
  await Promise.all(
    [1, 2, 3].map(n =>
      turnstile.run('cart', async () => {
        await new Promise(resolve => setTimeout(resolve, 4 - n));
        order.push(n);
      }),
    ),
  );
  expect(order).toEqual([1, 2, 3]);
  expect(turnstile.size).toBe(0);
});

it('lets work of other keys through beside it, up to its limit', async () => {
  const turnstile = new Turnstile(3);
  const work = gate();
  const all = Promise.all(
    Array.from({ length: 20 }, (_, i) => turnstile.run(`cart ${i}`, () => work.pass())),
  );
  await work.letAllThrough();
  await all;
  expect(work.most()).toBe(3);
});

it('keeps a quarter of its places from work that waits for somebody outside', async () => {
  const turnstile = new Turnstile(8);
  const provider = gate();
  const payments = Promise.all(
    Array.from({ length: 20 }, (_, i) => turnstile.run(`cart ${i}`, () => provider.pass(), true)),
  );
  // Behind twenty payments of which none has an answer.
  await expect(turnstile.run('other cart', () => Promise.resolve('changed'))).resolves.toBe('changed');
  await provider.letAllThrough();
  await payments;
  expect(provider.most()).toBe(6);
  expect(turnstile.size).toBe(0);
});

it('has a place for slow work, however few places there are', async () => {
  await expect(new Turnstile(1).run('cart', () => Promise.resolve('paid'), true)).resolves.toBe('paid');
});

it('goes on after work that failed', async () => {
  const turnstile = new Turnstile(1);
  const failed = turnstile.run('cart', () => Promise.reject(new Error('no')));
  const next = turnstile.run('cart', () => Promise.resolve('yes'));
  await expect(failed).rejects.toThrow('no');
  await expect(next).resolves.toBe('yes');
  await expect(turnstile.run(undefined, () => Promise.resolve('free'))).resolves.toBe('free');
  expect(turnstile.size).toBe(0);
});
