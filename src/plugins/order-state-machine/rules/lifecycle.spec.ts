import * as fc from 'fast-check';
import { LIFECYCLE_STATUSES, type LifecycleStatus } from '../types';
import { Lifecycle } from './lifecycle';
import { CORE_MOVES, LIFECYCLE } from './lifecycle-table';

const lifecycle = new Lifecycle(LIFECYCLE, CORE_MOVES);

/** The table that the shop's specification gives, row by row. */
const SPECIFIED = [
  ['pending', 'payment_pending', 'initiate_payment', [], ['reserve_inventory', 'create_payment_intent']],
  [
    'payment_pending',
    'payment_confirmed',
    'payment_success',
    [],
    ['confirm_inventory_reservation', 'send_confirmation_email'],
  ],
  ['payment_confirmed', 'processing', 'start_fulfillment', [], ['allocate_inventory', 'notify_warehouse']],
  [
    'processing',
    'ready_to_ship',
    'items_picked',
    ['all_items_available'],
    ['create_shipping_label', 'generate_packing_list'],
  ],
  [
    'ready_to_ship',
    'shipped',
    'package_dispatched',
    [],
    ['update_tracking_info', 'send_shipping_notification'],
  ],
  [
    'shipped',
    'delivered',
    'delivery_confirmed',
    [],
    ['update_delivery_date', 'send_delivery_notification', 'request_feedback'],
  ],
] as const;

describe('the life cycle', () => {
  it.each(SPECIFIED)('leads from %s to %s by %s', (from, to, trigger, conditions, actions) => {
    const row = LIFECYCLE.find(candidate => candidate.trigger === trigger && candidate.from === from);
    expect(row?.to).toBe(to);
    expect(row?.conditions ?? []).toEqual(expect.arrayContaining([...conditions]));
    // In the order in which they are named there.
    expect((row?.actions ?? []).filter(code => (actions as readonly string[]).includes(code))).toEqual(
      actions,
    );
  });

  it('lets nobody fire what core does by itself', () => {
    expect(lifecycle.triggers).not.toContain('payment_authorized');
    expect(lifecycle.find('cancel', 'delivered', 'Delivered')).toBeUndefined();
  });

  it.each([
    ['items_picked', 'payment_confirmed', 'PaymentSettled'],
    ['package_dispatched', 'processing', 'Processing'],
    ['start_fulfillment', 'payment_pending', 'PaymentAuthorized'],
    ['refund', 'processing', 'Processing'],
    ['return', 'ready_to_ship', 'ReadyToShip'],
    ['no_such_trigger', 'pending', 'AddingItems'],
  ] as const)('has no %s for an order that is %s', (trigger, status, state) => {
    expect(lifecycle.find(trigger, status, state)).toBeUndefined();
  });

  it('knows what the same move means for orders of different statuses', () => {
    expect(lifecycle.meaningOf('PartiallyShipped', 'Shipped', 'ready_to_ship')?.status).toBe('shipped');
    expect(lifecycle.meaningOf('PartiallyShipped', 'Shipped', 'processing')?.status).toBe('parcels');
    expect(lifecycle.meaningOf('PaymentSettled', 'Delivered', 'payment_confirmed')).toBeUndefined();
  });

  it('keeps the status while an order is changed', () => {
    for (const from of ['PaymentSettled', 'Processing', 'ReadyToShip', 'PartiallyShipped', 'Shipped']) {
      expect(lifecycle.meaningOf(from, 'Modifying', 'processing')).toMatchObject({ status: 'keep' });
    }
    expect(lifecycle.meaningOf('Modifying', 'Processing', 'processing')).toMatchObject({
      status: 'anew',
      actions: ['allocate_inventory', 'notify_warehouse'],
    });
  });

  it('lets no sequence of triggers reach a status or a state that is not declared, or skip the payment', () => {
    const states = lifecycle.stateGraph();
    const triggers = fc.array(fc.constantFrom(...lifecycle.triggers, 'nonsense'), { maxLength: 40 });
    fc.assert(
      fc.property(triggers, sequence => {
        let status: LifecycleStatus = 'pending';
        let state = 'AddingItems';
        let paid = false;
        for (const trigger of sequence) {
          const row = lifecycle.find(trigger, status, state);
          if (row === undefined) continue;
          const move = row.moves.find(({ from }) => from === state);
          status = row.to;
          state = move?.to ?? state;
          paid ||= status === 'payment_confirmed';
          expect(LIFECYCLE_STATUSES).toContain(status);
          expect(Object.keys(states)).toContain(state);
          if (['processing', 'ready_to_ship', 'shipped', 'delivered', 'returned'].includes(status)) {
            expect(paid).toBe(true);
          }
        }
      }),
    );
  });

  it('never allocates more than was held, whatever is fired', () => {
    const triggers = fc.array(fc.constantFrom(...lifecycle.triggers, 'payment_authorized'), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(triggers, fc.integer({ min: 1, max: 9 }), (sequence, quantity) => {
        const stock = { held: 0, allocated: 0, picked: 0 };
        let status: LifecycleStatus = 'pending';
        let state = 'AddingItems';
        for (const trigger of sequence) {
          const row = LIFECYCLE.find(
            candidate =>
              candidate.trigger === trigger &&
              candidate.from === status &&
              candidate.moves.some(({ from }) => from === state),
          );
          if (row === undefined) continue;
          for (const action of row.actions ?? []) perform(action, stock, quantity);
          state = row.moves.find(({ from }) => from === state)?.to ?? state;
          status = row.to;
          expect(stock.allocated + stock.held).toBeLessThanOrEqual(quantity);
          expect(stock.picked).toBeLessThanOrEqual(stock.allocated);
          if (status === 'payment_confirmed') expect(stock.allocated).toBe(quantity);
          if (status === 'cancelled' || status === 'pending')
            expect(stock).toEqual({ held: 0, allocated: 0, picked: 0 });
        }
      }),
    );
  });
});

function perform(
  action: string,
  stock: { held: number; allocated: number; picked: number },
  quantity: number,
): void {
  switch (action) {
    case 'reserve_inventory':
      stock.held = quantity;
      break;
    case 'confirm_inventory_reservation':
      stock.allocated += stock.held;
      stock.held = 0;
      break;
    case 'allocate_inventory':
      stock.picked = stock.allocated;
      break;
    case 'release_inventory':
      Object.assign(stock, { held: 0, allocated: 0, picked: 0 });
      break;
  }
}
