import {
  DataTable,
  Field,
  FirstLine,
  Pager,
  QueryState,
  formatMoment,
  usePolledQuery,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState } from 'react';
import { AUDIT, type AuditEntry } from './lists.query';
import type { Page } from './review.query';

const PAGE_SIZE = 20;

const SUBJECTS: Record<AuditEntry['subject'], string> = {
  rules: 'Rules',
  list: 'List',
  settings: 'Settings',
};

const COLUMNS: ReadonlyArray<Column<AuditEntry>> = [
  { header: 'When', cell: ({ at }) => formatMoment(at), noWrap: true },
  { header: 'Who', cell: ({ by }) => by ?? 'a script' },
  {
    header: 'What',
    cell: ({ subject, action, target }) => `${SUBJECTS[subject]} ${target}: ${action.replace(/-/g, ' ')}`,
  },
  { header: 'Why', cell: ({ note }) => note ?? '–' },
  { header: 'Before', cell: ({ before }) => <Changed name="Before" value={before} /> },
  { header: 'Now', cell: ({ after }) => <Changed name="Now" value={after} /> },
];

/** Who changed what decides about payments. */
export function AuditView() {
  const [skip, setSkip] = useState(0);
  const [subject, setSubject] = useState<AuditEntry['subject'] | ''>('');
  const query = usePolledQuery<{ fraudAuditLog: Page<AuditEntry> }>(AUDIT, undefined, {
    options: { skip, take: PAGE_SIZE, subject: subject === '' ? null : subject },
  });
  return (
    <Card title="Changes, newest first">
      <div className="tw-fields">
        <Field label="Of what">
          <select
            value={subject}
            onChange={event => {
              setSkip(0);
              setSubject(event.target.value as AuditEntry['subject'] | '');
            }}
          >
            <option value="">All</option>
            {Object.entries(SUBJECTS).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <QueryState query={query} failure="The changes cannot be read">
        {({ fraudAuditLog: { items, totalItems } }) => (
          <>
            <DataTable
              caption="Changes"
              columns={COLUMNS}
              rows={items}
              rowKey={({ id }) => id}
              empty="Nothing was changed yet."
            />
            <Pager
              label="Pages of the changes"
              skip={skip}
              take={PAGE_SIZE}
              total={totalItems}
              onChange={setSkip}
            />
          </>
        )}
      </QueryState>
    </Card>
  );
}

function Changed({ name, value }: { name: string; value: unknown }) {
  if (value === null || value === undefined) return <>–</>;
  return <FirstLine text={`${name}\n${JSON.stringify(value, null, 2)}`} />;
}
