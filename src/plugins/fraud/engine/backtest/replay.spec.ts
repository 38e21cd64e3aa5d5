import * as fc from 'fast-check';
import { DEFAULT_SETTINGS, type Assessment, type Engine, type ScoringModel } from '../../types';
import { assess } from '../assess';
import { engineOf, entityHistory, historyOf, plainLists, rule, transactionOf } from '../scoring.fixture';
import { replay, type PastDecision } from './replay';
import { Tally } from './tally';

const model = (points: number): ScoringModel => ({
  version: 'm',
  categories: [],
  weights: { rules: 0.7, velocity: 0.4, device: 0.9 },
  score: ({ amount = 0 }) => ({ probability: 0, points: amount > 50 ? points : points / 2, reasons: [] }),
});

/** As it comes back from the database. */
const kept = (said: Assessment, at: number): PastDecision =>
  JSON.parse(
    JSON.stringify({
      at,
      signals: said.signals,
      parts: said.parts,
      hits: said.rules,
      features: said.features,
      units: said.units,
      recommendation: said.recommendation,
    }),
  ) as PastDecision;

const anyEngine = fc
  .record({
    weights: fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 3 }),
    actions: fc.array(fc.constantFrom('allow', 'review', 'block', null), { minLength: 3, maxLength: 3 }),
    points: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
    allowed: fc.boolean(),
    own: fc.boolean(),
  })
  .map(({ weights, actions, points, allowed, own }): Engine =>
    engineOf({
      ruleSet: {
        version: 1,
        rules: weights.map((weight, index) =>
          rule({
            id: String(index),
            weight,
            action: actions[index] ?? null,
            expiresAt: index === 2 ? 1 : null,
            when: {
              match: 'any',
              members: [
                { field: 'order.amount', operator: 'greater_than', value: 40 * index },
                { field: 'velocity.customer.attempts.24h', operator: 'greater_than', value: 5 },
              ],
            },
          }),
        ),
      },
      lists: plainLists({ allow: allowed ? ['a@b.io'] : [] }),
      model: points === null ? null : model(points),
      settings: {
        ...DEFAULT_SETTINGS,
        partWeights: own ? { rules: 0.2, velocity: 1, device: 0.5 } : null,
      },
    }),
  );
const anyCase = fc.tuple(fc.double({ min: 0, max: 200, noNaN: true }), fc.nat({ max: 12 }));

const said = (engine: Engine, [amount, attempts]: [number, number]) => {
  const transaction = transactionOf({ 'order.amount': amount, 'email.address': 'a@b.io' });
  const history = historyOf({ customer: entityHistory({ '24h': { attempts } }) });
  return { assessment: assess(transaction, history, engine), at: transaction.at };
};

describe('replay', () => {
  it('says what live scoring says, whatever is tested', () => {
    fc.assert(
      fc.property(
        anyEngine,
        anyEngine,
        anyCase,
        fc.boolean(),
        fc.boolean(),
        (then, other, what, rules, models) => {
          const past = said(then, what);
          const tested: Engine = {
            ...then,
            ruleSet: rules ? other.ruleSet : then.ruleSet,
            model: models ? other.model : then.model,
          };
          const { units, recommendation, override, contributions } = said(tested, what).assessment;
          const replayed = replay(kept(past.assessment, past.at), {
            ruleSet: rules ? tested.ruleSet : null,
            lists: then.lists,
            settings: then.settings,
            ...(models ? { model: tested.model } : {}),
          });
          expect(replayed).toMatchObject({ units, recommendation, override, contributions });
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('Tally', () => {
  it('counts what changes, and what it costs', () => {
    const tally = new Tally([rule({ id: 'r', name: 'R' })]);
    const add = (then: 'approve' | 'decline', now: 'approve' | 'decline', fraud: boolean | null) =>
      tally.add({
        decisionId: '1',
        orderId: '1',
        at: new Date(0),
        baseAmount: 100,
        amount: 100,
        currencyCode: 'USD',
        fraud,
        then: { units: 0, recommendation: then },
        now: {
          units: now === 'approve' ? 0 : 900_000,
          recommendation: now,
          override: now === 'decline' ? { kind: 'block_rule', source: 'r' } : null,
          hits: now === 'decline' ? [{ ruleId: 'r', shadow: false, weight: 0, action: 'block' }] : [],
        },
        unknown: false,
      });
    add('approve', 'decline', true);
    add('approve', 'decline', false);
    add('approve', 'approve', true);
    add('decline', 'decline', null);
    const { then, now, changed, rules, examples, cells } = tally.result();
    expect(changed).toBe(2);
    expect(examples).toHaveLength(2);
    expect(cells.map(cell => [cell.then, cell.now, cell.all.attempts])).toEqual([
      ['approve', 'approve', 1],
      ['approve', 'decline', 2],
      ['decline', 'decline', 1],
    ]);
    expect([then.fraudsCaught.attempts, now.fraudsCaught.attempts]).toEqual([0, 1]);
    expect([then.goodLost.amount, now.goodLost.amount]).toEqual([0, 100]);
    expect(rules[0]).toMatchObject({
      fired: { attempts: 3 },
      decided: { attempts: 3 },
      fraud: { amount: 100 },
    });
  });

  it('keeps 50 examples, of each kind of change some', () => {
    const tally = new Tally([]);
    for (let index = 0; index < 1_000; index += 1) {
      tally.add({
        decisionId: String(index),
        orderId: '1',
        at: new Date(index * 1_000),
        baseAmount: null,
        amount: 1,
        currencyCode: 'USD',
        fraud: null,
        then: { units: 0, recommendation: 'approve' },
        now: { units: 1, recommendation: index === 3 ? 'decline' : 'review', override: null, hits: [] },
        unknown: false,
      });
    }
    const { examples } = tally.result();
    expect(examples).toHaveLength(50);
    expect(examples[0]?.decisionId).toBe('999');
    expect(examples.at(-1)?.decisionId).toBe('3');
  });
});
