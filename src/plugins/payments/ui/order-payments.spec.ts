import { isUnderWay, orderPayments, owed } from './order-payments';
import { attempt, order, payment } from './order-payments.fixture';

const refund = (total: number, state = 'Settled', released = false) => ({
  id: `${total}-${state}`,
  total,
  state,
  metadata: released ? { released } : {},
});

describe('what was asked because of an order', () => {
  it('belongs to its payment, the newest first, and what led to none stands by itself', () => {
    const declined = attempt({ paymentId: null, status: 'failed', disposition: 'none' });
    const first = attempt({ paymentId: 'p1' });
    const second = attempt({ paymentId: 'p2' });
    const back = attempt({ paymentId: 'p1', kind: 'refund' });
    const gone = attempt({ paymentId: 'of another order' });
    const { groups, others } = orderPayments(
      order(
        [payment(), payment({ id: 'p2', createdAt: '2026-01-02T00:00:00.000Z' })],
        [declined, first, second, back, gone],
      ),
    );
    expect(groups.map(group => [group.payment.id, group.attempts.map(({ id }) => id)])).toEqual([
      ['p2', [second.id]],
      ['p1', [back.id, first.id]],
    ]);
    expect(others.map(({ id }) => id)).toEqual([gone.id, declined.id]);
  });

  it('does without payments, and without attempts', () => {
    expect(orderPayments({ ...order([], []), payments: null })).toEqual({
      groups: [],
      others: [],
      sums: { reserved: 0, captured: 0, refunded: 0, underWay: 0, left: 0 },
    });
    expect(orderPayments(order([payment()], [])).groups[0]).toMatchObject({
      attempts: [],
      sums: { captured: 1_000, left: 1_000 },
    });
  });
});

describe('the sums of a payment', () => {
  const sums = (...given: Parameters<typeof order>) => orderPayments(order(...given)).sums;

  it('are what is reserved until it is captured', () => {
    const reserved = [payment({ state: 'Authorized' })];
    const authorized = attempt({ status: 'authorized' });
    expect(sums(reserved, [authorized])).toMatchObject({ reserved: 1_000, captured: 0, left: 0 });
    const part = attempt({ kind: 'capture', amount: 300 });
    expect(sums(reserved, [authorized, part])).toMatchObject({ reserved: 700, captured: 300, left: 300 });
    const lost = attempt({ kind: 'capture', amount: 300, status: 'unknown' });
    expect(sums(reserved, [authorized, lost])).toMatchObject({ reserved: 1_000, captured: 0 });
  });

  it('count a capture once, also when the authorization tells of it later', () => {
    const told = attempt({ status: 'succeeded' });
    const captured = attempt({ kind: 'capture' });
    expect(sums([payment()], [told, captured])).toMatchObject({ captured: 1_000, left: 1_000 });
  });

  it('have nothing of what was voided or declined', () => {
    for (const state of ['Cancelled', 'Declined', 'Error', 'Created']) {
      expect(sums([payment({ state })], [attempt()])).toMatchObject({ reserved: 0, captured: 0, left: 0 });
    }
  });

  it('tell what was given back from what is on its way', () => {
    const refunds = [refund(200), refund(100, 'Pending'), refund(50, 'Failed')];
    const asked = attempt({ kind: 'refund', amount: 70, status: 'unknown', disposition: 'none' });
    const known = attempt({ kind: 'refund', amount: 100, status: 'processing' });
    expect(sums([payment({ refunds })], [attempt(), asked, known])).toEqual({
      reserved: 0,
      captured: 1_000,
      refunded: 200,
      underWay: 170,
      left: 630,
    });
  });

  it('take what a change of the order let go of for nothing that was given back', () => {
    const refunds = [refund(200, 'Settled', true)];
    const reserved = payment({ state: 'Authorized', refunds });
    expect(sums([reserved], [attempt({ status: 'authorized' })])).toMatchObject({
      reserved: 800,
      refunded: 0,
      left: 0,
    });
    const captured = [attempt({ status: 'authorized' }), attempt({ kind: 'capture', amount: 800 })];
    expect(sums([payment({ refunds })], captured)).toMatchObject({ captured: 800, refunded: 0, left: 800 });
    expect(sums([payment({ refunds })], [attempt()])).toMatchObject({ captured: 800, left: 800 });
  });

  it('are those of all payments together', () => {
    const payments = [payment({ refunds: [refund(200)] }), payment({ id: 'p2', state: 'Authorized' })];
    expect(sums(payments, [])).toEqual({
      reserved: 1_000,
      captured: 1_000,
      refunded: 200,
      underWay: 0,
      left: 800,
    });
  });
});

it.each([
  [{ reserved: 0, captured: 0 }, 0],
  [{ reserved: 1_000, captured: 0 }, 0],
  [{ reserved: 0, captured: 300 }, 700],
  [{ reserved: 200, captured: 300 }, 500],
  [{ reserved: 0, captured: 1_200 }, 0],
])('of an order of 10.00 with %j, %d are owed', (paid, missing) => {
  expect(owed(1_000, { refunded: 0, underWay: 0, left: 0, ...paid })).toBe(missing);
});

it('is under way while an answer is missing, or money has to go back', () => {
  expect(isUnderWay([attempt(), attempt({ status: 'failed' })])).toBe(false);
  for (const status of ['open', 'unknown', 'pending', 'processing'] as const) {
    expect(isUnderWay([attempt(), attempt({ status })])).toBe(true);
  }
  expect(isUnderWay([attempt({ disposition: 'stranded' })])).toBe(true);
});
