import { findEmailProblem } from './email-address';

it.each([
  'ada@example.com',
  ' ada@example.com ',
  "o'brien+shop@mail.example.co.uk",
  'a!#$%&*/=?^_`{|}~-@example.com',
  'αda@παράδειγμα.ελ',
  'ada@xn--hxajbheg2az3al.xn--qxam',
  'ada@sub-domain.example.museum',
])('accepts %s', address => {
  expect(findEmailProblem(address)).toBeUndefined();
});

it.each([
  '',
  ' ',
  'ada',
  'ada@',
  '@example.com',
  'ada@localhost',
  'ada@example..com',
  'ada@-example.com',
  'ada@@example.com',
  'ada byron@example.com',
  'ada@example.com, eve@example.com',
  'ada@example.com\nBcc: eve@example.com',
  'ada\u0000@example.com',
  'Ada <ada@example.com>',
  `${'x'.repeat(65)}@example.com`,
  `ada@${'x'.repeat(60)}.${'x'.repeat(60)}.${'x'.repeat(60)}.${'x'.repeat(60)}.${'x'.repeat(20)}.com`,
])('refuses %j', address => {
  expect(findEmailProblem(address)?.key).toBe('error.email-address-malformed');
});
