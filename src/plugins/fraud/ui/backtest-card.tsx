import {
  CheckedField,
  DataTable,
  Notice,
  StatusBadge,
  formatCount,
  formatDateTime,
  useRequest,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useEffect, useState, type FormEvent } from 'react';
import {
  MAX_DAYS,
  RECOMMENDED,
  STATES,
  changeText,
  comparedOf,
  isGoing,
  matrixOf,
  periodOf,
  type Compared,
} from './backtest';
import {
  BACKTEST,
  CANCEL_BACKTEST,
  START_BACKTEST,
  type Backtest,
  type Example,
  type Result,
  type StartAnswer,
  type TestedRule,
} from './backtest.query';
import { RECOMMENDATIONS, count, outcomeState, roundPoints } from './fraud-text';
import { OrderLink } from './linked-orders-card';
import { moneyText } from './money';
import { ruleInput } from './rule-draft';
import type { Problem, Rule } from './rules.query';

const POLL_MS = 1_000;
const DEFAULT_DAYS = '30';

/** What rules would have decided about past payments. Changes nothing. */
export function BacktestCard(props: {
  rules: readonly Rule[];
  /** Whether the rules differ from those in use. */
  changed: boolean;
  currency: string;
  onProblems: (problems: Problem[]) => void;
}) {
  const { rules, changed, currency, onProblems } = props;
  const [days, setDays] = useState(DEFAULT_DAYS);
  const [wrong, setWrong] = useState(false);
  const [shown, setShown] = useState<{ test: Backtest; of: string } | undefined>(undefined);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const start = useRequest<{ result: StartAnswer }>(START_BACKTEST);
  const read = useRequest<{ fraudBacktest: Backtest | null }>(BACKTEST);
  const cancel = useRequest<{ cancelFraudBacktest: Backtest | null }>(CANCEL_BACKTEST);
  const text = JSON.stringify(rules);
  const going = shown !== undefined && isGoing(shown.test);

  useEffect(() => {
    if (!going || shown === undefined) return undefined;
    const timer = setTimeout(() => {
      void read.send({ id: shown.test.id }).then(answer => {
        // An answer that failed is asked for again.
        const test = answer === undefined ? { ...shown.test } : answer.fraudBacktest;
        setShown(test === null ? undefined : { ...shown, test });
      });
    }, POLL_MS);
    return () => clearTimeout(timer);
  }, [shown, going]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const period = periodOf(days, new Date());
    setWrong(period === undefined);
    setRefused(undefined);
    if (period === undefined || going) return;
    const answer = await start.send({ input: { ...period, rules: rules.map(ruleInput) } });
    if (answer === undefined) return;
    const { result } = answer;
    if (result.__typename === 'FraudBacktest') return setShown({ test: result, of: text });
    setRefused(
      'problems' in result
        ? [result.message, ...result.problems.map(each => each.message)].join(' ')
        : result.message,
    );
    if (result.__typename === 'FraudRulesInvalidError') onProblems(result.problems);
  };
  const stop = async () => {
    if (shown === undefined) return;
    const answer = await cancel.send({ id: shown.test.id });
    if (answer?.cancelFraudBacktest != null) setShown({ ...shown, test: answer.cancelFraudBacktest });
  };
  const error = start.error ?? refused ?? cancel.error;

  return (
    <Card title="Backtest">
      <p className="tw-intro">
        What {changed ? 'the rules as they are on this page' : 'the rules in use'} would have decided about
        past payments, by what was known then.
      </p>
      <form onSubmit={event => void submit(event)} aria-label="Backtest" noValidate>
        <div className="tw-fields tw-fields-checked">
          <CheckedField
            label="Days back from now"
            problem={wrong ? `Give a number of days from 1 to ${MAX_DAYS}.` : undefined}
          >
            {attributes => (
              <input
                {...attributes}
                type="text"
                inputMode="numeric"
                value={days}
                onChange={event => setDays(event.target.value)}
              />
            )}
          </CheckedField>
          <div className="tw-actions">
            <button type="submit" className="button-small" aria-disabled={going}>
              Run the backtest
            </button>
            {going && (
              <button type="button" className="button-small" onClick={() => void stop()}>
                Stop
              </button>
            )}
          </div>
        </div>
      </form>
      {error !== undefined && (
        <Notice tone="error" title="No backtest was run">
          {error}
        </Notice>
      )}
      {shown !== undefined && (
        <>
          <Progress test={shown.test} />
          {shown.of !== text && (
            <Notice
              tone="warning"
              title="The rules have changed since: run it again to see what they would do"
            />
          )}
          {shown.test.result !== null && <ResultView result={shown.test.result} currency={currency} />}
        </>
      )}
    </Card>
  );
}

