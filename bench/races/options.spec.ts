import { parseRacesOptions } from './options';

it('has defaults for everything, and takes what is given', () => {
  expect(parseRacesOptions([])).toMatchObject({ shoppers: 60, units: 10, changes: 200, seed: 1 });
  expect(parseRacesOptions(['--shoppers', '100', '--pg-port', '3391'])).toMatchObject({
    shoppers: 100,
    pgPort: 3391,
  });
});

it.each([
  [['--shoppers', '1'], '--shoppers: given "1", needed: a whole number from 2 to 2000.'],
  [['--changes', 'many'], '--changes: given "many"'],
  [['--rounds', '2'], '--rounds'],
])('refuses %j', (args, message) => {
  expect(() => parseRacesOptions(args)).toThrow(message);
});
