import {
  Field,
  FilterForm,
  Notice,
  Pager,
  QueryState,
  useFilter,
  usePermission,
  usePolledQuery,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useEffect, useState } from 'react';
import { DIFFERENCES_PAGE, OPEN_DIFFERENCES, differencesOptions } from './difference-filters';
import { DifferenceItem } from './difference-item';
import { KINDS, actionText } from './reconciliation-text';
import {
  DIFFERENCES,
  UPDATE_RECONCILIATION,
  type Difference,
  type DifferenceAction,
  type DifferenceKind,
  type List,
} from './reconciliation.query';
import { ResolveDialog } from './resolve-dialog';
import { asksReason, useResolve, type Outcome } from './use-resolve';

/** Other staff may be at work on them, and runs find new ones. */
const REFRESH_MS = 30_000;

/** Where the shop and its providers disagree. */
export function DifferencesView({ runEnded }: { runEnded: string | undefined }) {
  const mayChange = usePermission(UPDATE_RECONCILIATION);
  const [skip, setSkip] = useState(0);
  const [acting, setActing] = useState<{ difference: Difference; action: DifferenceAction } | undefined>(
    undefined,
  );
  const [done, setDone] = useState<(Outcome & { at: number }) | undefined>(undefined);
  const filter = useFilter(OPEN_DIFFERENCES, same => {
    setSkip(0);
    setDone(undefined);
    if (same) query.refresh();
  });
  const query = usePolledQuery<{ paymentDifferences: List<Difference> }>(DIFFERENCES, REFRESH_MS, {
    options: differencesOptions(filter.applied, skip),
  });
  const { refresh } = query;
  const { resolve, forget, problem } = useResolve();
  const onOutcome = (outcome: Outcome | undefined) => {
    if (outcome === undefined) return;
    setActing(undefined);
    setDone({ ...outcome, at: Date.now() });
    refresh();
  };
  const act = async (difference: Difference, action: DifferenceAction) => {
    setDone(undefined);
    forget();
    if (asksReason(action)) return setActing({ difference, action });
    onOutcome(await resolve(difference, action, actionText(action, difference.kind).name));
  };
  useEffect(() => {
    // Before the first answer there is nothing that could be out of date.
    if (runEnded !== undefined && query.updatedAt !== undefined) refresh();
  }, [runEnded]);

  return (
    <Card title="Differences, newest first">
      <FilterForm label="Filter of the differences" onApply={filter.apply} onClear={filter.clear}>
        <Field label="State">
          <select
            value={filter.draft.status}
            onChange={event => filter.choose({ status: event.target.value as Difference['status'] | '' })}
          >
            <option value="open">Open</option>
            <option value="resolved">Resolved</option>
            <option value="">All</option>
          </select>
        </Field>
        <Field label="What differs">
          <select
            value={filter.draft.kind}
            onChange={event => filter.choose({ kind: event.target.value as DifferenceKind | '' })}
          >
            <option value="">All</option>
            {Object.entries(KINDS).map(([kind, { name }]) => (
              <option key={kind} value={kind}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <Field label="Provider (its code)">
          <input
            type="text"
            value={filter.draft.provider}
            onChange={event => filter.type({ provider: event.target.value })}
          />
        </Field>
      </FilterForm>
      {done !== undefined && <Notice key={done.at} tone={done.tone} title={done.text} takesFocus />}
      {problem !== undefined && (
        <Notice tone="error" title="Nothing was changed">
          {problem}
        </Notice>
      )}
      <QueryState query={query} failure="The differences cannot be read">
        {({ paymentDifferences: { items, totalItems } }) => (
          <>
            {items.length === 0 ? (
              <p className="tw-empty">
                {JSON.stringify(filter.applied) === JSON.stringify(OPEN_DIFFERENCES)
                  ? 'The shop and its providers agree.'
                  : 'No difference fits the filter.'}
              </p>
            ) : (
              <ul className="tw-blocks" aria-label="Differences">
                {items.map(difference => (
                  <DifferenceItem
                    key={difference.id}
                    difference={difference}
                    onAct={mayChange ? (which, action) => void act(which, action) : undefined}
                  />
                ))}
              </ul>
            )}
            <Pager
              label="Pages of the differences"
              skip={skip}
              take={DIFFERENCES_PAGE}
              total={totalItems}
              onChange={setSkip}
            />
          </>
        )}
      </QueryState>
      {acting !== undefined && (
        <ResolveDialog {...acting} onDone={onOutcome} onClose={() => setActing(undefined)} />
      )}
    </Card>
  );
}
