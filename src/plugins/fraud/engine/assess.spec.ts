import * as fc from 'fast-check';
import {
  DEFAULT_SETTINGS,
  type Engine,
  type FraudSettings,
  type Lists,
  type Rule,
  type ScoringModel,
  type Signals,
} from '../types';
import { assess } from './assess';
import { engineOf, entityHistory, historyOf, plainLists, rule, transactionOf } from './scoring.fixture';

const model = (points: number, weights = { rules: 1, velocity: 1, device: 1 }): ScoringModel => ({
  version: 'm1',
  categories: [],
  weights,
  score: () => ({
    probability: points / 100,
    points,
    reasons: [{ code: 'model:amount', points, facts: {} }],
  }),
});

const judged = (
  signals: Signals,
  engine: Partial<Engine>,
  history = historyOf({ customer: entityHistory() }),
) => assess(transactionOf({ 'order.amount': 50, ...signals }), history, engineOf(engine));

const rules = (...set: Rule[]) => ({ ruleSet: { version: 1, rules: set } });
const settings = (changes: Partial<FraudSettings>) => ({ settings: { ...DEFAULT_SETTINGS, ...changes } });

describe('assess', () => {
  it('adds up exactly, and shows each part', () => {
    const history = historyOf({ customer: entityHistory({ '24h': { attempts: 11 } }) });
    const result = judged(
      { 'device.spoofed': true },
      { ...rules(rule({ weight: 20 })), model: model(10) },
      history,
    );
    expect(result.parts.map(({ part, score }) => [part, score])).toEqual([
      ['rules', 20],
      ['velocity', 30],
      ['device', 30],
      ['model', 10],
    ]);
    expect(result.units).toBe(Math.round((1 - 0.8 * 0.7 * 0.7 * 0.9) * 1e6));
    expect(result.contributions.reduce((sum, { units }) => sum + units, 0)).toBe(result.units);
    expect(result.signals['velocity.customer.attempts.24h']).toBe(11);
    expect(result.recommendation).toBe('review');
  });

  it.each([
    [29.9999, 'approve'],
    [30, 'review'],
    [69.9999, 'review'],
    [70, 'decline'],
  ])('recommends at %d points to %s', (weight, recommendation) => {
    expect(judged({}, rules(rule({ weight })))).toMatchObject({ recommendation, override: null });
  });

  it('says which part is missing, and goes on', () => {
    const broken: ScoringModel = {
      ...model(0, { rules: 0, velocity: 0, device: 0 }),
      score: () => {
        throw new Error('corrupt');
      },
    };
    const result = judged({}, { ...rules(rule({ weight: 40 })), model: broken });
    expect(result.parts[3]).toMatchObject({ score: null, missing: 'failed: corrupt' });
    // What the model has learned of the others counts beside it only.
    expect(result.units).toBe(400_000);
    expect(judged({}, {}).parts[3]?.missing).toBe('no model yet');
    const nan = judged(
      {},
      { model: { ...model(0), score: () => ({ probability: 0, points: NaN, reasons: [] }) } },
    );
    expect(nan.parts[3]?.missing).toBe('failed: its score is NaN');
  });

  it('goes on without the rules when these fail', () => {
    const lists: Lists = {
      version: 1,
      has: () => {
        throw new Error('lost');
      },
    };
    const listRule = rule({
      when: { match: 'all', members: [{ field: 'order.amount', operator: 'in_list', value: 'x' }] },
    });
    const result = judged({ 'email.address': 'a@b.c' }, { ...rules(listRule), lists });
    expect(result.parts[0]).toMatchObject({ score: null, missing: 'failed: lost' });
    expect(result.parts[1]?.score).toBe(0);
    expect(result.rules).toEqual([]);
  });

  it('weighs by the settings, else by the model', () => {
    const learned = model(0, { rules: 0.5, velocity: 1, device: 1 });
    expect(judged({}, { ...rules(rule({ weight: 40 })), model: learned }).units).toBe(200_000);
    const set = settings({ partWeights: { rules: 0.25, velocity: 1, device: 1 } });
    expect(judged({}, { ...rules(rule({ weight: 40 })), model: learned, ...set }).units).toBe(100_000);
  });
});

