import { LIFECYCLE } from './lifecycle-table';
import { resolveOptions } from './options';

const SHOP = { shopName: 'A shop', storefrontUrl: 'https://shop.example' };

describe('resolveOptions', () => {
  it('is the table as it stands without transitions of the shop', () => {
    expect(resolveOptions(SHOP).lifecycle.transitions).toEqual(LIFECYCLE);
  });

  it('puts a row of the shop in the place of the one with its trigger and status, and others behind', () => {
    const changed = {
      trigger: 'items_picked',
      from: 'processing',
      to: 'ready_to_ship',
      actions: ['generate_packing_list'],
      moves: [{ from: 'Processing', to: 'ReadyToShip' }],
    } as const;
    const added = { ...changed, trigger: 'expedite' } as const;
    const { transitions } = resolveOptions({ ...SHOP, transitions: [changed, added] }).lifecycle;
    const index = LIFECYCLE.findIndex(row => row.trigger === 'items_picked');
    expect(transitions[index]).toBe(changed);
    expect(transitions.at(-1)).toBe(added);
    expect(transitions).toHaveLength(LIFECYCLE.length + 1);
  });

  it('refuses times that make no sense', () => {
    expect(() => resolveOptions({ ...SHOP, feedbackAfterDays: 0.5 })).toThrow(/feedbackAfterDays is 0.5/);
    expect(() => resolveOptions({ ...SHOP, documentRetentionDays: 0 })).toThrow(/from 1/);
  });
});
