import type { Settings } from './lists.query';
import { problemOfSetting, settingsDraft, settingsInput } from './settings-draft';

const settings: Settings = {
  __typename: 'FraudSettings',
  version: 3,
  savedAt: null,
  savedBy: null,
  baseCurrency: 'EUR',
  challengeMediumRisk: true,
  failOpenBelow: 99.5,
  failClosed: 'block',
  partWeights: { rules: 0.5, velocity: 1, device: 0 },
  maturityDays: 60,
  reviewHours: 24,
  dueMails: ['a@shop.example', 'b@shop.example'],
  dueWebhook: 'https://shop.example/due',
  promoteAutomatically: false,
  exchangeRates: [
    { currency: 'USD', rate: 0.92 },
    { currency: 'JPY', rate: 0.0061 },
  ],
};

it('comes back as it was', () => {
  const { __typename, version, savedAt, savedBy, baseCurrency, ...rest } = settings;
  expect([__typename, version, savedAt, savedBy, baseCurrency]).toHaveLength(5);
  expect(settingsInput(settingsDraft(settings), 3)).toEqual({
    input: { baseVersion: 3, ...rest, note: null },
  });
});

it('leaves the weights to the model, and takes nothing for nothing', () => {
  const draft = settingsDraft({
    ...settings,
    partWeights: null,
    dueMails: [],
    dueWebhook: null,
    exchangeRates: [],
  });
  expect(settingsInput({ ...draft, rules: 'whatever' }, 0)).toMatchObject({
    input: { partWeights: null, dueMails: [], dueWebhook: null, exchangeRates: [] },
  });
});

it('says at each field what is wrong', () => {
  const draft = {
    ...settingsDraft(settings),
    failOpenBelow: '-1',
    rules: '1.1',
    maturityDays: '2.5',
    reviewHours: '721',
    exchangeRates: 'USD 0.9\ndollars',
  };
  expect(settingsInput(draft, 3)).toEqual({
    problems: {
      failOpenBelow: 'Give an amount of 0 or more.',
      rules: 'Give a number from 0 to 1.',
      maturityDays: 'Give whole days from 1 to 365.',
      reviewHours: 'Give whole hours from 1 to 720.',
      exchangeRates: 'Write each as SEK 0.1; not “dollars”.',
    },
  });
  expect(settingsInput({ ...settingsDraft(settings), exchangeRates: 'USD 0' }, 3)).toHaveProperty('problems');
});

it('finds what the API says about a field and its entries', () => {
  const problem = (path: string) => ({ path, message: path, severity: 'error' as const });
  const problems = ['dueMails.0', 'dueMails.2', 'dueWebhook'].map(problem);
  expect(problemOfSetting(problems, 'dueMails')).toBe('dueMails.0 dueMails.2');
  expect(problemOfSetting(problems, 'note')).toBeUndefined();
});
