import { LABEL_SOURCES } from '../types';
import { outranks } from './outcome-rank';

describe('an outcome', () => {
  it('takes the place of what is known from the same or a weaker source', () => {
    LABEL_SOURCES.forEach((source, rank) => {
      expect(outranks(source, null)).toBe(true);
      LABEL_SOURCES.forEach((known, of) => expect(outranks(source, known)).toBe(rank <= of));
    });
  });

  it('of a dispute stays, whatever time says', () => {
    expect(outranks('matured', 'dispute')).toBe(false);
    expect(outranks('dispute', 'staff')).toBe(true);
  });
});
