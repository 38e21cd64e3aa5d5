import { reconciliationTranslations } from './reconciliation-translations';

const variablesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

it.each(['error', 'errorResult'] as const)('says the same in both languages (%s)', kind => {
  const { en, de } = reconciliationTranslations;
  const texts = (of: Record<string, string>) =>
    Object.entries(of).map(([key, text]) => [key, variablesIn(text)]);
  expect(texts(de[kind])).toEqual(texts(en[kind]));
});
