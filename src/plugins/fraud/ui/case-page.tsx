import {
  DataTable,
  DefinitionList,
  KeyList,
  Notice,
  PageLink,
  QueryState,
  RequirePermission,
  StaffPage,
  StatusBadge,
  Tabs,
  formatDateTime,
  formatMoment,
  useHotkeys,
  useNavigate,
  usePermission,
  usePolledQuery,
  useRequest,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card, useRouteParams } from '@vendure/admin-ui/react';
import React, { useState } from 'react';
import { HistoryCard, NotesCard } from './case-log';
import { DecideDialog } from './decide-dialog';
import type { DecideOutcome } from './decide-outcome';
import { caseState, isOpen, personName } from './fraud-text';
import { LinkedOrdersCard, OrderLink } from './linked-orders-card';
import { moneyText } from './money';
import { OutcomeNotice } from './outcome-notice';
import { PlacesCard } from './places-card';
import { Due } from './queue-table';
import {
  ASSIGN,
  CASE,
  ME,
  READ_REVIEW,
  RELEASE,
  UPDATE_REVIEW,
  type ChangeResult,
  type Decision,
  type FraudCase,
  type PaymentAttempt,
  type Verdict,
} from './review.query';
import { ScoreCard } from './score-card';
import { SignalsCard } from './signals-card';
import { QUEUE_PAGE_PATH, useNextCase } from './use-next-case';

const REFRESH_MS = 20_000;

const KEYS = [
  ['a', 'approve'],
  ['r', 'reject, for a reason'],
  ['t', 'take or let go'],
  ['n', 'take the next case'],
  ['u', 'back to the queue'],
] as const;

/** One payment that somebody has to look at, with all that is known of it. */
export function CasePage() {
  return (
    <RequirePermission permission={READ_REVIEW}>
      <CasePageLoader />
    </RequirePermission>
  );
}

function CasePageLoader() {
  const { params } = useRouteParams();
  const id = String(params.id);
  return <CasePageView key={id} id={id} />;
}

function CasePageView({ id }: { id: string }) {
  const query = usePolledQuery<{ fraudCase: FraudCase | null }>(CASE, REFRESH_MS, { id });
  const found = query.data?.fraudCase;
  return (
    <StaffPage title={found == null ? 'Fraud case' : `Fraud case ${found.orderCode}`}>
      <QueryState query={query} failure="The case cannot be read">
        {({ fraudCase }) =>
          fraudCase === null ? (
            <Notice
              tone="neutral"
              title="There is no such case in this channel"
              action={<PageLink to={QUEUE_PAGE_PATH}>To the queue</PageLink>}
            />
          ) : (
            <CaseView item={fraudCase} onChange={query.refresh} />
          )
        }
      </QueryState>
    </StaffPage>
  );
}

function CaseView({ item, onChange }: { item: FraudCase; onChange: () => void }) {
  const mayDecide = usePermission(UPDATE_REVIEW);
  const navigate = useNavigate();
  const me = usePolledQuery<{ activeAdministrator: { id: string } | null }>(ME, undefined);
  const [verdict, setVerdict] = useState<Verdict | undefined>(undefined);
  const [done, setDone] = useState<(DecideOutcome & { at: number }) | undefined>(undefined);
  const [phase, setPhase] = useState('0');
  const { next, none, problem } = useNextCase();
  const open = mayDecide && isOpen(item);
  const holding = useHolding(item, me.data?.activeAdministrator?.id, onChange);

  const ask = (which: Verdict) => {
    if (!open) return;
    setDone(undefined);
    setVerdict(which);
  };
  useHotkeys({
    a: () => ask('approve'),
    r: () => ask('reject'),
    t: () => {
      if (open) void holding.act();
    },
    n: () => {
      if (mayDecide) void next([item.id]);
    },
    u: () => navigate(QUEUE_PAGE_PATH),
  });
  const onDone = (outcome: DecideOutcome) => {
    setVerdict(undefined);
    setDone({ ...outcome, at: Date.now() });
    onChange();
  };

  return (
    <>
      <div className="tw-page-bar">
        <PageLink to={QUEUE_PAGE_PATH}>To the queue</PageLink>
        {mayDecide && (
          <div className="tw-actions tw-no-gap">
            {open && (
              <>
                <button
                  type="button"
                  className="button-small"
                  aria-keyshortcuts="t"
                  onClick={() => void holding.act()}
                >
                  {holding.name}
                </button>
                <button
                  type="button"
                  className="button primary"
                  aria-haspopup="dialog"
                  aria-keyshortcuts="a"
                  onClick={() => ask('approve')}
                >
                  Approve …
                </button>
                <button
                  type="button"
                  className="button"
                  aria-haspopup="dialog"
                  aria-keyshortcuts="r"
                  onClick={() => ask('reject')}
                >
                  Reject …
                </button>
              </>
            )}
            <button
              type="button"
              className="button-small"
              aria-keyshortcuts="n"
              onClick={() => void next([item.id])}
            >
              Next case
            </button>
          </div>
        )}
      </div>
      {done !== undefined && <OutcomeNotice key={done.at} outcome={done} />}
      {none && <Notice tone="neutral" title="There is no other case that nobody works on" takesFocus />}
      {(problem ?? holding.problem) !== undefined && (
        <Notice tone="error" title="Nothing was changed">
          {problem ?? holding.problem}
        </Notice>
      )}
      {mayDecide && <KeyList keys={KEYS} />}
      <CaseCard item={item} />
      <Decisions decisions={item.decisions} active={phase} onChange={setPhase} />
      <PlacesCard places={item.places} />
      <LinkedOrdersCard orders={item.linkedOrders} />
      <PaymentsCard attempts={item.paymentAttempts} />
      <NotesCard caseId={item.id} notes={item.notes} mayWrite={mayDecide} onWritten={onChange} />
      <HistoryCard history={item.history} />
      {verdict !== undefined && (
        <DecideDialog
          cases={[item]}
          verdict={verdict}
          onDone={onDone}
          onClose={() => setVerdict(undefined)}
        />
      )}
    </>
  );
}

