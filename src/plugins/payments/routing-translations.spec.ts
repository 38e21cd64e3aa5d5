import { routingTranslations } from './routing-translations';
import { ROUTING_PROBLEMS } from './rules/routing-problems';

const variablesIn = (text: string) => [...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name).sort();

it.each(['en', 'de'] as const)('has a text for every problem of routing rules (%s)', language => {
  const keys = ROUTING_PROBLEMS.map(code => `payment-routing-${code}`);
  expect(Object.keys(routingTranslations[language].message).sort()).toEqual([...keys].sort());
});

it('says the same in both languages', () => {
  const { en, de } = routingTranslations;
  for (const kind of ['error', 'errorResult', 'message'] as const) {
    const german = de[kind] as Record<string, string>;
    for (const [key, text] of Object.entries(en[kind])) {
      expect([key, variablesIn(german[key] ?? '')]).toEqual([key, variablesIn(text)]);
    }
  }
});
