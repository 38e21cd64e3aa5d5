import {
  DefinitionList,
  Notice,
  QueryState,
  RequirePermission,
  StatusBadge,
  Timeline,
  formatTime,
  useOrderPage,
  usePermission,
  usePolledQuery,
  type Definition,
  type PageOrder,
} from '@tradewind/admin-ui-kit';
import { Card, useDetailComponentData } from '@vendure/admin-ui/react';
import React, { useEffect, useState } from 'react';
import { moneyText } from './amounts';
import { AttemptItem } from './attempt-item';
import { CaptureDialog, type Outcome } from './capture-dialog';
import { DecideDialog } from './decide-dialog';
import {
  isLost,
  isStranded,
  isUnderWay,
  orderPayments,
  owed,
  type PaymentGroup,
  type Sums,
} from './order-payments';
import { OrderDisputes } from './order-disputes';
import { count, paymentState } from './order-payments-text';
import {
  ORDER_PAYMENTS,
  READ_ORDER,
  UPDATE_ORDER,
  type Attempt,
  type OrderPaymentsResult,
  type PaymentsOrder,
} from './order-payments.query';

/** While an answer is missing, and else: other staff may be at work on the order. */
const BUSY_REFRESH_MS = 3_000;
const REFRESH_MS = 30_000;

/** Part of the platform's order page: what was asked of payment providers, and what became of it. */
export function OrderPaymentsCard() {
  const { entity } = useDetailComponentData<PageOrder>();
  return (
    <div className="tw-page">
      <Card title="Payments and providers">
        <RequirePermission permission={READ_ORDER} part="the payments of orders">
          {/* Another order has other payments: nothing of the one before must stay. */}
          {entity != null && <OrderPaymentsView key={entity.id} pageOrder={entity} />}
        </RequirePermission>
      </Card>
    </div>
  );
}

function OrderPaymentsView({ pageOrder }: { pageOrder: PageOrder }) {
  const [busy, setBusy] = useState(false);
  const query = usePolledQuery<OrderPaymentsResult>(ORDER_PAYMENTS, busy ? BUSY_REFRESH_MS : REFRESH_MS, {
    id: pageOrder.id,
  });
  const { data, refresh, updatedAt } = query;
  const order = data?.order;
  const refreshPage = useOrderPage(pageOrder, order?.updatedAt, refresh);
  const [done, setDone] = useState<(Outcome & { at: number }) | undefined>(undefined);

  useEffect(() => setBusy(order != null && isUnderWay(order.paymentAttempts)), [order]);

  const onDone = (outcome: Outcome) => {
    setDone({ ...outcome, at: Date.now() });
    refresh();
    refreshPage();
  };
  return (
    <>
      <div className="tw-page-bar">
        <span>{updatedAt !== undefined && `Updated at ${formatTime(updatedAt)}`}</span>
        <button type="button" className="button-small" onClick={refresh}>
          Refresh the payments
        </button>
      </div>
      {done !== undefined && <Notice key={done.at} tone={done.tone} title={done.text} takesFocus />}
      <QueryState query={query} failure="The payments cannot be read">
        {({ order }) =>
          order === null ? (
            <Notice tone="neutral" title="There is no such order in this channel" />
          ) : (
            <Payments order={order} onDone={onDone} />
          )
        }
      </QueryState>
    </>
  );
}

