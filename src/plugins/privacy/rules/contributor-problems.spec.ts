import type { DataClass } from '../types';
import { contributorProblems } from './contributor-problems';

const field: DataClass = {
  field: 'review.text',
  category: 'free-text',
  purpose: 'shown beside the product',
  retention: 'until it is deleted',
  onErasure: 'erased',
};

const problems = (name: string, ...classes: DataClass[]) =>
  contributorProblems({ name, classify: () => classes });

describe('contributorProblems', () => {
  it('finds none in a sound one', () => {
    expect(problems('reviews', field, { ...field, field: 'review.author' })).toEqual([]);
  });

  it.each([
    ['a name that is no plugin', 'My Reviews', [field]],
    ['a field that is there twice', 'reviews', [field, field]],
    ['a field without a name', 'reviews', [{ ...field, field: ' ' }]],
    ['a field without a purpose', 'reviews', [{ ...field, purpose: '' }]],
    ['a field without a retention', 'reviews', [{ ...field, retention: '' }]],
  ] as Array<[string, string, DataClass[]]>)('names %s', (_what, name, classes) => {
    expect(problems(name, ...classes)).toHaveLength(1);
  });
});
