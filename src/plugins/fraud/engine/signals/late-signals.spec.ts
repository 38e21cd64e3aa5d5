import type { EntityHistory, Lists } from '../../types';
import { inBaseCurrency, lateSignals, type LateEvidence } from './late-signals';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 1);
const lists: Lists = {
  version: 1,
  has: (list, value) => (list === 'tor' ? value === '198.51.100.7' : list === 'hosting' ? false : undefined),
};
const EVIDENCE: LateEvidence = {
  at: NOW,
  amount: 123_450,
  currency: 'EUR',
  baseCurrency: 'EUR',
  ip: '198.51.100.7',
  account: {
    guest: false,
    since: NOW - 10.5 * DAY,
    orders: [
      { currency: 'EUR', count: 2, sum: 10_000 },
      { currency: 'USD', count: 1, sum: 5_000 },
    ],
  },
  history: { entities: { email: { firstAt: NOW - 3 * DAY } as EntityHistory }, categories: {} },
  lists,
  settings: { exchangeRates: { USD: 0.9 } },
};

describe('signals that need the settings, the lists and the past', () => {
  it('are told', () => {
    expect(lateSignals(EVIDENCE)).toEqual({
      'order.amount': 1234.5,
      'customer.guest': false,
      'customer.accountAgeDays': 10,
      'customer.orders': 3,
      'customer.spent': 145,
      'email.ageDays': 3,
      'ip.hosting': false,
      'ip.tor': true,
    });
  });

  it('leave out amounts of a currency without a rate', () => {
    const signals = lateSignals({ ...EVIDENCE, currency: 'JPY', settings: { exchangeRates: {} } });
    expect(signals['order.amount']).toBeUndefined();
    expect(signals['customer.spent']).toBeUndefined();
    expect(signals['customer.orders']).toBe(3);
    expect(inBaseCurrency(100, 'constructor', 'EUR', { exchangeRates: {} })).toBeUndefined();
  });

  it('say 0 days of an address that was never seen, and nothing of one that is not known', () => {
    const unseen = { entities: { email: { firstAt: null } as EntityHistory }, categories: {} };
    expect(lateSignals({ ...EVIDENCE, history: unseen })['email.ageDays']).toBe(0);
    const none = lateSignals({
      ...EVIDENCE,
      history: { entities: {}, categories: {} },
      account: null,
      ip: undefined,
    });
    expect(none).toEqual({ 'order.amount': 1234.5 });
  });

  it('go on without lists that cannot be asked', () => {
    const broken: Lists = {
      version: 0,
      has: () => {
        throw new Error('no lists');
      },
    };
    expect(lateSignals({ ...EVIDENCE, lists: broken })['ip.tor']).toBeUndefined();
  });
});
