import { chooseLanguage } from './languages';

describe('chooseLanguage', () => {
  it.each([
    [['de'], 'de'],
    [['de_AT'], 'de'],
    [['DE-ch'], 'de'],
    [['ja', 'de'], 'de'],
    [[undefined, null, '', 'de', 'en'], 'de'],
    [['den'], 'en'],
    [['ja'], 'en'],
    [[], 'en'],
  ] as Array<[Array<string | null | undefined>, string]>)('%j: %s', (wishes, language) => {
    expect(chooseLanguage(...wishes)).toBe(language);
  });
});
