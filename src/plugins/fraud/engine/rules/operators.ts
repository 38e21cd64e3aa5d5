import type { Operator } from '../../types';
import type { Field } from '../fields';

const FOR_ALL: readonly Operator[] = ['equals', 'not_equals', 'exists'];

/** What a field can be compared by. */
export const OPERATORS_OF: Readonly<Record<Field['type'], readonly Operator[]>> = {
  number: [...FOR_ALL, 'greater_than', 'less_than', 'between'],
  text: [...FOR_ALL, 'contains', 'in_list', 'matches'],
  boolean: FOR_ALL,
};
