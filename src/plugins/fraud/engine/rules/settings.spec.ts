import { DEFAULT_SETTINGS, type FraudSettings } from '../../types';
import { parseSettings, type SettingsChange } from './settings';

/** What came of a change; undefined where it is refused. */
function changed(now: FraudSettings, change: SettingsChange): FraudSettings | undefined {
  const checked = parseSettings(now, change);
  return 'value' in checked ? checked.value : undefined;
}

const weights = (rules: number) => ({ rules, velocity: 1, device: 0 });

describe('settings of staff', () => {
  it('keeps what a change leaves out', () => {
    expect(changed(DEFAULT_SETTINGS, { reviewHours: 4 })).toEqual({ ...DEFAULT_SETTINGS, reviewHours: 4 });
  });

  it('takes null as a value only where it is one', () => {
    const now = {
      ...DEFAULT_SETTINGS,
      partWeights: weights(0.5),
      dueWebhook: 'https://hooks.example/fraud',
      dueMails: ['risk@example.com'],
    };
    const value = changed(now, {
      partWeights: null,
      dueWebhook: null,
      dueMails: null,
      maturityDays: null,
    });
    expect(value).toEqual({ ...now, partWeights: null, dueWebhook: null });
  });

  it('replaces all exchange rates', () => {
    const now = { ...DEFAULT_SETTINGS, exchangeRates: { EUR: 1.1 } };
    const value = changed(now, { exchangeRates: [{ currency: 'JPY', rate: 0.0066 }] });
    expect(value?.exchangeRates).toEqual({ JPY: 0.0066 });
  });

  it.each<[string, SettingsChange, string]>([
    ['a negative amount', { failOpenBelow: -1 }, 'failOpenBelow'],
    ['an amount that is none', { failOpenBelow: Number.NaN }, 'failOpenBelow'],
    ['no days at all', { maturityDays: 0 }, 'maturityDays'],
    ['half an hour', { reviewHours: 0.5 }, 'reviewHours'],
    ['a weight above 1', { partWeights: weights(1.01) }, 'partWeights.rules'],
    ['an address without @', { dueMails: ['ok@example.com', 'nobody'] }, 'dueMails.1'],
    ['a header in an address', { dueMails: ['a@b.example,c@d.example'] }, 'dueMails.0'],
    ['too many addresses', { dueMails: Array.from({ length: 21 }, () => 'a@b.example') }, 'dueMails'],
    ['a file as webhook', { dueWebhook: 'file:///etc/passwd' }, 'dueWebhook'],
    ['a password in the webhook', { dueWebhook: 'https://me:secret@hooks.example' }, 'dueWebhook'],
    ['a rate of 0', { exchangeRates: [{ currency: 'EUR', rate: 0 }] }, 'exchangeRates.0.rate'],
    [
      'a currency that is none',
      { exchangeRates: [{ currency: 'euro', rate: 1 }] },
      'exchangeRates.0.currency',
    ],
    [
      'a currency twice',
      {
        exchangeRates: [
          { currency: 'EUR', rate: 1 },
          { currency: 'EUR', rate: 2 },
        ],
      },
      'exchangeRates.1.currency',
    ],
  ])('refuses %s', (_name, change, path) => {
    expect(changed(DEFAULT_SETTINGS, change)).toBeUndefined();
    expect(parseSettings(DEFAULT_SETTINGS, change).problems.map(problem => problem.path)).toEqual([path]);
  });
});
