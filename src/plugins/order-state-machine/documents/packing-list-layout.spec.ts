import * as fc from 'fast-check';
import { paginate } from './packing-list-layout';

const rows = (...heights: number[]) => heights.map((height, row) => ({ row, height }));
const heights = (pages: ReturnType<typeof paginate>) => pages.map(page => page.map(({ height }) => height));

describe('paginate', () => {
  it('fills the first page, then the others', () => {
    expect(heights(paginate(rows(10, 10, 10, 10, 10), { firstPage: 20, otherPages: 30 }))).toEqual([
      [10, 10],
      [10, 10, 10],
    ]);
  });

  it('has a page without rows', () => {
    expect(paginate([], { firstPage: 10, otherPages: 10 })).toEqual([[]]);
  });

  it('moves a tall first row to a page where it fits', () => {
    expect(heights(paginate(rows(15), { firstPage: 10, otherPages: 20 }))).toEqual([[], [15]]);
  });

  it('loses no row, keeps the order, and no page is too full unless by a single row', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 80 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 100 }),
        (given, firstPage, otherPages) => {
          const pages = paginate(rows(...given), { firstPage, otherPages });
          expect(pages.flat().map(({ row }) => row)).toEqual(given.map((_height, index) => index));
          pages.forEach((page, index) => {
            const used = page.reduce((sum, { height }) => sum + height, 0);
            const space = index === 0 ? firstPage : otherPages;
            expect(used <= space || page.length === 1).toBe(true);
            if (index > 0) expect(page.length).toBeGreaterThan(0);
          });
        },
      ),
    );
  });
});
