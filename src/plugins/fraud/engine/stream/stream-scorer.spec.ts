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

type Lines = ReturnType<typeof lines>;
type Told = (line: Lines[number]) => boolean;

/** The area under the curve of all since the training; outcomes are known two days after an attempt, or all just before it. */
function areaAfter(all: Lines, batch: boolean, told: Told = () => true): number {
  const scorer = new StreamScorer();
  const tell = (line: Lines[number]) => {
    if (told(line)) scorer.take(JSON.stringify({ type: 'label', id: line.id, fraud: line.fraud }));
  };
  const cut = Math.floor((all.length * 2) / 3);
  let known = 0;
  const scores = all.map(({ text, at }, index) => {
    for (; !batch && (all[known]?.at ?? Infinity) < at - 48 * HOUR; known++)
      tell(all[known] as Lines[number]);
    if (index === cut) {
      if (batch) all.slice(0, cut).forEach(tell);
      expect(scorer.take('{"type":"retrain"}')).toBeNull();
    }
    return scorer.take(text)?.score ?? NaN;
  });
  expect(scores.every(score => score >= 0 && score <= 100)).toBe(true);
  return areaUnderCurve(
    scores.slice(cut),
    all.slice(cut).map(({ fraud }) => Number(fraud)),
  );
}

/** Fraud is with some sellers, some time later with others: only outcomes say with which. */
function marketLines(count: number, seed: number): Lines {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const at = 1_767_225_600 + index * 600;
    const merchant = Math.floor(random() * 60);
    const bad = (merchant + Math.floor(index / 2_600)) % 20 === 0;
    const line = { type: 'tx', id: `m${index}`, ts: at, amount: 10 + random() * 90, merchant_id: merchant };
    return { text: JSON.stringify(line), fraud: random() < (bad ? 0.5 : 0.005), at, id: line.id };
  });
}

describe('a stream of attempts', () => {
  it.each([
    ['after two days', false, () => true],
    ['all at once', true, () => true],
    ['of frauds only, all at once', true, ({ fraud }) => fraud],
  ] as [string, boolean, Told][])(
    'is scored well also in another shape, rings by network, device and e-mail: outcomes %s',
    (_, batch, told) => expect(areaAfter(lines(4_500, 7), batch, told)).toBeGreaterThan(0.9),
    60_000,
  );

  it('learns what outcomes are worth, also where all of them come at once', () => {
    const market = marketLines(4_500, 3);
    const inOrder = areaAfter(market, false);
    expect(inOrder).toBeGreaterThan(0.7);
    expect(areaAfter(market, true)).toBeGreaterThan(inOrder - 0.03);
    expect(areaAfter(market, true, ({ fraud }) => fraud)).toBeGreaterThan(inOrder - 0.03);
    expect(inOrder).toBeGreaterThan(0.7);
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
