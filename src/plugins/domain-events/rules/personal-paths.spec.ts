import fc from 'fast-check';
import { erasePaths, pickPaths } from './personal-paths';

const data = {
  orderId: '7',
  customer: { id: '3', email: 'a@example.com' },
  lines: [
    { sku: 'X', note: 'for Ann' },
    { sku: 'Y', note: null },
  ],
};

describe('personal paths', () => {
  it('erases what the paths name and keeps the rest', () => {
    expect(erasePaths(data, ['customer.email', 'lines.*.note'])).toEqual({
      orderId: '7',
      customer: { id: '3', email: null },
      lines: [
        { sku: 'X', note: null },
        { sku: 'Y', note: null },
      ],
    });
    expect(data.customer.email).toBe('a@example.com');
  });

  it('picks what is there', () => {
    expect(pickPaths(data, ['customer.email', 'lines.*.note', 'lines.*.gone', 'customer.*.x'])).toEqual({
      'customer.email': ['a@example.com'],
      'lines.*.note': ['for Ann'],
    });
  });

  it('ignores paths that lead nowhere', () => {
    const paths = ['gone', 'orderId.deeper', 'lines.note', 'customer.*', '__proto__.x', 'constructor'];
    expect(erasePaths(data, paths)).toEqual(data);
    expect(pickPaths(data, paths)).toEqual({});
  });

  it('finds nothing after erasing, whatever the data and the path', () => {
    const segment = fc.constantFrom('a', 'b', '*');
    const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map(parts => parts.join('.'));
    const { tree } = fc.letrec(tie => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.record({ a: tie('tree'), b: tie('tree') }, { requiredKeys: [] }),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.array(path, { maxLength: 3 }), (value, paths) => {
        const erased = erasePaths(value, paths);
        expect(pickPaths(erased, paths)).toEqual({});
        expect(erasePaths(erased, paths)).toEqual(erased);
      }),
    );
  });
});