function Progress({ test }: { test: Backtest }) {
  const { tone, text } = STATES[test.state];
  return (
    <>
      <p className="tw-page-bar-state" role="status" data-testid="backtest-state">
        <StatusBadge tone={tone}>{text}</StatusBadge>
        {formatCount(test.checked)} of {test.total === null ? '…' : count(test.total, 'decision')}
      </p>
      {isGoing(test) && (
        <progress
          className="tw-progress"
          aria-label="Progress of the backtest"
          max={1}
          value={test.progress}
        />
      )}
      {test.error !== null && (
        <Notice tone="error" title="The backtest failed">
          {test.error}
        </Notice>
      )}
    </>
  );
}

function ResultView({ result, currency }: { result: Result; currency: string }) {
  const figures: ReadonlyArray<Column<Compared>> = [
    { header: 'Figure', cell: ({ name }) => name, keepWords: true },
    { header: 'Then', cell: ({ then }) => formatCount(then.attempts), numeric: true },
    {
      header: 'Now',
      cell: ({ now }) => (
        <>
          {formatCount(now.attempts)}
          {now.amount !== 0 && <span className="tw-cell-note">{moneyText(now.amount, currency)}</span>}
        </>
      ),
      numeric: true,
    },
    {
      header: 'Change',
      cell: ({ change, better }) =>
        better === undefined ? (
          changeText(change)
        ) : (
          <StatusBadge tone={better ? 'success' : 'error'}>
            {changeText(change)} {better ? 'better' : 'worse'}
          </StatusBadge>
        ),
      noWrap: true,
    },
  ];
  return (
    <div data-testid="backtest-result">
      <DataTable
        caption="Then and now"
        columns={figures}
        rows={comparedOf(result.then, result.now)}
        rowKey={({ name }) => name}
        empty=""
      />
      <h3 className="tw-heading">Decided then (rows) and now (columns)</h3>
      <Matrix result={result} />
      <p className="tw-intro tw-below">
        {count(result.changed, 'payment')} decided otherwise, {formatCount(result.rescored)} with another
        score
        {result.unknown > 0 && `, ${formatCount(result.unknown)} that cannot be judged again`}.
      </p>
      {result.rules.length > 0 && (
        <>
          <h3 className="tw-heading">What each rule would have done</h3>
          <DataTable
            caption="What each rule would have done"
            columns={TESTED_COLUMNS}
            rows={result.rules}
            rowKey={({ ruleId }) => ruleId}
            empty=""
          />
        </>
      )}
      {result.examples.length > 0 && (
        <details className="tw-more">
          <summary>Examples of what is decided otherwise</summary>
          <DataTable
            caption="Examples"
            columns={EXAMPLE_COLUMNS}
            rows={result.examples}
            rowKey={({ decisionId }) => decisionId}
            empty=""
          />
        </details>
      )}
    </div>
  );
}

function Matrix({ result }: { result: Result }) {
  return (
    <table className="tw-table tw-matrix">
      <caption className="tw-visually-hidden">Decided then and now</caption>
      <thead>
        <tr>
          <th scope="col">Then</th>
          {RECOMMENDED.map(now => (
            <th key={now} scope="col" className="tw-numeric">
              {RECOMMENDATIONS[now].text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {matrixOf(result.cells).map(row => (
          <tr key={row.then}>
            <th scope="row">{RECOMMENDATIONS[row.then].text}</th>
            {row.cells.map(cell => (
              <td
                key={cell.now}
                data-label={RECOMMENDATIONS[cell.now].text}
                className={cell.same || cell.all === 0 ? 'tw-numeric' : 'tw-numeric tw-moved'}
              >
                <div>
                  {formatCount(cell.all)}
                  {cell.all > 0 && (
                    <span className="tw-cell-note">
                      {formatCount(cell.fraud)} fraud, {formatCount(cell.good)} good
                    </span>
                  )}
                </div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const TESTED_COLUMNS: ReadonlyArray<Column<TestedRule>> = [
  { header: 'Rule', cell: ({ name }) => name, keepWords: true },
  { header: 'Held', cell: ({ fired }) => formatCount(fired.attempts), numeric: true },
  { header: 'Decided', cell: ({ decided }) => formatCount(decided.attempts), numeric: true },
  { header: 'Fraud', cell: ({ fraud }) => formatCount(fraud.attempts), numeric: true },
  { header: 'Good', cell: ({ good }) => formatCount(good.attempts), numeric: true },
];

const EXAMPLE_COLUMNS: ReadonlyArray<Column<Example>> = [
  {
    header: 'Order',
    cell: ({ orderId, orderCode }) => <OrderLink id={orderId} code={orderCode ?? `#${orderId}`} />,
  },
  { header: 'When', cell: ({ at }) => formatDateTime(at), noWrap: true },
  { header: 'Amount', cell: ({ amount, currencyCode }) => moneyText(amount, currencyCode), numeric: true },
  {
    header: 'Then',
    cell: ({ then, scoreThen }) => `${RECOMMENDATIONS[then].text} (${roundPoints(scoreThen)})`,
  },
  { header: 'Now', cell: ({ now, scoreNow }) => `${RECOMMENDATIONS[now].text} (${roundPoints(scoreNow)})` },
  { header: 'Known as', cell: ({ fraud }) => outcomeState(fraud, null)?.text ?? 'not known yet' },
];
