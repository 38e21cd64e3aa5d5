import fc from 'fast-check';
import { LABEL_SOURCES } from '../types';
import { disputeSays, namesFraud, outcomeOf, type Statement } from './labels';

const said = (over: Partial<Statement>): Statement => ({
  source: 'dispute',
  reference: 'dp-1',
  verdict: 'fraud',
  final: false,
  knownAt: 1,
  ...over,
});

const statement = fc.record<Statement>({
  source: fc.constantFrom(...LABEL_SOURCES),
  reference: fc.constantFrom('a', 'b'),
  verdict: fc.constantFrom('fraud', 'good', 'withdrawn'),
  final: fc.boolean(),
  knownAt: fc.integer({ min: 0, max: 5 }),
});
const statements = fc.array(statement, { maxLength: 12 });

describe('what became of an attempt', () => {
  it('does not depend on the order in which it was heard, nor on hearing it twice', () => {
    fc.assert(
      fc.property(
        statements.chain(all =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
          ),
        ),
        ([all, shuffled]) => {
          expect(outcomeOf(shuffled)).toEqual(outcomeOf(all));
        },
      ),
    );
  });

  it('is what the strongest source says that says anything', () => {
    fc.assert(
      fc.property(statements, all => {
        const outcome = outcomeOf(all);
        const own = LABEL_SOURCES.map(source => outcomeOf(all.filter(one => one.source === source)));
        expect(outcome).toEqual(own.find(one => one !== null) ?? null);
      }),
    );
  });

  it('is nothing where nothing was said, or all was withdrawn', () => {
    expect(outcomeOf([])).toBeNull();
    expect(outcomeOf([said({}), said({ verdict: 'withdrawn', knownAt: 2 })])).toBeNull();
  });

  it('leaves a dispute that staff call good a fraud, and lets them refute a warning', () => {
    const good = said({ source: 'staff', reference: 'staff', verdict: 'good', knownAt: 9 });
    expect(outcomeOf([said({}), good])).toEqual({ fraud: true, source: 'dispute', knownAt: 1 });
    expect(outcomeOf([said({ source: 'fraud_warning' }), good])).toEqual({
      fraud: false,
      source: 'staff',
      knownAt: 9,
    });
  });

  it('falls back to the next source once a dispute is won', () => {
    const matured = said({ source: 'matured', reference: 'matured', verdict: 'good', knownAt: 3 });
    const won = said({ verdict: 'withdrawn', final: true, knownAt: 7 });
    expect(outcomeOf([said({}), matured, won])).toEqual({ fraud: false, source: 'matured', knownAt: 3 });
  });

  it('is not changed by a message that was on its way when the dispute was closed', () => {
    const won = said({ verdict: 'withdrawn', final: true, knownAt: 7 });
    expect(outcomeOf([won, said({ knownAt: 8 })])).toBeNull();
  });

  it('is fraud as long as one of two disputes says so', () => {
    const won = said({ verdict: 'withdrawn', final: true, knownAt: 7 });
    expect(outcomeOf([said({}), won, said({ reference: 'dp-2', knownAt: 4 })])).toEqual({
      fraud: true,
      source: 'dispute',
      knownAt: 4,
    });
  });

  it('is what staff said last, in a case or without one', () => {
    const inCase = said({ source: 'staff', reference: 'case-1' });
    const later = said({ source: 'staff', reference: 'by-hand', verdict: 'good', knownAt: 2 });
    expect(outcomeOf([inCase, later])).toEqual({ fraud: false, source: 'staff', knownAt: 2 });
  });

  it('is known since it was first said without a break', () => {
    expect(outcomeOf([said({}), said({ knownAt: 5 }), said({ final: true, knownAt: 9 })])?.knownAt).toBe(1);
    const again = [said({}), said({ verdict: 'withdrawn', knownAt: 2 }), said({ knownAt: 6 })];
    expect(outcomeOf(again)?.knownAt).toBe(6);
  });
});

describe('a dispute', () => {
  it.each([
    ['fraudulent', 'needs_response', { verdict: 'fraud', final: false }],
    ['fraudulent', 'under_review', { verdict: 'fraud', final: false }],
    ['Fraudulent', 'lost', { verdict: 'fraud', final: true }],
    ['fraudulent', 'won', { verdict: 'withdrawn', final: true }],
    ['product_not_received', 'lost', null],
    ['unrecognized', 'needs_response', null],
  ] as const)('for %s that is %s', (reason, status, says) => {
    expect(disputeSays(reason, status)).toEqual(says);
  });
});

describe("a refund's reason", () => {
  it.each([
    ['fraud', true],
    ['Suspected FRAUD, card stolen', true],
    ['fraudulent order', true],
    ['Betrugsverdacht', true],
    ['betrügerische Bestellung', true],
    ['not fraud, changed mind', false],
    ['no sign of fraud', true],
    ['this is not a fraud', false],
    ['Kein Betrug', false],
    ['antifraud check', false],
    ['size does not fit', false],
    ['', false],
    [null, false],
  ])('%p: %p', (reason, fraud) => {
    expect(namesFraud(reason)).toBe(fraud);
  });
});
