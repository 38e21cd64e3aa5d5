import { CORE_STATES } from './core-order-states.fixture';
import { Lifecycle } from './lifecycle';
import { lifecycleProblems, type KnownParts } from './lifecycle-problems';
import { CORE_MOVES, LIFECYCLE, type LifecycleTransition } from './lifecycle-table';

const ACTIONS = [...new Set([...LIFECYCLE, ...CORE_MOVES].flatMap(row => row.actions ?? []))].map(code => ({
  code,
  compensated: true,
}));

const KNOWN: KnownParts = {
  conditions: ['payment_confirmed', 'all_items_available', 'fully_refunded'],
  actions: ACTIONS,
  coreStates: CORE_STATES,
  forbidden: ['PartiallyShipped', 'Shipped', 'PartiallyDelivered', 'Delivered'].map(
    to => `PaymentSettled>${to}`,
  ),
};

function problems(rows: readonly LifecycleTransition[], known: Partial<KnownParts> = {}): string[] {
  return lifecycleProblems(new Lifecycle(rows, CORE_MOVES), { ...KNOWN, ...known });
}

const extra = (row: Partial<LifecycleTransition>): LifecycleTransition[] => [
  ...LIFECYCLE,
  {
    trigger: 'expedite',
    from: 'processing',
    to: 'shipped',
    moves: [{ from: 'Processing', to: 'Express' }],
    ...row,
  },
];

describe('lifecycleProblems', () => {
  it('finds nothing wrong with the table, beside core as it is', () => {
    expect(problems(LIFECYCLE)).toEqual([]);
  });

  it('takes a transition of the shop’s own', () => {
    expect(problems(extra({}))).toEqual([]);
  });

  it.each<[string, Partial<LifecycleTransition>, string]>([
    ['a condition', { conditions: ['moon_is_full'] }, 'expedite: no condition is called "moon_is_full"'],
    ['an action', { actions: ['send_flowers'] }, 'expedite: no action is called "send_flowers"'],
    ['a status', { to: 'teleported' as never }, 'expedite: no status is called "teleported"'],
  ])('refuses %s that nobody knows', (_what, row, problem) => {
    expect(problems(extra(row))).toContain(problem);
  });

  it('refuses a trigger that does two things, and a move with two meanings', () => {
    expect(problems(extra({ trigger: 'items_picked' }))).toContain(
      'items_picked from processing has two meanings',
    );
    expect(problems(extra({ moves: [{ from: 'Processing', to: 'ReadyToShip' }] }))).toContain(
      'Processing to ReadyToShip of an order that is processing has two meanings',
    );
  });

  it('refuses an action where it would do nothing', () => {
    const actions = ACTIONS.map(action =>
      action.code === 'reserve_inventory' ? { ...action, onlyInto: ['ArrangingPayment'] } : action,
    );
    expect(problems(LIFECYCLE, { actions })).toEqual([]);
    const row = extra({ actions: ['reserve_inventory'] });
    expect(lifecycleProblems(new Lifecycle(row, CORE_MOVES), { ...KNOWN, actions })).toEqual([
      'reserve_inventory does nothing from Processing to Express: it belongs to ArrangingPayment',
    ]);
  });

  it('refuses one that nothing carries out, or that has no proper name', () => {
    expect(problems(extra({ moves: [] }))).toContain(
      "expedite from processing: no move of the order's state carries it out",
    );
    expect(problems(extra({ trigger: 'Ship it!' }))).toContain(
      '"Ship it!" is no name for a trigger (snake_case)',
    );
  });

  it('refuses a status that nothing leads to', () => {
    expect(problems(LIFECYCLE.filter(row => row.trigger !== 'return'))).toContain(
      'nothing leads to returned',
    );
  });

  it('refuses an action without compensation while the order can still be cancelled', () => {
    const actions = ACTIONS.map(action =>
      ['create_shipping_label', 'request_feedback'].includes(action.code)
        ? { ...action, compensated: false }
        : action,
    );
    // Delivered orders can be cancelled by core: staff take the goods back that way.
    expect(problems(LIFECYCLE, { actions })).toEqual([
      'create_shipping_label has no compensation, but an order can be cancelled after it',
      'request_feedback has no compensation, but an order can be cancelled after it',
    ]);
  });

  it('refuses effects that wait for each other, or for what does not exist', () => {
    const waits = (code: string, after: string[]) => ({ code, compensated: true, after });
    const actions = [...ACTIONS, waits('a', ['b']), waits('b', ['a']), waits('c', ['d'])];
    expect(problems(LIFECYCLE, { actions })).toEqual([
      'a waits for itself, through what it runs after',
      'b waits for itself, through what it runs after',
      'c runs after "d", which is no action',
    ]);
  });

  it('refuses to start beside a platform that can do what the table does not know', () => {
    const coreStates = { ...CORE_STATES, Delivered: { to: ['Cancelled', 'Archived'] } };
    expect(problems(LIFECYCLE, { coreStates })).toEqual([
      'the platform can move an order from Delivered to Archived, which the table does not know',
    ]);
  });
});
