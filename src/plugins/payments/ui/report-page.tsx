import {
  CheckedField,
  QueryState,
  RequireDefaultChannel,
  RequirePermission,
  StaffPage,
  usePolledQuery,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState, type FormEvent } from 'react';
import { READ_RECONCILIATION } from './reconciliation.query';
import { daysProblem, lastDays, type Days } from './report';
import { ReportView } from './report-view';
import { REPORT, type Report } from './report.query';

/** What the page begins with, and the other ranges that are a press of a button away. */
const DEFAULT_DAYS = 30;
const RANGES = [7, DEFAULT_DAYS, 90, 365];

/** What payment providers have moved, day by day. */
export function ReportPage() {
  return (
    <RequirePermission permission={READ_RECONCILIATION}>
      <RequireDefaultChannel>
        <ReportPageView />
      </RequireDefaultChannel>
    </RequirePermission>
  );
}

function ReportPageView() {
  const [typed, setTyped] = useState(() => lastDays(DEFAULT_DAYS, new Date()));
  const [days, setDays] = useState<Days>(typed);
  const [wrong, setWrong] = useState<ReturnType<typeof daysProblem>>(undefined);
  const query = usePolledQuery<{ paymentDailyReport: Report }>(REPORT, undefined, { input: days });

  const show = (next: Days) => {
    const problem = daysProblem(next);
    setTyped(next);
    setWrong(problem);
    if (problem !== undefined) return;
    setDays(next);
    // The same days once more: what is new is wanted.
    if (next.from === days.from && next.to === days.to) query.refresh();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    show(typed);
    const element = event.currentTarget;
    requestAnimationFrame(() => element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const day = (field: keyof Days, label: string) => (
    <CheckedField label={label} problem={wrong?.field === field ? wrong.problem : undefined}>
      {attributes => (
        <input
          {...attributes}
          type="date"
          value={typed[field]}
          onChange={event => setTyped({ ...typed, [field]: event.target.value })}
        />
      )}
    </CheckedField>
  );

  return (
    <StaffPage title="Payment report">
      <Card title="Days (in UTC)">
        <form onSubmit={submit} aria-label="Days of the report" noValidate>
          <div className="tw-fields tw-fields-checked">
            {day('from', 'First day')}
            {day('to', 'Last day')}
            <div className="tw-actions">
              <button type="submit" className="button-small">
                Show
              </button>
            </div>
          </div>
          <div className="tw-actions" role="group" aria-label="Usual ranges">
            {RANGES.map(count => (
              <button
                key={count}
                type="button"
                className="button-small"
                onClick={() => show(lastDays(count, new Date()))}
              >
                Last {count} days
              </button>
            ))}
          </div>
        </form>
      </Card>
      <QueryState query={query} failure="The report cannot be read">
        {({ paymentDailyReport }) => <ReportView report={paymentDailyReport} />}
      </QueryState>
    </StaffPage>
  );
}
