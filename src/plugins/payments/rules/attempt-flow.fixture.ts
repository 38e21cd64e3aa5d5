import * as flow from './attempt-flow';
import type { KnownAttempt } from './attempt-flow';
import * as statuses from './attempt-status';
import { isUndecided, movedMoney, type AttemptKind, type AttemptStatus } from './attempt-status';

/*
 * A small model of a shop that is paid: one order, two providers, requests that lose their replies or come late,
 * processes that die anywhere. Each step is what the shop does in one transaction, or one message on the wire; all that
 * is decided, the shop's own rules decide. `attempt-flow.model.spec.ts` tries every order of the steps.
 */

/** The shop's rules. A test may replace one by a wrong one, and must then see it fail. */
export const SHOP_RULES = {
  blocksOthers: statuses.blocksOthers,
  nextLookMs: statuses.nextLookMs,
  wantsAnswer: statuses.wantsAnswer,
  hasNotArrived: statuses.hasNotArrived,
  afterReport: flow.afterReport,
  comesTooLate: flow.comesTooLate,
  mayAskAnother: flow.mayAskAnother,
  isStillDue: flow.isStillDue,
  saysNothing: flow.saysNothing,
  looksAfter: flow.looksAfter,
  nextStep: flow.nextStep,
  wayBack: flow.wayBack,
  mayBeAbandoned: flow.mayBeAbandoned,
  mayBeTold: flow.mayBeTold,
  /** Whether the end of a look is written to the attempt as it is by then, and not as the look has found it. */
  looksWriteWhatIs: true,
};
export type Rules = typeof SHOP_RULES;

type Failure = { kind: 'unavailable' | 'declined' | 'invalid'; code: string } | null;

/** What a provider has answered; `told` where there is something to tell core of. */
interface Answer {
  status: AttemptStatus;
  failure: Failure;
  told: boolean;
}

/** A row of the ledger. */
export interface Row extends Mutable<KnownAttempt> {
  provider: 'A' | 'B';
  amount: number;
  /** The authorization that it captures, voids or refunds; -1 for an authorization. */
  of: number;
  /** Whether it gives back what no order has taken. */
  undoes: boolean;
  /** The attempt at another provider that it takes the place of; -1 for none. */
  after: number;
  answered: boolean;
  /** Whether its request may have been on its way for an hour: so long after the first question comes the second. */
  late: boolean;
}

/** What a provider has booked for an authorization. */
export interface Held {
  state: 'pending' | 'authorized' | 'succeeded' | 'cancelled';
  captured: number;
  refunded: number;
}

export interface CorePayment {
  row: number;
  state: 'Authorized' | 'Settled' | 'Cancelled';
}

/** Somebody who works: a shopper's request, staff, a look of the worker, the work of a webhook. */
export interface Actor {
  role: 'pay' | 'confirm' | 'change' | 'capture' | 'void' | 'look' | 'hook';
  at: string;
  row: number;
  /** The capture, void or refund that it is about. */
  op: number;
  again: boolean;
  /** What follows the operation, and what follows the capture that it may be a part of. */
  then: string;
  back: string;
  /** The row as it was found, and as it was after the provider was asked. */
  found: Row | null;
  known: Row | null;
  heard: boolean;
  answer: Answer | null;
  tries: number;
}

export interface State {
  rows: Row[];
  held: (Held | null)[];
  /** What the provider answers whenever it sees the key of a row again. */
  answers: (Answer | null)[];
  /** Rows whose request may still arrive. */
  wire: number[];
  order: { sum: number; paid: boolean; payments: CorePayment[] };
  actors: Actor[];
  faults: number;
  crashes: number;
}

