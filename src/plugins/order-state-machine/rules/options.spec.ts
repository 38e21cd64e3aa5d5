import { LIFECYCLE } from './lifecycle-table';
import { resolveOptions } from './options';

describe('resolveOptions', () => {
  it('is the table as it stands without transitions of the shop', () => {
    expect(resolveOptions({}).lifecycle.transitions).toEqual(LIFECYCLE);
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
    const { transitions } = resolveOptions({ transitions: [changed, added] }).lifecycle;
    const index = LIFECYCLE.findIndex(row => row.trigger === 'items_picked');
    expect(transitions[index]).toBe(changed);
    expect(transitions.at(-1)).toBe(added);
    expect(transitions).toHaveLength(LIFECYCLE.length + 1);
  });
});
