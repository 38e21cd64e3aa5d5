import { DataTable, Field, type Column } from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState } from 'react';
import { valueText } from './fraud-text';
import type { Signal } from './review.query';
import { matching } from './signals';

const COLUMNS: ReadonlyArray<Column<Signal>> = [
  { header: 'Signal', cell: ({ name }) => <code>{name}</code>, keepWords: true },
  { header: 'Value', cell: ({ value }) => valueText(value) },
  { header: 'Meaning', cell: ({ description }) => description },
];

/** What was known when it was decided. */
export function SignalsCard({ signals }: { signals: readonly Signal[] }) {
  const [text, setText] = useState('');
  const found = matching(signals, text);
  return (
    <Card title="Signals">
      <div className="tw-fields">
        <Field label="Find a signal">
          <input type="search" value={text} onChange={event => setText(event.target.value)} />
        </Field>
        <span role="status" className="tw-found">
          {found.length} of {signals.length}; what is not known is not here
        </span>
      </div>
      <DataTable
        caption="Signals"
        columns={COLUMNS}
        rows={found}
        rowKey={({ name }) => name}
        empty={
          signals.length === 0 ? 'No signal is kept: personal data may be erased.' : 'None is called so.'
        }
      />
    </Card>
  );
}
