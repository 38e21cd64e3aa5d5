import { areaUnderCurve } from '../model/metrics';
import { seededRandom } from '../model/random';
import { StreamScorer } from './stream-scorer';

const HOUR = 3_600;

/** A shop that rings of fraudsters come to: some devices and networks with many accounts, made minutes before. */
function lines(count: number, seed: number): { text: string; fraud: boolean; at: number; id: string }[] {
  const random = seededRandom(seed);
  const among = (size: number) => Math.floor(random() * size);
  return Array.from({ length: count }, (_, index) => {
    const fraud = random() < 0.04;
    const at = 1_767_225_600 + index * 600;
    const shared = fraud && random() < 0.7;
    const line = {
      type: 'tx',
      id: `t${index}`,
      ts: at,
      amount: Math.round((20 + random() * 200) * 100) / 100,
      ip: shared ? `203.0.113.${among(5)}` : `198.51.${among(200)}.${among(250)}`,
      device_id: shared ? `ring-${among(4)}` : `device-${among(2_000)}`,
      email: `user${among(5_000)}@${fraud && random() < 0.4 ? 'odd.example' : 'mail.example'}`,
      signup_ts: at - (fraud && random() < 0.6 ? 60 : among(500) * 24 * HOUR),
      basket_type: ['food', 'toys', 'phones'][among(3)],
    };
    return { text: JSON.stringify(line), fraud, at, id: line.id };
  });
}

describe('a stream of attempts', () => {
  it('is scored well also in another shape: rings by network, device and e-mail', () => {
    const scorer = new StreamScorer();
    const all = lines(6_000, 7);
    let known = 0;
    const scores = all.map(({ text, at }, index) => {
      // Outcomes are known after two days.
      for (; (all[known]?.at ?? Infinity) < at - 48 * HOUR; known++) {
        scorer.take(JSON.stringify({ type: 'label', id: all[known]?.id, fraud: all[known]?.fraud }));
      }
      if (index === 4_000) expect(scorer.take('{"type":"retrain"}')).toBeNull();
      return scorer.take(text)?.score ?? NaN;
    });
    const tested = all.slice(4_000);
    expect(scores.every(score => score >= 0 && score <= 100)).toBe(true);
    expect(
      areaUnderCurve(
        scores.slice(4_000),
        tested.map(({ fraud }) => Number(fraud)),
      ),
    ).toBeGreaterThan(0.9);
  }, 60_000);

  it('goes on after lines that say nothing', () => {
    const scorer = new StreamScorer();
    expect(() => scorer.take('{')).toThrow('no JSON');
    expect(() => scorer.take('{"type":"tx"}')).toThrow('id');
    expect(() => scorer.take('{"type":"label","id":"9","fraud":true}')).toThrow('no attempt 9');
    expect(() => scorer.take('{"type":"tx","id":1,"ts":0,"amount":"x"}')).toThrow('amount');
    expect(scorer.take('{"type":"retrain"}')).toBeNull();
    expect(scorer.take('{"type":"tx","id":1,"ts":"2026-01-01T00:00:00Z","amount":1200}')).toEqual({
      id: 1,
      score: expect.any(Number) as number,
    });
  });

  it('knows nothing of the answer', () => {
    const score = (extra: object) =>
      new StreamScorer().take(JSON.stringify({ type: 'tx', id: 1, ts: 0, amount: 5, ...extra }))?.score;
    expect(score({ fraud: true, is_fraud: 1 })).toBe(score({}));
  });
});