function Payments({ order, onDone }: { order: PaymentsOrder; onDone: (outcome: Outcome) => void }) {
  const mayChange = usePermission(UPDATE_ORDER);
  const [deciding, setDeciding] = useState<Attempt | undefined>(undefined);
  const [capturing, setCapturing] = useState<PaymentGroup | undefined>(undefined);
  const { groups, others, sums } = orderPayments(order);
  const missing = owed(order.totalWithTax, sums);
  const onDecide = mayChange ? setDeciding : undefined;

  if (groups.length === 0 && others.length === 0 && order.paymentDisputes.length === 0) {
    return <p className="tw-empty">No payment provider was asked for anything yet.</p>;
  }
  return (
    <>
      <Warnings attempts={order.paymentAttempts} />
      <DefinitionList
        items={[
          { term: 'Order total', value: moneyText(order.totalWithTax, order.currencyCode) },
          ...sumItems(sums, order.currencyCode),
          ...(missing > 0
            ? [{ term: 'Still to be paid', value: moneyText(missing, order.currencyCode) }]
            : []),
        ]}
      />
      {groups.map(group => (
        <PaymentSection
          key={group.payment.id}
          group={group}
          currency={order.currencyCode}
          withSums={groups.length > 1}
          onDecide={onDecide}
          onCapture={mayChange ? setCapturing : undefined}
        />
      ))}
      {others.length > 0 && (
        <>
          <h4 className="tw-heading">Attempts that led to no payment</h4>
          <Timeline label="Attempts that led to no payment">
            {others.map(attempt => (
              <AttemptItem key={attempt.id} attempt={attempt} onDecide={onDecide} />
            ))}
          </Timeline>
        </>
      )}
      <OrderDisputes disputes={order.paymentDisputes} />
      {capturing !== undefined && (
        <CaptureDialog
          payment={capturing.payment}
          most={capturing.sums.reserved}
          currency={order.currencyCode}
          onDone={outcome => {
            setCapturing(undefined);
            onDone(outcome);
          }}
          onClose={() => setCapturing(undefined)}
        />
      )}
      {deciding !== undefined && (
        <DecideDialog
          attempt={deciding}
          onDecided={text => {
            setDeciding(undefined);
            onDone({ tone: 'success', text });
          }}
          onClose={() => setDeciding(undefined)}
        />
      )}
    </>
  );
}

function PaymentSection(props: {
  group: PaymentGroup;
  currency: string;
  /** Those of the order say the same where there is but one payment. */
  withSums: boolean;
  /** Without these, the person may only look. */
  onDecide: ((attempt: Attempt) => void) | undefined;
  onCapture: ((group: PaymentGroup) => void) | undefined;
}) {
  const { group, currency, onCapture } = props;
  const { payment, attempts, sums } = group;
  const state = paymentState(payment.state);
  const name = `Payment ${payment.id}`;
  return (
    <section aria-label={name}>
      <h4 className="tw-heading">
        {/* Of a payment that was declined nothing is left but that. */}
        {name}
        {payment.amount > 0 && `: ${moneyText(payment.amount, currency)}`} by {payment.method}{' '}
        <StatusBadge tone={state.tone}>{state.text}</StatusBadge>
      </h4>
      {props.withSums && <DefinitionList items={sumItems(sums, currency)} />}
      {sums.reserved > 0 && onCapture !== undefined && (
        <div className="tw-actions">
          <button
            type="button"
            className="button-small"
            aria-haspopup="dialog"
            aria-label={`Capture ${name.toLowerCase()}`}
            onClick={() => onCapture(group)}
          >
            Capture …
          </button>
        </div>
      )}
      {attempts.length === 0 ? (
        <p className="tw-empty">
          No provider was asked by the ledger: it was entered by hand, or is older than the ledger.
        </p>
      ) : (
        <Timeline label={`${name}: what the provider was asked for`}>
          {attempts.map(attempt => (
            <AttemptItem key={attempt.id} attempt={attempt} onDecide={props.onDecide} />
          ))}
        </Timeline>
      )}
    </section>
  );
}

/** What is not as it should be, above everything else. */
function Warnings({ attempts }: { attempts: readonly Attempt[] }) {
  const lost = attempts.filter(isLost).length;
  const stranded = attempts.filter(isStranded).length;
  return (
    <>
      {lost > 0 && (
        <Notice tone="warning" title={`The outcome of ${count(lost, 'attempt')} is not known`}>
          Do not have it paid again. The shop asks the provider by itself, soon and then ever less often;
          where it cannot, staff decide.
        </Notice>
      )}
      {stranded > 0 && (
        <Notice tone="error" title="Money moved that the order cannot take">
          The shop gives it back by itself. If it does not go away, give it back on the provider’s pages.
        </Notice>
      )}
    </>
  );
}

function sumItems(sums: Sums, currency: string): Definition[] {
  const item = (term: string, minor: number) => ({ term, value: moneyText(minor, currency) });
  return [
    ...(sums.reserved > 0 ? [item('Reserved', sums.reserved)] : []),
    item('Captured', sums.captured),
    item('Given back', sums.refunded),
    ...(sums.underWay > 0 ? [item('Being given back', sums.underWay)] : []),
    item('Left to give back', sums.left),
  ];
}
