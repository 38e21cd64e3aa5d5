import {
  CheckedField,
  DataTable,
  Dialog,
  Field,
  Notice,
  QueryState,
  formatCount,
  usePermission,
  usePolledQuery,
  useRequest,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useId, useState, type FormEvent } from 'react';
import { EntriesView } from './entries-view';
import { count } from './fraud-text';
import { PURPOSES, nameProblem } from './list-text';
import {
  CREATE_LIST,
  DELETE_LIST,
  LISTS,
  type CreateListAnswer,
  type DeleteListAnswer,
  type List,
} from './lists.query';
import { UPDATE_RULES } from './rules.query';

const MAX_DESCRIPTION = 500;

/** All lists, and what is in the one that is chosen. */
export function ListsView() {
  const mayChange = usePermission(UPDATE_RULES);
  const query = usePolledQuery<{ fraudLists: List[] }>(LISTS, undefined);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [creating, setCreating] = useState(false);
  const [removing, setRemoving] = useState<List | undefined>(undefined);
  const [said, setSaid] = useState<{ tone: 'success' | 'error'; title: string; at: number } | undefined>(
    undefined,
  );
  const list = query.data?.fraudLists.find(({ name }) => name === chosen);

  const columns: ReadonlyArray<Column<List>> = [
    {
      header: 'List',
      keepWords: true,
      cell: ({ name, description }) => (
        <>
          <button
            type="button"
            className="tw-link"
            aria-pressed={name === chosen}
            onClick={() => setChosen(name)}
          >
            {name}
          </button>
          {description !== '' && <span className="tw-cell-note">{description}</span>}
        </>
      ),
    },
    { header: 'What for', cell: ({ purpose }) => PURPOSES[purpose] },
    { header: 'Values', cell: ({ entryCount }) => formatCount(entryCount), numeric: true },
    {
      header: 'Named by the rules',
      cell: ({ rules }) =>
        rules.length === 0 ? (
          '–'
        ) : (
          <ul className="tw-lines">
            {rules.map(rule => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
        ),
    },
    ...(mayChange
      ? [
          {
            header: 'Change',
            cell: (item: List) =>
              item.builtIn ? (
                'belongs to the shop'
              ) : (
                <button
                  type="button"
                  className="button-small"
                  aria-label={`Delete ${item.name}`}
                  aria-haspopup="dialog"
                  onClick={() => setRemoving(item)}
                >
                  Delete …
                </button>
              ),
          },
        ]
      : []),
  ];
  const tell = (tone: 'success' | 'error', title: string) => {
    setSaid({ tone, title, at: Date.now() });
    query.refresh();
  };
  return (
    <>
      <Card title="Lists">
        {said !== undefined && <Notice key={said.at} tone={said.tone} title={said.title} takesFocus />}
        {mayChange && (
          <div className="tw-actions">
            <button
              type="button"
              className="button-small"
              aria-haspopup="dialog"
              onClick={() => setCreating(true)}
            >
              Make a list …
            </button>
          </div>
        )}
        <QueryState query={query} failure="The lists cannot be read">
          {({ fraudLists }) => (
            <DataTable
              caption="Lists"
              columns={columns}
              rows={fraudLists}
              rowKey={({ id }) => id}
              empty="There are no lists."
            />
          )}
        </QueryState>
      </Card>
      {list !== undefined && (
        <EntriesView key={list.name} list={list} mayChange={mayChange} onChanged={query.refresh} />
      )}
      {creating && (
        <CreateDialog
          onClose={() => setCreating(false)}
          onDone={name => {
            setCreating(false);
            setChosen(name);
            tell('success', `The list ${name} is made`);
          }}
        />
      )}
      {removing !== undefined && (
        <DeleteDialog
          list={removing}
          onClose={() => setRemoving(undefined)}
          onDone={() => {
            setRemoving(undefined);
            tell('success', `The list ${removing.name} is deleted`);
          }}
        />
      )}
    </>
  );
}

function CreateDialog({ onClose, onDone }: { onClose: () => void; onDone: (name: string) => void }) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const create = useRequest<{ result: CreateListAnswer }>(CREATE_LIST);
  const form = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = nameProblem(name);
    setProblem(wrong);
    if (wrong !== undefined) return;
    const answer = await create.send({ input: { name: name.trim(), description: description.trim() } });
    if (answer === undefined) return;
    const { result } = answer;
    if (result.__typename === 'FraudList') return onDone(result.name);
    setProblem([result.message, ...(result.problems ?? []).map(({ message }) => message)].join(' '));
  };
  return (
    <Dialog
      title="A new list"
      onClose={onClose}
      closeLabel="Cancel"
      actions={
        <button type="submit" form={form} className="button primary">
          Make it
        </button>
      }
    >
      <form id={form} onSubmit={event => void submit(event)} noValidate>
        <CheckedField label="Name, as rules will name it" problem={problem}>
          {attributes => (
            <input
              {...attributes}
              type="text"
              autoFocus
              maxLength={64}
              value={name}
              onChange={event => setName(event.target.value)}
            />
          )}
        </CheckedField>
        <div>
          <Field label="What is in it (optional)">
            <input
              type="text"
              maxLength={MAX_DESCRIPTION}
              value={description}
              onChange={event => setDescription(event.target.value)}
            />
          </Field>
        </div>
      </form>
      {create.error !== undefined && (
        <Notice tone="error" title="No list was made">
          {create.error}
        </Notice>
      )}
    </Dialog>
  );
}

function DeleteDialog({ list, onClose, onDone }: { list: List; onClose: () => void; onDone: () => void }) {
  const request = useRequest<{ result: DeleteListAnswer }>(DELETE_LIST);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const confirm = async () => {
    setRefused(undefined);
    const answer = await request.send({ name: list.name });
    if (answer === undefined) return;
    if (answer.result.__typename === 'FraudListDeleted') onDone();
    else setRefused(answer.result.message);
  };
  return (
    <Dialog
      title={`Delete the list ${list.name}?`}
      onClose={onClose}
      closeLabel="Cancel"
      actions={
        <button type="button" className="button primary" autoFocus onClick={() => void confirm()}>
          Delete it
        </button>
      }
    >
      <p>It has {count(list.entryCount, 'value')}. They cannot be brought back.</p>
      {(request.error ?? refused) !== undefined && (
        <Notice tone="error" title="Nothing was deleted">
          {request.error ?? refused}
        </Notice>
      )}
    </Dialog>
  );
}
