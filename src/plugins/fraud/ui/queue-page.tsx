import {
  CheckedField,
  Field,
  FilterForm,
  KeyList,
  Notice,
  Pager,
  QueryState,
  RequirePermission,
  StaffPage,
  stepped,
  useFilter,
  useHotkeys,
  usePermission,
  usePolledQuery,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useRef, useState } from 'react';
import { DecideDialog } from './decide-dialog';
import type { DecideOutcome } from './decide-outcome';
import { QUEUES, count, isOpen } from './fraud-text';
import { OutcomeNotice } from './outcome-notice';
import { OPEN_CASES, QUEUE_PAGE, queueVariables, stillThere, typedScore } from './queue-filters';
import { QueueTable } from './queue-table';
import {
  QUEUE,
  READ_REVIEW,
  UPDATE_REVIEW,
  type Counts,
  type Page,
  type Queue,
  type QueueCase,
  type Verdict,
} from './review.query';
import { useNextCase } from './use-next-case';

/** Others work on the queue, too. */
const REFRESH_MS = 15_000;

const KEYS = [
  ['j', 'next row'],
  ['k', 'row before'],
  ['Enter', 'open the case'],
  ['x', 'choose it'],
] as const;
const CHANGE_KEYS = [
  ['n', 'take the next case'],
  ['a', 'approve the row, or what is chosen'],
  ['r', 'reject it, for a reason'],
] as const;

/** Payments that somebody has to look at. */
export function QueuePage() {
  return (
    <RequirePermission permission={READ_REVIEW}>
      <QueuePageView />
    </RequirePermission>
  );
}

function QueuePageView() {
  const mayDecide = usePermission(UPDATE_REVIEW);
  const [skip, setSkip] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [deciding, setDeciding] = useState<{ cases: QueueCase[]; verdict: Verdict } | undefined>(undefined);
  const [done, setDone] = useState<(DecideOutcome & { at: number }) | undefined>(undefined);
  const list = useRef<HTMLDivElement>(null);
  const { next, none, problem } = useNextCase();
  const filter = useFilter(OPEN_CASES, same => {
    setSkip(0);
    setChosen(new Set());
    setDone(undefined);
    if (same) query.refresh();
  });
  const query = usePolledQuery<{ fraudCases: Page<QueueCase>; fraudCaseCounts: Counts }>(
    QUEUE,
    REFRESH_MS,
    queueVariables(filter.applied, skip),
  );
  const items = query.data?.fraudCases.items ?? [];
  const selected = stillThere(
    chosen,
    items.filter(isOpen).map(({ id }) => id),
  );

  const links = () => Array.from(list.current?.querySelectorAll<HTMLElement>('[data-case] a') ?? []);
  const here = () => {
    const row = document.activeElement?.closest('tr');
    return row === null || row === undefined ? -1 : links().findIndex(link => row.contains(link));
  };
  const step = (by: number) => {
    const all = links();
    all[stepped(here(), by, all.length)]?.focus();
  };
  const act = (verdict: Verdict) => {
    const current = items[here()];
    const cases =
      selected.size > 0
        ? items.filter(({ id }) => selected.has(id))
        : current !== undefined && isOpen(current)
          ? [current]
          : [];
    if (!mayDecide || cases.length === 0) return;
    setDone(undefined);
    setDeciding({ cases, verdict });
  };
  const toggle = () => {
    const current = items[here()];
    if (current === undefined || !isOpen(current) || !mayDecide) return;
    const all = new Set(selected);
    if (!all.delete(current.id)) all.add(current.id);
    setChosen(all);
  };
  useHotkeys({
    j: () => step(1),
    k: () => step(-1),
    x: toggle,
    a: () => act('approve'),
    r: () => act('reject'),
    n: () => {
      if (mayDecide) void next();
    },
  });
  const onDone = (outcome: DecideOutcome) => {
    setDeciding(undefined);
    setChosen(new Set());
    setDone({ ...outcome, at: Date.now() });
    query.refresh();
  };
  const counts = query.data?.fraudCaseCounts;

  return (
    <StaffPage
      title="Fraud review"
      bar={
        <>
          <span className="tw-page-bar-state" role="status" data-testid="counts">
            {counts !== undefined &&
              `${count(counts.open, 'case')} open, ${counts.due} overdue, ${counts.mine} mine`}
          </span>
          {mayDecide && (
            <button
              type="button"
              className="button primary"
              aria-keyshortcuts="n"
              onClick={() => void next()}
            >
              Next case
            </button>
          )}
        </>
      }
    >
      {none && <Notice tone="neutral" title="There is no case that nobody works on" takesFocus />}
      {problem !== undefined && (
        <Notice tone="error" title="The next case cannot be taken">
          {problem}
        </Notice>
      )}
      <Card title="Cases, those that are due first">
        <FilterForm label="Filter of the cases" onApply={filter.apply} onClear={filter.clear}>
          <Field label="Part of the queue">
            <select
              value={filter.draft.queue}
              onChange={event => filter.choose({ queue: event.target.value as Queue })}
            >
              {Object.entries(QUEUES).map(([queue, name]) => (
                <option key={queue} value={queue}>
                  {name}
                  {counts !== undefined && queue in counts && ` (${counts[queue as keyof Counts]})`}
                </option>
              ))}
            </select>
          </Field>
          <Field label="Order code">
            <input
              type="text"
              value={filter.draft.orderCode}
              onChange={event => filter.type({ orderCode: event.target.value })}
            />
          </Field>
          <CheckedField
            label="Score from"
            problem={
              typedScore(filter.draft.minScore) === undefined ? 'Give points from 0 to 100.' : undefined
            }
          >
            {attributes => (
              <input
                {...attributes}
                type="text"
                inputMode="decimal"
                value={filter.draft.minScore}
                onChange={event => filter.type({ minScore: event.target.value })}
              />
            )}
          </CheckedField>
        </FilterForm>
        <KeyList keys={mayDecide ? [...KEYS, ...CHANGE_KEYS] : KEYS.slice(0, 3)} />
        {done !== undefined && <OutcomeNotice key={done.at} outcome={done} />}
        {selected.size > 0 && (
          <div className="tw-actions" role="group" aria-label="What is chosen">
            <span role="status">{count(selected.size, 'case')} chosen</span>
            <button
              type="button"
              className="button-small"
              aria-haspopup="dialog"
              onClick={() => act('approve')}
            >
              Approve them …
            </button>
            <button
              type="button"
              className="button-small"
              aria-haspopup="dialog"
              onClick={() => act('reject')}
            >
              Reject them …
            </button>
          </div>
        )}
        <QueryState query={query} failure="The queue cannot be read">
          {({ fraudCases: { items: rows, totalItems } }) => (
            <div ref={list}>
              <QueueTable
                cases={rows}
                empty={
                  JSON.stringify(filter.applied) === JSON.stringify(OPEN_CASES)
                    ? 'No payment waits for a decision.'
                    : 'No case fits the filter.'
                }
                selected={selected}
                onSelect={mayDecide ? setChosen : undefined}
              />
              <Pager
                label="Pages of the cases"
                skip={skip}
                take={QUEUE_PAGE}
                total={totalItems}
                onChange={setSkip}
              />
            </div>
          )}
        </QueryState>
      </Card>
      {deciding !== undefined && (
        <DecideDialog {...deciding} onDone={onDone} onClose={() => setDeciding(undefined)} />
      )}
    </StaffPage>
  );
}
