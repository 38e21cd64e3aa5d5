import { effectEventType } from './effect-event-type';

it.each([
  ['create_shipping_label', 'CreateShippingLabelRequested'],
  ['recall', 'RecallRequested'],
])('asks for %s by %s', (code, type) => {
  expect(effectEventType(code)).toBe(type);
});
