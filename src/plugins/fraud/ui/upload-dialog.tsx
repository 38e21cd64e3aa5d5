import { CheckedField, Dialog, Field, Notice, useRequest } from '@tradewind/admin-ui-kit';
import React, { useId, useState, type FormEvent } from 'react';
import { count } from './fraud-text';
import { uploadProblem, valueLines } from './list-text';
import { ADD_ENTRIES, type ChangeListAnswer, type ListChange } from './lists.query';

const MAX_NOTE = 500;

/** Values for a list, typed, pasted or out of a file: one a line. */
export function UploadDialog(props: {
  list: string;
  onDone: (change: ListChange) => void;
  onClose: () => void;
}) {
  const { list, onDone, onClose } = props;
  const [text, setText] = useState('');
  const [file, setFile] = useState<{ name: string; text: string } | undefined>(undefined);
  const [replace, setReplace] = useState(false);
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const add = useRequest<{ result: ChangeListAnswer }>(ADD_ENTRIES);
  const form = useId();
  const all = [text, file?.text ?? ''].filter(part => part !== '').join('\n');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = uploadProblem(all);
    setProblem(wrong);
    setRefused(undefined);
    if (wrong !== undefined || add.loading) return;
    const answer = await add.send({
      // As a file: 100,000 lines are more than a request may otherwise have.
      input: {
        list,
        file: new File([all], `${list}.txt`, { type: 'text/plain' }),
        replace,
        note: note.trim() || null,
      },
    });
    if (answer === undefined) return;
    const { result } = answer;
    if (result.__typename === 'FraudListChange') return onDone(result);
    setRefused([result.message, ...(result.problems ?? []).map(({ message }) => message)].join(' '));
  };
  return (
    <Dialog
      title={`Values for ${list}`}
      onClose={onClose}
      closeLabel="Cancel"
      actions={
        <button type="submit" form={form} className="button primary" aria-disabled={add.loading}>
          Add them
        </button>
      }
    >
      <form id={form} onSubmit={event => void submit(event)} noValidate>
        <CheckedField label="Values, one a line (lines that begin with # are passed over)" problem={problem}>
          {attributes => (
            <textarea
              {...attributes}
              autoFocus
              rows={8}
              spellCheck={false}
              value={text}
              onChange={event => setText(event.target.value)}
            />
          )}
        </CheckedField>
        <div>
          <Field label="Or a text file">
            <input
              type="file"
              accept=".txt,.csv,text/plain"
              onChange={event => {
                const chosen = event.target.files?.[0];
                if (chosen === undefined) return setFile(undefined);
                void chosen.text().then(content => setFile({ name: chosen.name, text: content }));
              }}
            />
          </Field>
          <p role="status">{all !== '' && `${count(valueLines(all), 'value')} to send`}</p>
        </div>
        <div>
          <label className="tw-check">
            <input type="checkbox" checked={replace} onChange={event => setReplace(event.target.checked)} />
            These are all: take out what is in the list and not here
          </label>
          <Field label="Why (optional)">
            <input
              type="text"
              maxLength={MAX_NOTE}
              value={note}
              onChange={event => setNote(event.target.value)}
            />
          </Field>
        </div>
      </form>
      {(add.error ?? refused) !== undefined && (
        <Notice tone="error" title="Nothing was changed">
          {add.error ?? refused}
        </Notice>
      )}
    </Dialog>
  );
}
