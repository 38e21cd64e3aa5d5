import {
  caseState,
  dueText,
  factsText,
  linksText,
  outcomeState,
  overrideText,
  percent,
  personName,
  points,
  reasonName,
} from './fraud-text';

const now = Date.parse('2026-03-01T12:00:00Z');

describe('when a case is due', () => {
  it.each([
    ['2026-03-01T11:30:00Z', 'error', '30 min overdue'],
    ['2026-02-27T12:00:00Z', 'error', '2 d overdue'],
    ['2026-03-01T13:59:00Z', 'warning', 'in 1 h'],
    ['2026-03-01T14:00:00Z', 'neutral', 'in 2 h'],
    ['2026-03-03T13:00:00Z', 'neutral', 'in 2 d'],
  ])('%s is %s: %s', (dueAt, tone, text) => {
    expect(dueText(dueAt, now)).toEqual({ tone, text });
  });
});

describe('how a case stands', () => {
  const open = { status: 'open' as const, closedBecause: null, problem: null };

  it('tells a failed decision from a case that waits', () => {
    expect(caseState(open).text).toBe('Open');
    expect(caseState({ ...open, problem: 'the provider is silent' })).toEqual({
      tone: 'error',
      text: 'Decision failed',
    });
  });

  it('says why one closed by itself', () => {
    const closed = caseState({ ...open, status: 'closed', closedBecause: 'payment_captured' });
    expect(closed.text).toBe('Closed: the payment was captured elsewhere');
  });
});

it('names reasons by what is known of them', () => {
  expect(reasonName({ code: 'velocity.failures_6h', name: null })).toBe('Failed attempts in 6 hours');
  expect(reasonName({ code: 'velocity', name: null })).toBe('As a whole');
  expect(reasonName({ code: 'rule:7', name: 'Large orders' })).toBe('Large orders');
  expect(reasonName({ code: 'rule:large_orders', name: null })).toBe('large orders');
  expect(reasonName({ code: 'model:email.entropy', name: null })).toBe('email.entropy');
});

it('writes facts, points and parts of a whole', () => {
  expect(factsText({ count: 12, country: 'DE', known: false })).toBe('count 12, country DE, known no');
  expect(factsText(null)).toBe('');
  expect([points(41.25), points(0.0001), points(70)]).toEqual(['41.25', '0.0001', '70']);
  expect([percent(0.1234), percent(null), percent(1)]).toEqual(['12.3 %', '–', '100 %']);
});

it('says what decided in place of the score', () => {
  expect(overrideText({ kind: 'block_list', source: '3', name: 'block' })).toBe(
    'Declined by the list “block”',
  );
  expect(overrideText({ kind: 'allow_rule', source: 'vip', name: null })).toBe('Approved by the rule “vip”');
  expect(overrideText({ kind: 'ceiling', source: 'allow', name: null })).toContain('above 80');
});

it('says what orders have in common, and what became of them', () => {
  expect(linksText(['card', 'email'])).toBe('same card, e-mail address');
  expect(outcomeState(true, 'dispute')).toEqual({ tone: 'error', text: 'Fraud (a dispute)' });
  expect(outcomeState(false, null)).toEqual({ tone: 'success', text: 'Good' });
  expect(outcomeState(null, null)).toBeUndefined();
});

it('names people, and the shop where nobody did it', () => {
  const person = { id: '1', firstName: 'Cleo', lastName: 'Clerk', emailAddress: 'cleo@shop.example' };
  expect(personName(person)).toBe('Cleo Clerk');
  expect(personName({ ...person, firstName: '', lastName: '' })).toBe('cleo@shop.example');
  expect(personName(null)).toBe('the shop');
});
