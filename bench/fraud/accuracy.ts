import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { UserError } from '../../scripts/start/user-error';
import { areaUnderCurve, averagePrecision, StreamScorer } from '../../src/plugins/fraud/stream';

const DAY = 86_400_000;
const DATA = process.env.FRAUD_DATA ?? '../shared/data/fraud/handbook-transactions.csv.gz';
const TRAIN_FROM = Date.parse('2018-07-25');
const TEST_FROM = Date.parse('2018-08-08');
const DELAY_DAYS = 7;
const TEST_DAYS = 7;
const TOP = 100;

export const FRAUD_ACCURACY_USAGE = [
  'usage: npm run bench -- fraud-accuracy',
  '',
  `  FRAUD_DATA      the transactions (${DATA})`,
].join('\n');

interface Row {
  readonly id: string;
  readonly ts: string;
  readonly at: number;
  readonly customer: string;
  readonly merchant: string;
  readonly amount: number;
  readonly fraud: boolean;
}

/** Plays the Fraud Detection Handbook's transactions through the stream: outcomes after 7 days, its published test week. */
export async function benchFraudAccuracy(say: (line: string) => void): Promise<void> {
  if (!existsSync(DATA)) throw new UserError(`There is no ${DATA}: FRAUD_DATA names the transactions.`);
  const rows = await readRows();
  const started = Date.now();
  const scorer = new StreamScorer(say);
  const scores = new Map<string, number>();
  let known = 0;
  let trained = false;
  for (const row of rows) {
    for (; (rows[known]?.at ?? Infinity) + DELAY_DAYS * DAY <= row.at; known++) {
      const { id, fraud } = rows[known] as Row;
      scorer.take(JSON.stringify({ type: 'label', id, fraud }));
    }
    if (!trained && row.at >= TEST_FROM) {
      trained = true;
      scorer.take('{"type":"retrain"}');
    }
    const { id, ts, customer, merchant, amount } = row;
    const line = { type: 'tx', id, ts, customer_id: customer, merchant_id: merchant, amount };
    const score = scorer.take(JSON.stringify(line));
    if (row.at >= TEST_FROM) scores.set(id, score?.score ?? 0);
  }
  const tested = testRows(rows);
  const points = tested.map(({ id }) => scores.get(id) ?? 0);
  const labels = tested.map(({ fraud }) => Number(fraud));
  say(`${rows.length} rows in ${((Date.now() - started) / 1_000).toFixed(0)} s, with the training`);
  say(`| combined score | AUC | average precision | card precision@${TOP} |`);
  say(
    `| --- | --- | --- | --- |\n| Tradewind | ${areaUnderCurve(points, labels).toFixed(4)} | ` +
      `${averagePrecision(points, labels).toFixed(4)} | ${cardPrecision(tested, points).toFixed(4)} |`,
  );
}

async function readRows(): Promise<Row[]> {
  const rows: Row[] = [];
  const lines = createInterface({ input: createReadStream(DATA).pipe(createGunzip()) });
  for await (const line of lines) {
    const [id = '', ts = '', customer = '', merchant = '', amount, fraud] = line.split(',');
    if (id === 'id') continue;
    const [sum, isFraud] = [Number(amount), fraud === '1'];
    rows.push({ id, ts, at: Date.parse(ts), customer, merchant, amount: sum, fraud: isFraud });
  }
  return rows;
}

/** The test week without the customers whose card is known to be compromised by the day. */
function testRows(rows: readonly Row[]): Row[] {
  const compromised = new Set<string>();
  const addFrauds = (from: number, to: number) => {
    for (const { at, customer, fraud } of rows) if (fraud && at >= from && at < to) compromised.add(customer);
  };
  addFrauds(TRAIN_FROM, TRAIN_FROM + 7 * DAY);
  return Array.from({ length: TEST_DAYS }, (_, day) => {
    const from = TEST_FROM + day * DAY;
    addFrauds(from - (DELAY_DAYS + 1) * DAY, from - DELAY_DAYS * DAY);
    return rows.filter(({ at, customer }) => at >= from && at < from + DAY && !compromised.has(customer));
  }).flat();
}

/** As published: the mean over days; a card that was found is not looked for again. */
function cardPrecision(rows: readonly Row[], points: readonly number[]): number {
  const found = new Set<string>();
  let sum = 0;
  for (let day = 0; day < TEST_DAYS; day++) {
    const from = TEST_FROM + day * DAY;
    const highest = new Map<string, number>();
    const compromised = new Set<string>();
    rows.forEach(({ at, customer, fraud }, index) => {
      if (at < from || at >= from + DAY || found.has(customer)) return;
      highest.set(customer, Math.max(highest.get(customer) ?? -1, points[index] as number));
      if (fraud) compromised.add(customer);
    });
    const top = [...highest].sort(([, a], [, b]) => b - a).slice(0, TOP);
    const caught = top.filter(([customer]) => compromised.has(customer));
    for (const [customer] of caught) found.add(customer);
    sum += caught.length / TOP;
  }
  return sum / TEST_DAYS;
}
