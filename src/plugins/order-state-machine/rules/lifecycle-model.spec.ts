import * as fc from 'fast-check';
import type { LifecycleStatus } from '../types';
import { CORE_STATES } from './core-order-states.fixture';
import { Lifecycle } from './lifecycle';
import { statusByParcels } from './lifecycle-status';
import { CORE_MOVES, LIFECYCLE } from './lifecycle-table';

const lifecycle = new Lifecycle(LIFECYCLE, CORE_MOVES);

/** What an order can do in the shop: core's process with the table's states, and nothing past the preparation. */
const GRAPH = (() => {
  const own = lifecycle.stateGraph();
  const states = [...new Set([...Object.keys(CORE_STATES), ...Object.keys(own)])];
  return Object.fromEntries(
    states.map(state => {
      const core = state === 'PaymentSettled' ? [] : (CORE_STATES[state]?.to ?? []);
      return [state, [...new Set([...core, ...(own[state]?.to ?? [])])]];
    }),
  );
})();

const SENDABLE = ['processing', 'ready_to_ship', 'shipped', 'delivered'];
const SENT_STATES = ['PartiallyShipped', 'Shipped', 'PartiallyDelivered', 'Delivered'];
const CHANGING = ['Modifying', 'ArrangingAdditionalPayment'];
const ENDED = ['Cancelled', 'Refunded', 'Returned'];

type Unit = 'open' | 'shipped' | 'delivered' | 'cancelled';

/** An order of single units, each of which is sent in a parcel of its own. */
class Model {
  units: Unit[] = ['open', 'open', 'open'];

  constructor(
    public state: string,
    public status: LifecycleStatus,
  ) {}

  /** A move of core's state, if core's own checks let it happen. */
  move(to: string): void {
    if (!(GRAPH[this.state] ?? []).includes(to) || !this.coreAllows(to)) return;
    const meaning = lifecycle.meaningOf(this.state, to, this.status);
    // No way of core's may be unknown to the table.
    expect([this.state, to, meaning]).not.toEqual([this.state, to, undefined]);
    if (to === 'Cancelled') this.units = this.units.map(() => 'cancelled');
    this.state = to;
    this.follow(meaning?.status ?? 'keep');
  }

  fire(trigger: string): void {
    const row = lifecycle.find(trigger, this.status, this.state);
    if (row === undefined) return;
    if (trigger === 'package_dispatched') {
      for (const index of this.units.keys()) this.send(index, 'open', 'shipped');
    } else if (trigger === 'delivery_confirmed') {
      for (const index of this.units.keys())
        this.send(index, row.from === 'shipped' ? 'shipped' : 'open', 'delivered');
    } else {
      const target = row.moves.find(({ from }) => from === this.state)?.to ?? this.state;
      if (target === this.state) this.status = row.to;
      else this.move(target);
    }
  }

  /** A parcel goes on its way, or arrives: core moves the order where it has a state for that. */
  send(index: number, from: Unit, to: 'shipped' | 'delivered'): void {
    if (this.units[index] !== from || CHANGING.includes(this.state) || !SENDABLE.includes(this.status))
      return;
    this.units[index] = to;
    const all = this.live.every(unit => unit === to);
    const target = `${all ? '' : 'Partially'}${to === 'shipped' ? 'Shipped' : 'Delivered'}`;
    if ((GRAPH[this.state] ?? []).includes(target)) this.move(target);
    else this.follow('parcels');
  }

  cancelParcel(index: number): void {
    if (ENDED.includes(this.state) || !['shipped', 'delivered'].includes(this.units[index] ?? '')) return;
    this.units[index] = 'open';
    this.follow('anew');
  }

  /** Staff add something while they change the order. */
  add(): void {
    if (this.state === 'Modifying') this.units.push('open');
  }

  get live(): Unit[] {
    return this.units.filter(unit => unit !== 'cancelled');
  }

  private follow(follow: 'keep' | 'parcels' | 'anew' | LifecycleStatus): void {
    const lines = this.units.map(unit => ({
      quantity: unit === 'cancelled' ? 0 : 1,
      shipped: unit === 'shipped' ? 1 : 0,
      delivered: unit === 'delivered' ? 1 : 0,
    }));
    if (follow === 'parcels') this.status = statusByParcels(lines, this.status);
    else if (follow === 'anew') this.status = statusByParcels(lines, 'processing');
    else if (follow !== 'keep') this.status = follow;
  }

