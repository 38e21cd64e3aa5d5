import { MAX_PAGE } from '../constants';
import { pageOf } from './page';

it('has a beginning and a length without being told', () => {
  expect(pageOf()).toEqual({ skip: 0, take: 50 });
  expect(pageOf({ skip: 10, take: null })).toEqual({ skip: 10, take: 50 });
});

it.each([{ skip: -1 }, { take: 0 }, { take: -5 }, { take: MAX_PAGE + 1 }])('refuses %j', options => {
  expect(pageOf(options)).toBeUndefined();
});