export interface Setting {
  readonly actors: readonly Actor['role'][];
  /** How money is taken: at once; reserved, and captured by itself; reserved for staff. */
  readonly takes: 'at once' | 'in two steps' | 'by staff';
  /** How many messages are lost, late or refused, and how many processes die. */
  readonly faults: number;
  readonly crashes: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const START: Record<Actor['role'], string> = {
  pay: 'plan',
  confirm: 'confirm',
  change: 'change',
  capture: 'staff-plan',
  void: 'staff-plan',
  look: 'choose',
  hook: 'choose',
};

export function begin({ actors, faults, crashes }: Setting): State {
  return {
    rows: [],
    held: [],
    answers: [],
    wire: [],
    order: { sum: 1, paid: false, payments: [] },
    actors: actors.map(actor),
    faults,
    crashes,
  };
}

function actor(role: Actor['role']): Actor {
  return {
    role,
    at: START[role],
    row: -1,
    op: -1,
    again: false,
    then: '',
    back: 'done',
    found: null,
    known: null,
    heard: false,
    answer: null,
    tries: 0,
  };
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The unique index of the ledger has refused the row: the transaction is undone. */
class InTheWay extends Error {}

/** What can happen in a state, each with a name. */
export interface Event {
  readonly name: string;
  readonly state: State;
}

export class PaymentsModel {
  constructor(
    private readonly setting: Setting,
    private readonly rules: Rules = SHOP_RULES,
  ) {}

  /** Everything that may happen next. */
  events(state: State): Event[] {
    const events: Event[] = [];
    const may = (name: string, change: (next: State) => void) => {
      const next = copy(state);
      change(next);
      events.push({ name, state: next });
    };
    state.actors.forEach(({ role, at }, index) => {
      events.push(
        ...this.steps(state, index).map(({ name, state: next }) => ({
          name: `${role}${index} ${at} ${name}`,
          state: next,
        })),
      );
      if (state.crashes > 0 && at !== START[role] && role !== 'confirm' && role !== 'change') {
        may(`${role}${index} dies`, next => {
          next.crashes -= 1;
          next.actors.splice(index, 1);
        });
      }
    });
    for (const row of state.wire) {
      may(`${row} arrives late`, next => {
        next.wire = next.wire.filter(other => other !== row);
        this.act(next, row);
      });
      may(`${row} is lost`, next => {
        next.wire = next.wire.filter(other => other !== row);
      });
    }
    return events;
  }

  /** Whether nobody works any more, and nothing is on its way. */
  isQuiet({ actors, wire }: State): boolean {
    const idle = (one: Actor) => one.at === START[one.role];
    return wire.length === 0 && actors.every(idle);
  }

  /**
   * The shop is left alone, with providers that answer: its looks bring everything to an end.
   *
   * @returns the state at rest, or undefined where it finds no rest
   */
  rest(state: State): State | undefined {
    let now = copy(state);
    Object.assign(now, { actors: [], faults: 0, crashes: 0 });
    const looks = now.rows.map(() => 0);
    for (let round = 0; round < 60; round += 1) {
      now.actors = [actor('look')];
      const due = this.steps(now, 0);
      if (due.length === 0) return { ...now, actors: [] };
      const [next] = due.sort(
        (a, b) => (looks[a.state.actors[0]!.row] ?? 0) - (looks[b.state.actors[0]!.row] ?? 0),
      );
      now = next!.state;
      looks[now.actors[0]!.row] = (looks[now.actors[0]!.row] ?? 0) + 1;
      while (now.actors.length > 0) now = this.steps(now, 0)[0]!.state;
    }
    return undefined;
  }

  private steps(state: State, index: number): Event[] {
    const events: Event[] = [];
    const may = (name: string, change: (next: State, me: Actor) => void) => {
      const next = copy(state);
      const me = next.actors[index]!;
      try {
        change(next, me);
      } catch (error) {
        if (!(error instanceof InTheWay)) throw error;
        // A request that the unique index has refused ends with an error; a look is counted all the same.
        me.at = me.found === null ? 'done' : 'looked';
      }
      forget(me);
      if (me.at === 'done') next.actors = next.actors.filter(other => other !== me);
      events.push({ name, state: next });
    };
    const me = state.actors[index]!;
    switch (me.at) {
      case 'plan':
        may('', this.plan);
        break;
      case 'send':
        this.send(state, me.row, may, 'report');
        break;
      case 'op-send':
        this.send(state, me.op, may, 'op-report');
        break;
      case 'choose':
        this.choose(state, me, may);
        break;
      case 'ask':
        this.ask(state, me, may);
        break;
      case 'confirm':
        state.held.forEach((held, row) => {
          if (held?.state !== 'pending') return;
          may(String(row), (next, self) => {
            Object.assign(next.held[row]!, this.taken());
            self.at = 'done';
          });
        });
        break;
      default: {
        const work = this.works[me.at];
        if (work === undefined) throw new Error(`Nobody knows how to ${me.at}.`);
        may('', work);
      }
    }
    return events;
  }

  // --- a shopper's request -------------------------------------------------------------------------------------------

  private readonly plan = (state: State, me: Actor): void => {
    const other = this.inTheWay(state);
    me.tries += 1;
    if (state.order.paid || me.tries > 2)
      me.at = 'done'; // TRIES
    else if (other === -1) {
      me.row = this.open(state, { kind: 'authorize', provider: 'A', after: -1 });
      me.at = 'send';
    } else if (state.rows[other]!.status === 'pending') {
      me.row = other;
      me.at = 'abandon';
    } else me.at = 'done';
  };

  /** The steps that can go one way only. */
  private readonly works: Record<string, (state: State, me: Actor) => void> = {
    change: (state, me) => {
      if (!state.order.paid) state.order.sum += 1;
      me.at = 'done';
    },

    report: (state, me) => {
      const row = this.report(state, me.row, me.answer!);
      me.at =
        this.rules.mayAskAnother(row, me.answer!.failure) && row.provider === 'A' ? 'failover' : 'finish';
    },

    failover: (state, me) => {
      const { sum, paid } = state.order;
      me.at = 'finish';
      if (!this.rules.isStillDue(state.rows[me.row]!.amount, { total: sum, covered: paid ? sum : 0 })) return;
      me.row = this.open(state, { kind: 'authorize', provider: 'B', after: me.row });
      me.at = 'send';
    },

    finish: (state, me) => {
      const { answered, toCapture } = state.rows[me.row]!;
      me.at = 'done';
      if (!answered) return;
      const paid = this.addPayment(state, me.row);
      if (paid && toCapture) me.at = 'capture-plan';
    },

    abandon: (state, me) => {
      me.at = 'done';
      if (!this.rules.mayBeAbandoned(state.rows[me.row]!)) return this.lookLikeHook(me);
      me.then = 'abandoned';
      this.openUndo(state, me, 'void');
    },

    abandoned: (state, me) => {
      if (state.rows[me.op]!.status !== 'succeeded') return this.lookLikeHook(me);
      this.endUndone(state, me.op);
      me.at = 'plan';
    },

    // --- captures, voids and refunds ---------------------------------------------------------------------------------

    'op-report': (state, me) => {
      if (!this.rules.saysNothing(me.answer!.failure, me.again)) this.report(state, me.op, me.answer!);
      me.at = me.then;
    },

    'capture-plan': (state, me) => {
      const row = state.rows[me.row]!;
      const payment = this.paymentOf(state, me.row);
      me.at = me.back;
      if (!row.toCapture || row.disposition !== 'applied' || payment === undefined) return;
      if (payment.state !== 'Authorized') row.toCapture = false;
      else if (!this.isBusy(state, me.row)) {
        me.op = this.open(state, { kind: 'capture', provider: row.provider, of: me.row });
        Object.assign(me, { at: 'op-send', again: false, then: 'capture-apply' });
      }
    },

    'capture-apply': (state, me) => {
      const heard = state.rows[me.op]!.answered;
      if (heard && this.tellCore(state, me.op)) state.rows[me.row]!.toCapture = false;
      me.at = me.back;
    },

    'staff-plan': (state, me) => {
      const payment = state.order.payments.find(({ state: of }) => of === 'Authorized');
      me.at = 'done';
      if (payment === undefined || this.isBusy(state, payment.row)) return;
      const { provider } = state.rows[payment.row]!;
      me.row = payment.row;
      me.op = this.open(state, { kind: me.role === 'void' ? 'void' : 'capture', provider, of: payment.row });
      Object.assign(me, { at: 'op-send', again: false, then: 'staff-apply' });
    },

    'staff-apply': (state, me) => {
      if (state.rows[me.op]!.answered) this.tellCore(state, me.op);
      me.at = 'done';
    },

    // --- a look, and a webhook ---------------------------------------------------------------------------------------

    'ask-report': (state, me) => {
      me.known = copy(this.report(state, me.row, me.answer!));
      me.heard = true;
      me.at = 'step';
    },

    'asked-op': (state, me) => {
      me.known = copy(state.rows[me.row]!);
      me.heard = true;
      me.at = 'step';
    },

    'hook-report': (state, me) => {
      me.found = copy(this.report(state, me.row, me.answer!));
      me.at = this.rules.wantsAnswer(me.found) ? 'ask' : 'step';
    },

    step: (state, me) => {
      // Where nothing was heard, it is as it was found.
      const known = me.known ?? me.found!;
      me.at = me.back = 'look-again';
      if (known.undoes) {
        me.at = 'looked';
        if (known.status === 'succeeded') this.endUndone(state, me.row);
        return;
      }
      switch (this.rules.nextStep(known)) {
        case 'complete':
          if (this.addPayment(state, me.row) && known.toCapture) me.at = 'capture-plan';
          return;
        case 'apply':
          this.tellCore(state, me.row);
          return;
        case 'capture':
          me.at = 'capture-plan';
          return;
        case 'end-refund':
        case 'nothing':
      }
    },

    'look-again': (state, me) => {
      const row = state.rows[me.row]!;
      const way = this.rules.wayBack(row);
      me.at = 'looked';
      if (way === undefined) return;
      this.openUndo(state, me, way);
      me.then = 'undone';
    },

    undone: (state, me) => {
      me.at = 'looked';
      if (state.rows[me.op]!.status === 'succeeded') this.endUndone(state, me.op);
    },

    looked: (state, me) => {
      const now = state.rows[me.row]!;
      const looks = this.rules.looksAfter(me.found!, now, me.heard);
      if (this.rules.looksWriteWhatIs) now.looks = looks;
      else state.rows[me.row] = { ...me.found!, looks };
      me.at = 'done';
    },
  };

  private choose(state: State, me: Actor, may: May): void {
    // The task runs in one process at a time; what a message makes the shop do, runs beside it.
    if (me.role === 'look' && state.actors.some(({ role, at }) => role === 'look' && at !== START.look))
      return;
    state.rows.forEach((row, index) => {
      if (me.role === 'hook') {
        if (row.kind !== 'authorize' || state.held[index] == null) return;
        may(`about ${index}`, (_, self) => {
          self.row = index;
          this.lookLikeHook(self);
        });
        return;
      }
      if (this.rules.nextLookMs(row, row.looks) === null || waits(state, index)) return;
      if (row.kind !== 'authorize' && isAtWork(state, index)) return;
      // A request is on its way for less than two hours, and between these looks is an hour each.
      if (state.wire.includes(index) && row.late) return;
      may(`at ${index}`, (next, self) => {
        const found = next.rows[index]!;
        if (this.rules.hasNotArrived(found)) found.late = true;
        self.row = index;
        self.found = copy(found);
        self.at = this.rules.wantsAnswer(found) ? 'ask' : 'step';
      });
    });
  }

  private ask(state: State, me: Actor, may: May): void {
    const { kind, of } = state.rows[me.row]!;
    // The first question of a webhook; a second one is that of a look.
    const first = me.found === null;
    if (kind !== 'authorize') {
      may('', (next, self) => {
        // Only what the provider has a number of can be operated on.
        if (next.held[of] == null) self.at = 'step';
        else Object.assign(self, { op: self.row, again: true, at: 'op-send', then: 'asked-op' });
      });
      return;
    }
    const held = state.held[me.row];
    may('', (_, self) => {
      self.answer = held == null ? { ...flow.NOT_THERE, told: false } : answerOf(held);
      self.at = first ? (held == null ? 'done' : 'hook-report') : 'ask-report';
    });
    if (state.faults > 0) {
      may('in vain', (next, self) => {
        next.faults -= 1;
        self.at = first ? 'done' : 'step';
      });
    }
  }

  private lookLikeHook(me: Actor): void {
    Object.assign(me, { role: 'hook', at: 'ask' });
  }

  // --- the wire and the providers ------------------------------------------------------------------------------------

  private send(state: State, row: number, may: May, then: string): void {
    const lost: Answer = { status: 'unknown', failure: null, told: false };
    may('answered', (next, me) => {
      me.answer = this.act(next, row);
      me.at = then;
    });
    if (state.faults === 0) return;
    const fault = (name: string, answer: Answer, effect: (next: State) => void) =>
      may(name, (next, me) => {
        next.faults -= 1;
        effect(next);
        me.answer = answer;
        me.at = then;
      });
    fault('its reply is lost', lost, next => void this.act(next, row));
    fault('is lost', lost, () => undefined);
    if (state.answers[row] == null) {
      fault('is late', lost, next => next.wire.push(row));
      const unavailable = { kind: 'unavailable' as const, code: 'connection_refused' };
      fault('is refused', { status: 'failed', failure: unavailable, told: true }, () => undefined);
    }
  }

  /** A provider acts once on a key, and answers the same ever after. */
  private act(state: State, index: number): Answer {
    state.answers[index] ??= this.once(state, index);
    return state.answers[index];
  }

  private once(state: State, index: number): Answer {
    const { kind, of } = state.rows[index]!;
    const invalid: Answer = {
      status: 'failed',
      failure: { kind: 'invalid', code: 'not_possible' },
      told: true,
    };
    const done: Answer = { status: 'succeeded', failure: null, told: true };
    if (kind === 'authorize') {
      // Each waits for its shopper, where there is one to confirm them.
      const waits = this.setting.actors.includes('confirm');
      const held: Held = { ...(waits ? { state: 'pending', captured: 0 } : this.taken()), refunded: 0 };
      state.held[index] = held;
      return answerOf(held);
    }
    const held = state.held[of]!;
    if (kind === 'capture') {
      if (held.state !== 'authorized') return invalid;
      Object.assign(held, { state: 'succeeded', captured: 1 });
    } else if (kind === 'void') {
      if (held.state !== 'authorized' && held.state !== 'pending') return invalid;
      held.state = 'cancelled';
    } else {
      if (held.captured === held.refunded) return invalid;
      held.refunded = held.captured;
    }
    return done;
  }

  private taken(): Pick<Held, 'state' | 'captured'> {
    return this.setting.takes === 'at once'
      ? { state: 'succeeded', captured: 1 }
      : { state: 'authorized', captured: 0 };
  }

  // --- the ledger ----------------------------------------------------------------------------------------------------

  private open(
    state: State,
    { kind, provider, of = -1, after = -1, undoes = false }: Partial<Row> & Pick<Row, 'kind' | 'provider'>,
  ): number {
    this.save(state, state.rows.length, {
      kind,
      provider,
      of,
      after,
      undoes,
      amount: state.order.sum,
      status: 'open',
      disposition: 'none',
      failureCode: null,
      answered: false,
      toCapture: kind === 'authorize' && this.setting.takes === 'in two steps',
      refundPending: false,
      looks: 0,
      late: false,
    });
    // What is charged is what the order was asked for when its first attempt was made.
    const made = state.rows.length - 1;
    if (after >= 0) state.rows[made]!.amount = state.rows[after]!.amount;
    state.held[made] = null;
    state.answers[made] = null;
    return made;
  }

  private openUndo(state: State, me: Actor, kind: AttemptKind): void {
    const before = this.undoing(state, me.row);
    if (before !== -1 && isAtWork(state, before)) return;
    const { provider } = state.rows[me.row]!;
    me.op = before === -1 ? this.open(state, { kind, provider, of: me.row, undoes: true }) : before;
    me.again = before !== -1;
    me.at = 'op-send';
  }

  private report(state: State, index: number, { status, failure, told }: Answer): Row {
    const row = state.rows[index]!;
    const news = this.rules.afterReport(row, { status, failure });
    if (news === undefined) return row;
    const after: Row = { ...row, ...news, answered: row.answered || told };
    const other = this.inTheWay(state) !== -1;
    if (this.rules.comesTooLate(row, after, other)) after.disposition = 'stranded';
    this.save(state, index, after);
    return after;
  }

  /** With the unique indexes of the table. */
  private save(state: State, index: number, row: Row): void {
    const blocks = (of: Row) => this.rules.blocksOthers(of.status, of.disposition);
    const changes = row.kind === 'capture' || row.kind === 'void';
    const taken = state.rows.some(
      (other, at) =>
        at !== index &&
        blocks(other) &&
        blocks(row) &&
        (row.kind === 'authorize'
          ? other.kind === 'authorize'
          : changes &&
            !row.undoes &&
            !other.undoes &&
            other.of === row.of &&
            (other.kind === 'capture' || other.kind === 'void')),
    );
    if (taken) throw new InTheWay();
    state.rows[index] = row;
  }

  private inTheWay(state: State): number {
    return state.rows.findIndex(
      ({ kind, status, disposition }) => kind === 'authorize' && this.rules.blocksOthers(status, disposition),
    );
  }

  private isBusy(state: State, payment: number): boolean {
    return state.rows.some(
      ({ kind, of, undoes, status, disposition }) =>
        (kind === 'capture' || kind === 'void') &&
        !undoes &&
        of === payment &&
        this.rules.blocksOthers(status, disposition),
    );
  }

  private undoing(state: State, index: number): number {
    return state.rows.findLastIndex(
      ({ undoes, of, status, disposition }) =>
        undoes && of === index && this.rules.blocksOthers(status, disposition),
    );
  }

  /** What was to be taken back is taken back. */
  private endUndone(state: State, index: number): void {
    const { of } = state.rows[index]!;
    if (state.rows[of]!.disposition === 'stranded') state.rows[of]!.disposition = 'returned';
    else this.report(state, of, { status: 'cancelled', failure: null, told: false });
    state.rows[index]!.disposition = 'applied';
  }

  // --- core ----------------------------------------------------------------------------------------------------------

  private paymentOf({ order }: State, row: number): CorePayment | undefined {
    return order.payments.find(payment => payment.row === row);
  }

  /** @returns whether the order has taken the payment now */
  private addPayment(state: State, index: number): boolean {
    const row = state.rows[index]!;
    if (!this.rules.mayBeTold(row, this.undoing(state, index) !== -1)) return false;
    if (!movedMoney(row.status)) {
      if (!state.order.paid) row.disposition = 'applied';
      return false;
    }
    if (state.order.paid || row.amount !== state.order.sum) {
      row.disposition = 'stranded';
      return false;
    }
    state.order.paid = true;
    state.order.payments.push({ row: index, state: row.status === 'succeeded' ? 'Settled' : 'Authorized' });
    row.disposition = 'applied';
    return true;
  }

  /** @returns whether it was told now */
  private tellCore(state: State, index: number): boolean {
    const row = state.rows[index]!;
    if (!this.rules.mayBeTold(row, false)) return false;
    const payment = this.paymentOf(state, row.of);
    if (payment?.state === 'Authorized' && row.status === 'succeeded') {
      payment.state = row.kind === 'capture' ? 'Settled' : 'Cancelled';
    }
    row.disposition = 'applied';
    return true;
  }
}

/**
 * Whether the process that has opened a row is busy with its call. Others wait for longer than that may take (`graceMs`).
 * For authorizations the model does without this, as if a process could stand still for any time.
 */
function isAtWork({ actors }: State, row: number): boolean {
  return actors.some(({ op, at, again }) => op === row && !again && (at === 'op-send' || at === 'op-report'));
}

/** Whether the provider waits for the shopper, as the shop knows: there is nothing to find out. */
function waits({ rows, held }: State, index: number): boolean {
  return rows[index]!.status === 'pending' && held[index]?.state === 'pending';
}

type May = (name: string, change: (next: State, me: Actor) => void) => void;

/** What nobody asks for any more would make states differ that are alike. */
function forget(me: Actor): void {
  if (!me.at.includes('report') && me.at !== 'failover') me.answer = null;
  if (me.at !== 'step') me.known = null;
  if (!['op-send', 'op-report', me.then].includes(me.at))
    Object.assign(me, { op: -1, again: false, then: '' });
  if (['look-again', 'looked', 'choose'].includes(me.at)) me.back = 'done';
}

function answerOf({ state, captured }: Held): Answer {
  const status = state === 'succeeded' && captured === 0 ? 'authorized' : state;
  return { status, failure: null, told: !isUndecided(status) };
}

// --- what must hold ----------------------------------------------------------------------------------------------------

/** What is wrong with one step; nothing where all is well. */
export function wrongStep(before: State, after: State): string | undefined {
  for (const [index, row] of before.rows.entries()) {
    const now = after.rows[index]!;
    const what = `attempt ${index} went from ${row.status}/${row.disposition} to ${now.status}/${now.disposition}`;
    if (row.status === 'succeeded' && now.status !== 'succeeded') return what;
    if (movedMoney(row.status) && (isUndecided(now.status) || now.status === 'failed')) return what;
    if (row.status === 'cancelled' && now.status !== 'cancelled' && now.status !== 'succeeded') return what;
    const found = row.failureCode === statuses.NEVER_ARRIVED && now.status !== 'open';
    if (row.status === 'failed' && now.status !== 'failed' && !found) return what;
    if (row.disposition === 'returned' && now.disposition !== 'returned') return what;
    if (row.disposition === 'applied' && now.disposition !== 'applied') return what;
    if (row.disposition === 'stranded' && !['stranded', 'returned'].includes(now.disposition)) return what;
  }
  for (const { after: first } of after.rows) {
    if (first === -1) continue;
    if (after.held[first] != null || after.wire.includes(first)) {
      return `another provider was asked, though ${first} reached the first`;
    }
  }
  for (const [index, { kind }] of after.rows.slice(before.rows.length).entries()) {
    if (kind !== 'authorize') continue;
    const charged = before.rows.findIndex(
      (row, other) => mayHaveMoney(before, other) && !isKnownToBeLost(row),
    );
    if (charged !== -1)
      return `attempt ${before.rows.length + index} begins, though ${charged} has the money`;
  }
  const paid = after.order.payments.filter(({ state }) => state !== 'Cancelled');
  if (paid.length > 1) return 'the order is paid twice';
  return undefined;
}

/** Whether the provider has money of the order by this attempt, or may get it. */
function mayHaveMoney({ rows, held, wire }: State, row: number): boolean {
  const account = held[row];
  if (account == null) return rows[row]!.kind === 'authorize' && wire.includes(row);
  return account.state === 'authorized' || account.captured > account.refunded;
}

/** Nobody could know of the money (yet), or everybody knows that it goes back. */
function isKnownToBeLost({ status, failureCode, disposition }: Row): boolean {
  return disposition === 'stranded' || (status === 'failed' && failureCode === statuses.NEVER_ARRIVED);
}

/** What is wrong when everything has come to rest; nothing where all is well. */
export function wrongAtRest(state: State, blocksOthers: Rules['blocksOthers']): string | undefined {
  const { rows, held, order } = state;
  for (const [index, account] of held.entries()) {
    if (account === null || account === undefined) continue;
    const kept = account.captured > account.refunded;
    const reserved = account.state === 'authorized';
    const payment = order.payments.find(({ row }) => row === index);
    const expected = kept ? 'Settled' : reserved ? 'Authorized' : undefined;
    const said = payment?.state === 'Cancelled' ? undefined : payment?.state;
    if (said !== expected) {
      return `the provider has ${expected ?? 'nothing'} of ${index}, and the order says ${said ?? 'nothing'}`;
    }
  }
  if (order.paid !== order.payments.length > 0) return 'an order is placed without a payment';
  const open = rows.findIndex(
    ({ status, disposition }, index) => blocksOthers(status, disposition) && !waits(state, index),
  );
  if (open !== -1) return `attempt ${open} keeps others away for good`;
  return undefined;
}
