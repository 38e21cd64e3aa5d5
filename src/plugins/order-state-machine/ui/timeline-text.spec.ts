import {
  actorName,
  effectName,
  holdState,
  noSuchStep,
  paperState,
  reasonsOf,
  resultFacts,
  staffNames,
  stepName,
  triggerName,
  words,
} from './timeline-text';

describe('the texts of the timeline', () => {
  it('names triggers, also those of a shop of its own', () => {
    expect(triggerName('package_dispatched')).toBe('Dispatch');
    expect(triggerName('gift_wrap-order')).toBe('Gift wrap order');
    expect(stepName('package_dispatched')).toBe('Dispatched');
    expect(stepName('gift_wrap-order')).toBe('Gift wrap order');
    expect(words('')).toBe('');
  });

  it('gives the reasons of the API, and one of its own for all that have none but their status', () => {
    const reasons = [
      { code: 'payment_confirmed', reason: 'Not paid.' },
      { code: 'fraud_review', reason: 'In review.' },
    ];
    expect(reasonsOf({ reasons })).toBe('Not paid. In review.');
    expect(noSuchStep({ lifecycleStatus: 'payment_confirmed', state: 'Modifying' })).toBe(
      'There is no such step from “Paid” (Modifying):',
    );
  });

  it('names staff where the history knows them', () => {
    const administrator = { firstName: 'Cleo', lastName: 'Clerk', user: { id: '7' } };
    const staff = staffNames({
      history: {
        items: [
          { id: '1', administrator },
          { id: '2', administrator: null },
        ],
      },
    });
    expect(actorName({ kind: 'staff', userId: '7' }, staff)).toBe('Cleo Clerk');
    expect(actorName({ kind: 'staff', userId: '8' }, staff)).toBe('staff (user 8)');
    expect(actorName({ kind: 'customer', userId: '7' }, staff)).toBe('the customer');
    expect(actorName({ kind: 'system', userId: null }, staff)).toBe('the shop');
  });

  it('calls a hold expired as soon as its time has passed', () => {
    const expiresAt = '2026-01-01T10:00:00Z';
    const state = (name: string, now: string) => holdState({ state: name, expiresAt }, new Date(now)).text;
    expect(state('active', '2026-01-01T09:59:59Z')).toBe('Held');
    expect(state('active', '2026-01-01T10:00:00Z')).toBe('Expired');
    expect(state('consumed', '2026-01-01T11:00:00Z')).toBe('Paid for');
  });

  it('warns of papers that must not be used', () => {
    expect(paperState({ voidedAt: null, size: 10 }).text).toBe('Good');
    expect(paperState({ voidedAt: null, size: 0 }).text).toBe('Erased');
    expect(paperState({ voidedAt: '2026-01-01T10:00:00Z', size: 0 }).text).toBe('Void: do not use');
  });

  it('tells what an effect says of its work', () => {
    expect(resultFacts({ trackingNumber: 'TW1', parcels: 2, at_once: true })).toEqual([
      'tracking number: TW1',
      'parcels: 2',
      'at once: true',
    ]);
    expect(resultFacts(null)).toEqual([]);
    expect(resultFacts('done')).toEqual([]);
  });

  it('tells what takes something back from what does it', () => {
    expect(effectName({ action: 'create_shipping_label', compensation: false })).toBe(
      'Create shipping label',
    );
    expect(effectName({ action: 'create_shipping_label', compensation: true })).toBe(
      'Take back: create shipping label',
    );
  });
});
