import fc from 'fast-check';
import { inBatches, indexes } from './in-batches';

/** What reached the writer: the items of each flush, and what was told after it. */
async function run(count: number, size: number) {
  let open: number[] = [];
  const flushes: number[][] = [];
  const told: number[] = [];
  const writer = {
    flush: () => {
      flushes.push(open);
      open = [];
      return Promise.resolve();
    },
  };
  await inBatches(
    writer,
    size,
    indexes(count),
    item => open.push(item),
    done => told.push(done),
  );
  return { open, flushes, told };
}

describe('inBatches', () => {
  it('flushes when a batch is full and at the end', async () => {
    expect(await run(5, 2)).toEqual({ open: [], flushes: [[0, 1], [2, 3], [4]], told: [2, 4, 5] });
  });

  it('does not flush again when the last batch is full, nor for nothing', async () => {
    expect((await run(4, 2)).told).toEqual([2, 4]);
    expect((await run(0, 2)).told).toEqual([]);
  });

  it('sends every item once, in order, never more than a batch at a time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(200), fc.integer({ min: 1, max: 50 }), async (count, size) => {
        const { open, flushes } = await run(count, size);
        expect(open).toEqual([]);
        expect(flushes.flat()).toEqual([...indexes(count)]);
        expect(flushes.every(batch => batch.length > 0 && batch.length <= size)).toBe(true);
      }),
    );
  });
});