describe('what overrides the score', () => {
  const card = { 'payment.fingerprint': 'fp_1' };

  it('declines what a block rule or list has, also above an allow', () => {
    const allow = rule({ id: 'allow', action: 'allow' });
    const block = rule({ id: 'block', action: 'block' });
    expect(judged({}, rules(allow, block))).toMatchObject({
      recommendation: 'decline',
      override: { kind: 'block_rule', source: 'block' },
    });
    const lists = plainLists({ block: ['fp_1'], allow: ['fp_1'] });
    expect(judged(card, { lists, ...rules(allow) })).toMatchObject({
      recommendation: 'decline',
      override: { kind: 'block_list', source: 'block' },
    });
  });

  it('approves what an allow list or rule has, up to 80 points', () => {
    const lists = plainLists({ allow: ['fp_1'] });
    const withScore = (weight: number) => judged(card, { lists, ...rules(rule({ weight })) });
    expect(withScore(80)).toMatchObject({
      recommendation: 'approve',
      override: { kind: 'allow_list', source: 'allow' },
    });
    expect(withScore(80.0001)).toMatchObject({
      recommendation: 'decline',
      override: { kind: 'ceiling', source: 'allow' },
    });
    expect(judged({}, rules(rule({ id: 'vip', weight: 75, action: 'allow' })))).toMatchObject({
      recommendation: 'approve',
      override: { kind: 'allow_rule', source: 'vip' },
    });
  });

  it('has at least a review where a rule says so', () => {
    const reviewed = (weight: number) => judged({}, rules(rule({ id: 'look', weight, action: 'review' })));
    expect(reviewed(0)).toMatchObject({
      recommendation: 'review',
      override: { kind: 'review_rule', source: 'look' },
    });
    expect(reviewed(50)).toMatchObject({ recommendation: 'review', override: null });
    expect(reviewed(70)).toMatchObject({ recommendation: 'decline', override: null });
  });

  it('does nothing by a rule in shadow', () => {
    for (const action of ['allow', 'review', 'block'] as const) {
      expect(judged({}, rules(rule({ shadow: true, action, weight: 99 })))).toMatchObject({
        units: 0,
        recommendation: 'approve',
        override: null,
      });
    }
  });

  it.each([
    [99.99, 'review', 'approve'],
    [100, 'review', 'review'],
    [100, 'block', 'decline'],
    [null, 'review', 'review'],
  ] as const)('decides about %d that nothing is known of (%s): %s', (amount, failClosed, recommendation) => {
    const lost: Lists = {
      version: 1,
      has: () => {
        throw new Error('lost');
      },
    };
    const when: Rule['when'] = { match: 'all', members: [{ field: 'x', operator: 'in_list', value: 'x' }] };
    const result = assess(
      transactionOf({ x: 1 }, { amount }),
      historyOf(),
      engineOf({ ...rules(rule({ when })), lists: lost, ...settings({ failOpenBelow: 100, failClosed }) }),
    );
    expect(result.parts.map(({ score }) => score)).toEqual([null, null, null, null]);
    expect(result).toMatchObject({ units: 0, recommendation, override: { kind: 'fail_limit' } });
  });

  const anyRule = fc.record({
    weight: fc.double({ min: 0, max: 100, noNaN: true }),
    action: fc.constantFrom('allow', 'review', 'block', null),
    shadow: fc.boolean(),
  });

  it('never lifts a score above 80, and always declines what is blocked', () => {
    fc.assert(
      fc.property(
        fc.array(anyRule, { maxLength: 5 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.boolean(),
        fc.boolean(),
        (set, points, allow, block) => {
          const lists = plainLists({ allow: allow ? ['fp_1'] : [], block: block ? ['fp_1'] : [] });
          const result = judged(card, {
            lists,
            model: model(points),
            ...rules(...set.map((changes, index) => rule({ ...changes, id: String(index) }))),
          });
          const blocked = block || set.some(({ action, shadow }) => action === 'block' && !shadow);
          if (result.units > 800_000 || blocked) expect(result.recommendation).toBe('decline');
          expect(result.contributions.reduce((sum, { units }) => sum + units, 0)).toBe(result.units);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the lists allow and block', () => {
  it.each([
    ['email.address', 'eve@evil.org', 'eve@evil.org'],
    ['email.domain', 'evil.org', 'evil.org'],
    ['ip.address', '192.0.2.1', '192.0.2.1'],
    ['device.fingerprint', 'd-77', 'd-77'],
    ['payment.fingerprint', 'fp_1', 'fp_1'],
    ['customer.id', '12', '12'],
    ['device.fingerprint', '12', 'device:12'],
  ])('find %s %s by %s', (field, value, entry) => {
    expect(judged({ [field]: value }, { lists: plainLists({ block: [entry] }) }).recommendation).toBe(
      'decline',
    );
  });

  it.each(['12', 'vip@example.com', 'example.com', '192.0.2.1', '2001:db8::1'])(
    'do not take a device that calls itself %s for it',
    fingerprint => {
      const lists = plainLists({ allow: [fingerprint] });
      expect(judged({ 'device.fingerprint': fingerprint }, { lists }).override).toBeNull();
    },
  );
});