/** Taking a case, taking it over from somebody, and letting go of it. */
function useHolding(item: FraudCase, me: string | undefined, onChange: () => void) {
  const assign = useRequest<{ result: ChangeResult }>(ASSIGN);
  const release = useRequest<{ result: ChangeResult }>(RELEASE);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const mine = item.assignee !== null && item.assignee.id === me;
  const act = async () => {
    setRefused(undefined);
    const answer = mine
      ? await release.send({ id: item.id })
      : await assign.send({ input: { id: item.id, takeOver: item.assignee !== null } });
    if (answer === undefined) return;
    if (answer.result.__typename !== 'FraudCase') setRefused(answer.result.message);
    onChange();
  };
  return {
    act,
    name: mine ? 'Let go' : item.assignee === null ? 'Take' : 'Take over',
    problem: assign.error ?? release.error ?? refused,
  };
}

function CaseCard({ item }: { item: FraudCase }) {
  const { tone, text } = caseState(item);
  return (
    <Card title="Case">
      <DefinitionList
        items={[
          { term: 'Order', value: <OrderLink id={item.orderId} code={item.orderCode} /> },
          { term: 'Amount', value: moneyText(item.amount, item.currencyCode) },
          { term: 'State', value: <StatusBadge tone={tone}>{text}</StatusBadge> },
          { term: 'Money', value: item.captured ? 'taken already' : 'reserved' },
          { term: 'Came', value: formatDateTime(item.createdAt) },
          { term: 'Due', value: <Due item={item} /> },
          {
            term: 'Held by',
            value:
              item.assignee === null
                ? 'nobody'
                : `${personName(item.assignee)}, until ${formatDateTime(item.assignedUntil)}`,
          },
          ...(item.decidedAt === null
            ? []
            : [
                {
                  term: 'Decided',
                  value: `${item.verdict ?? ''} by ${personName(item.decidedBy)}, ${formatDateTime(item.decidedAt)}`,
                },
                { term: 'Reason', value: item.reason ?? '–' },
              ]),
        ]}
      />
      {item.problem !== null && (
        <div className="tw-below">
          <Notice
            tone="error"
            title={`The decision could not be carried out (${formatMoment(item.problemAt)})`}
          >
            {item.problem}
          </Notice>
        </div>
      )}
    </Card>
  );
}

/** The last decision; with the one before the reservation where there are both. */
function Decisions(props: {
  decisions: readonly Decision[];
  active: string;
  onChange: (id: string) => void;
}) {
  const { decisions, active, onChange } = props;
  const [only] = decisions;
  const content = (decision: Decision) => (
    <>
      <ScoreCard decision={decision} />
      <SignalsCard signals={decision.signals} />
    </>
  );
  if (only === undefined) return <Card title="Score">No decision is kept.</Card>;
  if (decisions.length === 1) return content(only);
  return (
    <Tabs
      label="Decisions"
      active={active}
      onChange={onChange}
      tabs={decisions.map((decision, index) => ({
        id: String(index),
        label: decision.phase === 'after' ? 'After the reservation' : 'Before the reservation',
        content: () => content(decision),
      }))}
    />
  );
}

const ATTEMPT_COLUMNS: ReadonlyArray<Column<PaymentAttempt>> = [
  { header: 'Asked', cell: ({ createdAt }) => formatMoment(createdAt), noWrap: true },
  { header: 'What', cell: ({ kind }) => kind },
  { header: 'Provider', cell: ({ provider }) => provider },
  { header: 'Amount', cell: ({ amount, currencyCode }) => moneyText(amount, currencyCode), numeric: true },
  {
    header: 'Outcome',
    cell: ({ status, failureMessage }) => (
      <>
        {status}
        {failureMessage !== null && <span className="tw-cell-note">{failureMessage}</span>}
      </>
    ),
  },
];

function PaymentsCard({ attempts }: { attempts: readonly PaymentAttempt[] }) {
  return (
    <Card title="Payments of the order">
      <DataTable
        caption="Payments of the order"
        columns={ATTEMPT_COLUMNS}
        rows={attempts}
        rowKey={({ id }) => id}
        empty="No provider was asked for anything."
      />
    </Card>
  );
}
