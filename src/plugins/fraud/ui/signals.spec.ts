import { matching } from './signals';

const signals = [
  { name: 'ip.country', description: 'ISO 3166-1 alpha-2', value: 'BR' },
  { name: 'order.amount', description: 'What is to be paid', value: 120 },
];

it.each([
  ['', ['ip.country', 'order.amount']],
  ['BR', ['ip.country']],
  ['paid AMOUNT', ['order.amount']],
  ['120', ['order.amount']],
  ['ip paid', []],
])('finds by %j %j', (text, names) => {
  expect(matching(signals, text).map(({ name }) => name)).toEqual(names);
});
