import {
  DataTable,
  Field,
  FilterForm,
  Notice,
  Pager,
  QueryState,
  formatDateTime,
  useFilter,
  usePolledQuery,
  useRequest,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState } from 'react';
import { count } from './fraud-text';
import { changeText } from './list-text';
import {
  ENTRIES,
  REMOVE_ENTRIES,
  type ChangeListAnswer,
  type Entry,
  type List,
  type ListChange,
} from './lists.query';
import type { Page } from './review.query';
import { UploadDialog } from './upload-dialog';

const PAGE_SIZE = 50;

const COLUMNS: ReadonlyArray<Column<Entry>> = [
  { header: 'Value', cell: ({ value }) => <code>{value}</code> },
  { header: 'Why', cell: ({ note }) => note ?? '–' },
  { header: 'Added', cell: ({ addedAt }) => formatDateTime(addedAt), noWrap: true },
  { header: 'By', cell: ({ addedBy }) => addedBy ?? '–' },
];

/** What is in a list, and the way in and out of it. */
export function EntriesView(props: { list: List; mayChange: boolean; onChanged: () => void }) {
  const { list, mayChange, onChanged } = props;
  const [skip, setSkip] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [adding, setAdding] = useState(false);
  const [said, setSaid] = useState<{ change: ListChange | undefined; title: string; at: number } | undefined>(
    undefined,
  );
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const filter = useFilter({ search: '' }, same => {
    setSkip(0);
    setChosen(new Set());
    if (same) query.refresh();
  });
  const search = filter.applied.search.trim();
  const query = usePolledQuery<{ fraudListEntries: Page<Entry> }>(ENTRIES, undefined, {
    list: list.name,
    options: { skip, take: PAGE_SIZE, search: search === '' ? null : search },
  });
  const remove = useRequest<{ result: ChangeListAnswer }>(REMOVE_ENTRIES);
  const values = (query.data?.fraudListEntries.items ?? [])
    .filter(({ id }) => chosen.has(id))
    .map(({ value }) => value);

  const tell = (title: string, change?: ListChange) => {
    setSaid({ title, change, at: Date.now() });
    setChosen(new Set());
    query.refresh();
    onChanged();
  };
  const take = async () => {
    setRefused(undefined);
    const answer = await remove.send({ input: { list: list.name, values } });
    if (answer === undefined) return;
    const { result } = answer;
    if (result.__typename !== 'FraudListChange') return setRefused(result.message);
    tell(`${count(result.removed, 'value')} taken out of ${list.name}`);
  };
  return (
    <Card title={`Values of ${list.name}`}>
      {said !== undefined && (
        <Notice
          key={said.at}
          tone={said.change?.refused ? 'warning' : 'success'}
          title={said.title}
          takesFocus
        >
          {said.change !== undefined && said.change.problems.length > 0 && (
            <ul className="tw-lines">
              {said.change.problems.map(({ line, value, message }) => (
                <li key={line}>
                  Line {line}, “{value}”: {message}
                </li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      {(remove.error ?? refused) !== undefined && (
        <Notice tone="error" title="Nothing was taken out">
          {remove.error ?? refused}
        </Notice>
      )}
      <FilterForm label="Search in the list" onApply={filter.apply} onClear={filter.clear}>
        <Field label="Value begins with">
          <input
            type="search"
            value={filter.draft.search}
            onChange={event => filter.type({ search: event.target.value })}
          />
        </Field>
      </FilterForm>
      {mayChange && (
        <div className="tw-actions">
          <button
            type="button"
            className="button-small"
            aria-haspopup="dialog"
            onClick={() => setAdding(true)}
          >
            Add values …
          </button>
          {values.length > 0 && (
            <button type="button" className="button-small" onClick={() => void take()}>
              Take out {count(values.length, 'value')}
            </button>
          )}
        </div>
      )}
      <QueryState query={query} failure="The values cannot be read">
        {({ fraudListEntries: { items, totalItems } }) => (
          <>
            <DataTable
              caption={`Values of ${list.name}`}
              columns={COLUMNS}
              rows={items}
              rowKey={({ id }) => id}
              empty={search === '' ? 'Nothing is in this list.' : 'No value begins so.'}
              {...(mayChange
                ? { selection: { selected: chosen, onChange: setChosen, label: ({ value }: Entry) => value } }
                : {})}
            />
            <Pager
              label="Pages of the values"
              skip={skip}
              take={PAGE_SIZE}
              total={totalItems}
              onChange={setSkip}
            />
          </>
        )}
      </QueryState>
      {adding && (
        <UploadDialog
          list={list.name}
          onClose={() => setAdding(false)}
          onDone={change => {
            setAdding(false);
            tell(`${list.name}: ${changeText(change)}`, change);
          }}
        />
      )}
    </Card>
  );
}
