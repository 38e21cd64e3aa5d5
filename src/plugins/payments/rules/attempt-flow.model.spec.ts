import * as fc from 'fast-check';
import {
  begin,
  PaymentsModel,
  SHOP_RULES,
  wrongAtRest,
  wrongStep,
  type Rules,
  type Setting,
  type State,
} from './attempt-flow.fixture';

interface Explored {
  readonly states: number;
  /** What is wrong, after the steps that lead there; nothing where all is well. */
  readonly wrong?: string;
}

/** Actors of the same kind are alike. */
const keyOf = (state: State) =>
  JSON.stringify({ ...state, actors: state.actors.map(actor => JSON.stringify(actor)).sort() });

/** What is wrong with a shop that is left alone from here on. */
function wrongInTheEnd(model: PaymentsModel, state: State, rules: Rules): string | undefined {
  const rest = model.rest(state);
  return rest === undefined ? 'it never comes to rest' : wrongAtRest(rest, rules.blocksOthers);
}

/** Every order of everything that can happen. */
function explore(setting: Setting, rules: Rules = SHOP_RULES): Explored {
  const model = new PaymentsModel(setting, rules);
  const seen = new Set<string>();
  const ends = new Map<string, string | undefined>();
  const path: string[] = [];

  // Many states of the search differ in nothing that matters once the shop is left alone.
  const endOf = (state: State) => {
    const { rows, held, answers, order } = state;
    const key = JSON.stringify([rows, held, answers, order]);
    if (!ends.has(key)) ends.set(key, wrongInTheEnd(model, state, rules));
    return ends.get(key);
  };
  const visit = (state: State): string | undefined => {
    const key = keyOf(state);
    if (seen.has(key)) return undefined;
    seen.add(key);
    const end = model.isQuiet(state) ? endOf(state) : undefined;
    if (end !== undefined) return [...path, end].join('\n');
    for (const { name, state: next } of model.events(state)) {
      path.push(name);
      const wrong = wrongStep(state, next);
      const found = wrong === undefined ? visit(next) : [...path, wrong].join('\n');
      path.pop();
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const wrong = visit(begin(setting));
  return wrong === undefined ? { states: seen.size } : { states: seen.size, wrong };
}

/** Each small enough for every order of every step, and with something of its own in it. */
const SETTINGS = {
  'two requests that pay one order': {
    actors: ['pay', 'pay', 'look'],
    takes: 'at once',
    faults: 2,
    crashes: 1,
  },
  'a request that comes late, and looks in vain': {
    actors: ['pay', 'look', 'look', 'look'],
    takes: 'at once',
    faults: 3,
    crashes: 0,
  },
  'a look and a message about one payment': {
    actors: ['pay', 'look', 'hook'],
    takes: 'at once',
    faults: 2,
    crashes: 0,
  },
  'an order that is changed meanwhile': {
    actors: ['pay', 'change', 'look', 'hook'],
    takes: 'at once',
    faults: 1,
    crashes: 0,
  },
  'two payments that are reserved, and then captured': {
    actors: ['pay', 'pay', 'look'],
    takes: 'in two steps',
    faults: 1,
    crashes: 1,
  },
  'a capture that is lost and found': {
    actors: ['pay', 'look', 'look'],
    takes: 'in two steps',
    faults: 2,
    crashes: 0,
  },
  'staff who capture and void the same payment': {
    actors: ['pay', 'capture', 'void', 'look'],
    takes: 'by staff',
    faults: 1,
    crashes: 1,
  },
  'a payment that is confirmed while another one is made': {
    actors: ['pay', 'confirm', 'pay', 'look'],
    takes: 'at once',
    faults: 1,
    crashes: 0,
  },
  'a reservation that is confirmed while another one is made': {
    actors: ['pay', 'confirm', 'pay', 'hook'],
    takes: 'by staff',
    faults: 1,
    crashes: 0,
  },
} satisfies Record<string, Setting>;
type Name = keyof typeof SETTINGS;

describe('in every order of the steps of', () => {
  it.each(Object.entries<Setting>(SETTINGS))('%s, the money stays right', (_, setting) => {
    const { states, wrong } = explore(setting);
    expect(wrong).toBeUndefined();
    // There was something to explore.
    expect(states).toBeGreaterThan(2_000);
  });
});

/** Each a mistake that a shop could make, and the setting that shows it. */
const MISTAKES: [string, Name, Partial<Rules>][] = [
  [
    'asks another provider when nobody knows what the first has done',
    'two requests that pay one order',
    { mayAskAnother: ({ status }) => status === 'failed' || status === 'unknown' },
  ],
  [
    'asks another provider for what was paid meanwhile',
    'two requests that pay one order',
    { isStillDue: () => true },
  ],
  [
    'lets a payment begin beside one of which nobody knows',
    'two requests that pay one order',
    {
      blocksOthers: (status, disposition) =>
        status !== 'unknown' && SHOP_RULES.blocksOthers(status, disposition),
    },
  ],
  ['keeps nobody away', 'two requests that pay one order', { blocksOthers: () => false }],
  [
    'writes an attempt back as a look has found it',
    'two requests that pay one order',
    { looksWriteWhatIs: false },
  ],
  [
    'believes the last word',
    'two requests that pay one order',
    {
      afterReport: (_, { status, failure }) => ({ status, failureCode: failure?.code ?? null, looks: 0 }),
    },
  ],
  [
    'forgets what has not arrived',
    'two requests that pay one order',
    {
      nextLookMs: (attempt, looks) =>
        SHOP_RULES.hasNotArrived(attempt) ? null : SHOP_RULES.nextLookMs(attempt, looks),
    },
  ],
  ['keeps what no order takes', 'two requests that pay one order', { wayBack: () => undefined }],
  [
    'voids what was taken',
    'two requests that pay one order',
    { wayBack: attempt => (SHOP_RULES.wayBack(attempt) === undefined ? undefined : 'void') },
  ],
  [
    'takes silence for an answer',
    'a request that comes late, and looks in vain',
    { looksAfter: (_, { looks }) => looks + 1 },
  ],
  [
    'takes a refusal for the end of what was asked for before',
    'a capture that is lost and found',
    { saysNothing: () => false },
  ],
  [
    'has no way for money that comes while another payment waits',
    'a payment that is confirmed while another one is made',
    { comesTooLate: () => false },
  ],
  [
    'tells an order of what is being taken back',
    'a reservation that is confirmed while another one is made',
    { mayBeTold: attempt => SHOP_RULES.mayBeTold(attempt, false) },
  ],
  [
    'takes back what an order has',
    'a reservation that is confirmed while another one is made',
    { mayBeAbandoned: () => true },
  ],
];

describe('a shop is found out that', () => {
  it.each(MISTAKES)('%s', (_, setting, mistake) => {
    expect(explore(SETTINGS[setting], { ...SHOP_RULES, ...mistake }).wrong).toBeDefined();
  });
});

it('much that happens at once leaves the money right too', () => {
  const anything = fc.record({
    setting: fc.record({
      actors: fc.shuffledSubarray(
        [
          ...(['pay', 'pay', 'pay', 'change', 'confirm', 'confirm', 'capture', 'void'] as const),
          ...(['look', 'look', 'look', 'look', 'hook', 'hook', 'hook'] as const),
        ],
        { minLength: 6 },
      ),
      takes: fc.constantFrom('at once', 'in two steps', 'by staff'),
      faults: fc.nat({ max: 8 }),
      crashes: fc.nat({ max: 3 }),
    }),
    choices: fc.array(fc.nat({ max: 1_000_000 }), { minLength: 150, maxLength: 150, size: 'max' }),
  });
  fc.assert(
    fc.property(anything, ({ setting, choices }) => {
      const model = new PaymentsModel(setting);
      let state = begin(setting);
      const path: string[] = [];
      for (const choice of choices) {
        const events = model.events(state);
        if (events.length === 0) break;
        const { name, state: next } = events[choice % events.length]!;
        path.push(name);
        const wrong = wrongStep(state, next);
        if (wrong !== undefined) throw new Error([...path, wrong].join('\n'));
        state = next;
      }
      if (!model.isQuiet(state)) return;
      const wrong = wrongInTheEnd(model, state, SHOP_RULES);
      if (wrong !== undefined) throw new Error([...path, wrong].join('\n'));
    }),
    { seed: 20_261_123, numRuns: 500 },
  );
});
