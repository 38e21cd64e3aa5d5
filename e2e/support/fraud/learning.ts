import type { AdminClient } from '../admin-client';
import { query } from '../sql';

/**
 * Attempts of the past with what became of them: every eighth is fraud, with an amount that is lower than that of any order
 * of the tests, which are to be paid. Known since before now. They belong to an order that is there.
 */
export async function giveOutcomes(database: string, orderId: string, count: number): Promise<void> {
  await query(
    `INSERT INTO fraud_attempt ("attemptId", "orderId", "channelId", at, amount, status, fraud, "outcomeSource", "outcomeKnownAt")
     SELECT -100000 - i, $1, 1, now() - interval '70 days' - make_interval(hours => i), 100, 'ordered', i % 8 = 0,
            CASE WHEN i % 8 = 0 THEN 'dispute' ELSE 'matured' END, now() - interval '10 days' - make_interval(hours => i)
     FROM generate_series(1, $2::int) i`,
    [orderId, count],
    database,
  );
  await giveDecisions(database, orderId, 100_000, count, 70, 1);
}

/** Decisions about attempts that are numbered from `start`, one an hour, the last one `days` ago. */
export async function giveDecisions(
  database: string,
  orderId: string,
  start: number,
  count: number,
  days: number,
  factor: number,
): Promise<void> {
  await query(
    `INSERT INTO fraud_decision ("attemptId", phase, "orderId", "channelId", at, amount, currency, signals, features, parts,
       contributions, rules, units, recommendation, decision, missing, "ruleSetVersion", "listsVersion", "settingsVersion",
       challengers, timings)
     SELECT -$2::int - i, 'after', $1, 1, now() - make_interval(days => $4::int) - make_interval(mins => i * 10), 10000, 'USD', '{}',
            jsonb_build_object('amount', $5::float8 * (CASE WHEN i % 8 = 0 THEN 1 + i % 3 ELSE 20 + i * 37 % 6000 END),
                               'score.velocity', 0, 'score.device', 20),
            '[{"part":"rules","score":0,"reasons":[],"weight":1}]', '[]', '[]', (i % 100) * 1000, 'approve', 'allow', '[]', 0, 0, 0,
            '[]', '{"signals":1,"history":1,"scoring":1,"total":3}'
     FROM generate_series(1, $3::int) i`,
    [orderId, start, count, days, factor],
    database,
  );
}

interface Uploaded {
  data?: { result: Record<string, unknown> };
  errors?: { message: string }[];
}

/** Imports a file as a model, as the staff page does. */
export async function importModel(
  baseUrl: string,
  admin: AdminClient,
  content: string,
): Promise<Record<string, unknown>> {
  const form = new FormData();
  const mutation = `mutation ($input: ImportFraudModelInput!) { result: importFraudModel(input: $input) {
    __typename
    ... on FraudModel { id version kind status note report { figures { rows frauds } features { name importance } } }
    ... on FraudModelFileError { errorCode message problem unknownFeatures } } }`;
  form.append(
    'operations',
    JSON.stringify({ query: mutation, variables: { input: { file: null, note: 'from elsewhere' } } }),
  );
  form.append('map', JSON.stringify({ 0: ['variables.input.file'] }));
  form.append('0', new Blob([content], { type: 'application/json' }), 'model.json');
  // The length has to be known: a stream of unknown length is refused.
  const request = new Request(`${baseUrl}/admin-api`, { method: 'POST', body: form });
  const body = Buffer.from(await request.arrayBuffer());
  const answer = await fetch(`${baseUrl}/admin-api`, {
    method: 'POST',
    body,
    headers: {
      'content-type': request.headers.get('content-type') ?? '',
      'apollo-require-preflight': 'true',
      authorization: `Bearer ${admin.api.token}`,
    },
  });
  const { data, errors } = (await answer.json()) as Uploaded;
  if (data === undefined) throw new Error(JSON.stringify(errors));
  return data.result;
}

/** What LightGBM dumps of a model of one tree: a high amount is fraud. */
export function lightGbmDump(feature: string): string {
  return JSON.stringify({
    objective: 'binary sigmoid:1',
    num_class: 1,
    feature_names: [feature],
    tree_info: [
      {
        tree_structure: {
          split_feature: 0,
          threshold: 200,
          decision_type: '<=',
          default_left: true,
          missing_type: 'NaN',
          internal_value: -2,
          left_child: { leaf_value: -4 },
          right_child: { leaf_value: 3 },
        },
      },
    ],
  });
}
