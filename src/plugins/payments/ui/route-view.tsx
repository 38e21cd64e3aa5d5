import {
  CheckedField,
  DataTable,
  Field,
  Notice,
  StatusBadge,
  useRequest,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState, type FormEvent, type ReactNode } from 'react';
import { typedAmount } from './amounts';
import { ruleInput } from './routing-draft';
import { METHOD_NAMES, reasonText, sharesText } from './routing-text';
import {
  EXPLAIN,
  type InvalidRouting,
  type Named,
  type Reason,
  type Route,
  type Rule,
} from './routing.query';
import type { Choices } from './use-names';

const NOTHING = {
  amount: '',
  currency: '',
  country: '',
  methodType: 'card',
  cardBrand: '',
  customerGroup: '',
  channelId: '',
  orderId: '',
};

/** Of a customer who is in no group. */
const GUEST = 'none';

/** Which rule would take a payment, who gets it, and why the other rules do not. */
export function RouteView({ draft, choices }: { draft: Rule[] | undefined; choices: Choices }) {
  const [payment, setPayment] = useState(NOTHING);
  const [amountProblem, setAmountProblem] = useState<string | undefined>(undefined);
  const explain = useRequest<{ result: Route | InvalidRouting }>(EXPLAIN);
  const change = (fields: Partial<typeof NOTHING>) => setPayment({ ...payment, ...fields });
  const result = explain.data?.result;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const amount = typedAmount(payment.amount);
    setAmountProblem(amount === undefined ? 'Give an amount such as 12.50, or nothing.' : undefined);
    if (amount === undefined) return;
    void explain.send({ input: { ...routeInput(payment, amount), rules: draft?.map(ruleInput) } });
  };
  const text = (field: 'currency' | 'country' | 'cardBrand' | 'orderId') => (
    <input type="text" value={payment[field]} onChange={event => change({ [field]: event.target.value })} />
  );
  const select = (field: 'methodType' | 'customerGroup' | 'channelId', options: readonly Named[]) => (
    <select value={payment[field]} onChange={event => change({ [field]: event.target.value })}>
      <option value="">Not known</option>
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );

  return (
    <Card title="Which rule would this payment take?">
      <p className="tw-intro">
        What is left empty counts as not known.{' '}
        {draft === undefined
          ? 'The rules in use are asked.'
          : 'The rules are asked as they are changed on this page, though they are not saved.'}
      </p>
      <form onSubmit={submit} aria-label="A payment to try" noValidate>
        <div className="tw-fields">
          <CheckedField label="Amount (such as 12.50)" problem={amountProblem}>
            {attributes => (
              <input
                {...attributes}
                type="text"
                value={payment.amount}
                onChange={event => change({ amount: event.target.value })}
              />
            )}
          </CheckedField>
          <Field label="Currency">{text('currency')}</Field>
          <Field label="Billed to (country)">{text('country')}</Field>
          <Field label="Way to pay">
            {select(
              'methodType',
              Object.entries(METHOD_NAMES).map(([id, name]) => ({ id, name })),
            )}
          </Field>
          <Field label="Brand of the card">{text('cardBrand')}</Field>
          <Field label="Customer group">
            {select('customerGroup', [{ id: GUEST, name: 'In no group' }, ...(choices.groups ?? [])])}
          </Field>
          <Field label="Channel">{select('channelId', choices.channels ?? [])}</Field>
          <Field label="Id of the order">{text('orderId')}</Field>
          <div className="tw-actions">
            <button type="submit" className="button-small">
              Try
            </button>
          </div>
        </div>
      </form>
      <div aria-live="polite">
        {explain.error !== undefined && (
          <Notice tone="error" title="This cannot be told">
            {explain.error}
          </Notice>
        )}
        {result !== undefined && <Outcome result={result} orderKnown={payment.orderId.trim() !== ''} />}
      </div>
    </Card>
  );
}

function Outcome({ result, orderKnown }: { result: Route | InvalidRouting; orderKnown: boolean }): ReactNode {
  if (result.__typename === 'PaymentRoutingInvalidError') {
    return (
      <Notice tone="error" title="The changed rules cannot be tried: something is wrong with them">
        <ul className="tw-lines">
          {result.problems.map(({ path, message }) => (
            <li key={`${path} ${message}`}>{message}</li>
          ))}
        </ul>
      </Notice>
    );
  }
  const [first, ...others] = result.providers;
  const columns: ReadonlyArray<Column<Reason>> = [
    { header: 'Rule', cell: ({ ruleName }) => ruleName, keepWords: true },
    {
      header: 'Outcome',
      cell: ({ outcome }) => (
        <StatusBadge tone={outcome === 'taken' ? 'success' : 'neutral'}>{OUTCOMES[outcome]}</StatusBadge>
      ),
    },
    { header: 'Why', cell: reasonText },
  ];
  return (
    <>
      <Notice
        tone={first === undefined ? 'warning' : 'success'}
        title={
          result.ruleName === null
            ? 'No rule takes this payment: it goes to the default'
            : `The rule “${result.ruleName}” takes this payment`
        }
      >
        {first === undefined ? (
          'No provider of this shop can do this way to pay.'
        ) : (
          <ol className="tw-lines">
            <li>
              {first}
              {result.shares.length > 1 &&
                ` (${orderKnown ? 'this order; all such payments' : 'the likeliest'}: ${sharesText(result.shares)})`}
            </li>
            {others.map(code => (
              <li key={code}>then {code}</li>
            ))}
          </ol>
        )}
      </Notice>
      <DataTable
        caption="What became of each rule"
        columns={columns}
        rows={result.reasons}
        rowKey={({ ruleId }) => ruleId}
        empty="There are no rules."
      />
    </>
  );
}

const OUTCOMES = { taken: 'Takes it', shadowed: 'Comes later', refused: 'Does not hold' };

function routeInput(payment: typeof NOTHING, amount: number | null): Record<string, unknown> {
  const { customerGroup } = payment;
  const given = (value: string) => value.trim() || null;
  return {
    amount,
    currency: given(payment.currency),
    country: given(payment.country),
    methodType: given(payment.methodType),
    cardBrand: given(payment.cardBrand),
    customerGroupIds: customerGroup === '' ? null : customerGroup === GUEST ? [] : [customerGroup],
    channelId: given(payment.channelId),
    orderId: given(payment.orderId),
  };
}