  /** As core's default process checks it. */
  private coreAllows(to: string): boolean {
    const all = (unit: Unit) => this.live.length > 0 && this.live.every(candidate => candidate === unit);
    const some = (unit: Unit) => this.live.includes(unit) && !all(unit);
    const nothingSent = this.live.every(unit => unit === 'open');
    switch (to) {
      case 'Shipped':
        return all('shipped');
      case 'Delivered':
        return all('delivered');
      case 'PartiallyShipped':
        return some('shipped');
      case 'PartiallyDelivered':
        return some('delivered');
      // Staff give a changed order back to where it was.
      case 'PaymentAuthorized':
      case 'PaymentSettled':
      case 'Processing':
      case 'ReadyToShip':
        return !CHANGING.includes(this.state) || nothingSent;
      default:
        return true;
    }
  }
}

type Operation =
  | { do: 'move'; to: string }
  | { do: 'fire'; trigger: string }
  | { do: 'ship' | 'deliver' | 'cancel parcel'; index: number }
  | { do: 'add' };

const index = fc.integer({ min: 0, max: 3 });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('move' as const), to: fc.constantFrom(...Object.keys(GRAPH)) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('fire' as const),
      trigger: fc.constantFrom(...lifecycle.triggers),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('ship' as const, 'deliver' as const, 'cancel parcel' as const),
      index,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'add' as const }) },
);

/** Most that can go wrong does so after the payment: few random sequences come that far by themselves. */
const start = fc.constantFrom<[string, LifecycleStatus]>(
  ['AddingItems', 'pending'],
  ['Processing', 'processing'],
  ['ReadyToShip', 'ready_to_ship'],
);

function run(model: Model, step: Operation): void {
  if (step.do === 'move') model.move(step.to);
  else if (step.do === 'fire') model.fire(step.trigger);
  else if (step.do === 'ship') model.send(step.index, 'open', 'shipped');
  else if (step.do === 'deliver') model.send(step.index, 'shipped', 'delivered');
  else if (step.do === 'cancel parcel') model.cancelParcel(step.index);
  else model.add();
}

/** What must hold of every order, whatever happened to it. */
function check({ state, status, live }: Model): void {
  const open = live.includes('open');
  if (status === 'delivered') expect(live.every(unit => unit === 'delivered')).toBe(true);
  if (status === 'shipped' && !CHANGING.includes(state)) expect(open).toBe(false);
  // Nothing that has gone out is forgotten: an order that is not further has a unit that is not further.
  if (SENT_STATES.includes(state) && ['processing', 'ready_to_ship'].includes(status))
    expect(open).toBe(true);
  if (state === 'PaymentSettled') expect(status).toBe('payment_confirmed');
  if (['AddingItems', 'Draft'].includes(state)) expect(status).toBe('pending');
  if (state === 'ArrangingPayment') expect(status).toBe('payment_pending');
  if (CHANGING.includes(state)) expect(['pending', ...ENDED]).not.toContain(status);
  if (ENDED.includes(state)) expect(status).toBe(state.toLowerCase());
  if (['cancelled', 'refunded', 'returned'].includes(status)) expect(ENDED).toContain(state);
}

it('agrees with core’s process after any sequence of moves, triggers, parcels and changes', () => {
  fc.assert(
    fc.property(start, fc.array(operation, { maxLength: 60 }), ([state, status], steps) => {
      const model = new Model(state, status);
      for (const step of steps) {
        run(model, step);
        check(model);
      }
    }),
    { numRuns: 2_000 },
  );
});

it('reaches every status by triggers and parcels alone', () => {
  const reached = new Set<LifecycleStatus>();
  fc.assert(
    fc.property(fc.array(operation, { minLength: 40, maxLength: 80 }), steps => {
      const model = new Model('AddingItems', 'pending');
      for (const step of steps) {
        run(model, step);
        reached.add(model.status);
      }
    }),
    { numRuns: 3_000, seed: 1 },
  );
  expect([...reached].sort()).toEqual(
    [
      'pending',
      'payment_pending',
      'payment_confirmed',
      'processing',
      'ready_to_ship',
      'shipped',
      'delivered',
      'cancelled',
      'refunded',
      'returned',
    ].sort(),
  );
});
