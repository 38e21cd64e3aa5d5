import {
  CheckedField,
  Notice,
  Timeline,
  TimelineItem,
  formatMoment,
  useRequest,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState, type FormEvent } from 'react';
import { entryText, personName } from './fraud-text';
import { ADD_NOTE, type CaseEntry, type CaseNote, type ChangeResult } from './review.query';

const MAX_NOTE = 4_000;

/** What staff wrote to the case, and a field for more. */
export function NotesCard(props: {
  caseId: string;
  notes: readonly CaseNote[];
  mayWrite: boolean;
  onWritten: () => void;
}) {
  const { caseId, notes, mayWrite, onWritten } = props;
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const add = useRequest<{ result: ChangeResult }>(ADD_NOTE);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setProblem(text.trim() === '' ? 'Write something.' : undefined);
    if (text.trim() === '') return;
    const answer = await add.send({ input: { id: caseId, text: text.trim() } });
    if (answer === undefined) return;
    if (answer.result.__typename !== 'FraudCase') return setProblem(answer.result.message);
    setText('');
    onWritten();
  };
  return (
    <Card title="Notes">
      {notes.length === 0 ? (
        <p className="tw-empty">Nobody has written anything.</p>
      ) : (
        <ul className="tw-blocks" aria-label="Notes">
          {notes.map(note => (
            <li key={note.id} className="tw-block">
              <span className="tw-entry-note">
                {personName(note.author)},{' '}
                <time dateTime={note.createdAt}>{formatMoment(note.createdAt)}</time>
              </span>
              <blockquote className="tw-quote">{note.text}</blockquote>
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <form onSubmit={event => void submit(event)} aria-label="A note" noValidate>
          <CheckedField label="A note (no card data)" problem={problem}>
            {attributes => (
              <textarea
                {...attributes}
                maxLength={MAX_NOTE}
                value={text}
                onChange={event => setText(event.target.value)}
              />
            )}
          </CheckedField>
          {add.error !== undefined && (
            <Notice tone="error" title="The note was not kept">
              {add.error}
            </Notice>
          )}
          <div className="tw-actions tw-below">
            <button type="submit" className="button-small">
              Add the note
            </button>
          </div>
        </form>
      )}
    </Card>
  );
}

/** What happened to the case. */
export function HistoryCard({ history }: { history: readonly CaseEntry[] }) {
  return (
    <Card title="History">
      <Timeline label="History of the case">
        {history.map(entry => (
          <TimelineItem key={entry.id} at={entry.createdAt} note={personName(entry.by)}>
            <strong>{entryText(entry)}</strong>
            {entry.text !== null && <blockquote className="tw-quote">{entry.text}</blockquote>}
          </TimelineItem>
        ))}
      </Timeline>
    </Card>
  );
}
