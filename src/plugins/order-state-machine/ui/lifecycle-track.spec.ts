import { lifecycleTrack } from './lifecycle-track';
import type { Status, Step } from './timeline.query';

const history = (...statuses: Status[]): Step[] =>
  statuses.map((status, index) => ({
    status,
    timestamp: `2026-01-01T00:00:0${index}.000Z`,
    trigger: 'any',
    actor: { kind: 'system', userId: null },
    notes: null,
  }));

const places = (current: Status, steps: Step[]) => {
  const { main, exits } = lifecycleTrack(current, steps);
  return [...main, ...exits].map(({ status, place }) => `${status} ${place}`);
};

describe('the picture of the life cycle', () => {
  it('has what was gone behind the order and the rest ahead', () => {
    expect(places('payment_confirmed', history('pending', 'payment_pending', 'payment_confirmed'))).toEqual([
      'pending done',
      'payment_pending done',
      'payment_confirmed here',
      'processing ahead',
      'ready_to_ship ahead',
      'shipped ahead',
      'delivered ahead',
      'cancelled ahead',
      'returned ahead',
      'refunded ahead',
    ]);
  });

  it('shows what was passed over', () => {
    expect(
      places('delivered', history('pending', 'payment_pending', 'ready_to_ship', 'delivered')).slice(2, 7),
    ).toEqual([
      'payment_confirmed passed',
      'processing passed',
      'ready_to_ship done',
      'shipped passed',
      'delivered here',
    ]);
  });

  it('has ahead again what an order went back from', () => {
    expect(places('pending', history('pending', 'payment_pending', 'pending')).slice(0, 2)).toEqual([
      'pending here',
      'payment_pending ahead',
    ]);
  });

  it('shows how far an order came that left the way, and by which ways', () => {
    const all = places(
      'refunded',
      history('pending', 'payment_pending', 'payment_confirmed', 'cancelled', 'refunded'),
    );
    expect(all.slice(2, 4)).toEqual(['payment_confirmed done', 'processing ahead']);
    expect(all.slice(7)).toEqual(['cancelled done', 'returned ahead', 'refunded here']);
  });

  it('says since when the order is there: not since a step that changed nothing', () => {
    const steps = history('pending', 'payment_pending', 'payment_pending', 'pending', 'payment_pending');
    const { main } = lifecycleTrack('payment_pending', [...steps, ...history('payment_pending')]);
    expect(main[1]?.at).toBe('2026-01-01T00:00:04.000Z');
  });

  it('does without any history', () => {
    expect(places('processing', []).slice(0, 4)).toEqual([
      'pending passed',
      'payment_pending passed',
      'payment_confirmed passed',
      'processing here',
    ]);
  });
});
