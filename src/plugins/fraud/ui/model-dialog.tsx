import { CheckedField, Dialog, Field, Notice, ReasonDialog, useRequest } from '@tradewind/admin-ui-kit';
import React, { useId, useState, type FormEvent } from 'react';
import { refusalText } from './model-text';
import { IMPORT, PROMOTE, RETIRE, ROLL_BACK, type Model, type ModelAnswer } from './models.query';

const MAX_NOTE = 1_000;
/** As the API allows. */
const MAX_BYTES = 20 * 1024 * 1024;

export type ModelAction =
  { kind: 'promote' | 'retire'; model: Model } | { kind: 'rollback' } | { kind: 'import' };

/** Does something about models, after it was confirmed. */
export function ModelDialog(props: {
  action: ModelAction;
  onDone: (title: string) => void;
  onClose: () => void;
}) {
  const { action, onDone, onClose } = props;
  switch (action.kind) {
    case 'promote':
      return (
        <ForReason
          title={`Promote ${action.model.version}?`}
          explanation="It decides from the next payment on, in all processes. The champion before it is retired and can be taken back."
          name="Promote it"
          document={PROMOTE}
          input={{ id: action.model.id }}
          done={version => `${version} decides now`}
          onDone={onDone}
          onClose={onClose}
        />
      );
    case 'rollback':
      return (
        <ForReason
          title="Roll back to the champion before?"
          explanation="The champion before this one decides again, from the next payment on."
          name="Roll back"
          document={ROLL_BACK}
          input={{}}
          done={version => `${version} decides again`}
          onDone={onDone}
          onClose={onClose}
        />
      );
    case 'retire':
      return <RetireDialog model={action.model} onDone={onDone} onClose={onClose} />;
    case 'import':
      return <ImportDialog onDone={onDone} onClose={onClose} />;
  }
}

function ForReason(props: {
  title: string;
  explanation: string;
  name: string;
  document: typeof PROMOTE;
  input: Record<string, unknown>;
  done: (version: string) => string;
  onDone: (title: string) => void;
  onClose: () => void;
}) {
  const { title, explanation, name, document, input, done, onDone, onClose } = props;
  const request = useRequest<{ result: ModelAnswer }>(document);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const confirm = async (reason: string) => {
    setRefused(undefined);
    const answer = await request.send({ input: { ...input, reason } });
    if (answer === undefined) return;
    if (answer.result.__typename === 'FraudModel') onDone(done(answer.result.version));
    else setRefused(refusalText(answer.result));
  };
  return (
    <ReasonDialog
      title={title}
      explanation={explanation}
      action={name}
      error={request.error ?? refused}
      maxLength={MAX_NOTE}
      onConfirm={reason => void confirm(reason)}
      onClose={onClose}
    />
  );
}

function RetireDialog(props: { model: Model; onDone: (title: string) => void; onClose: () => void }) {
  const { model, onDone, onClose } = props;
  const request = useRequest<{ result: ModelAnswer }>(RETIRE);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const confirm = async () => {
    setRefused(undefined);
    const answer = await request.send({ input: { id: model.id } });
    if (answer === undefined) return;
    if (answer.result.__typename === 'FraudModel') onDone(`${model.version} is retired`);
    else setRefused(refusalText(answer.result));
  };
  return (
    <Dialog
      title={`Retire ${model.version}?`}
      onClose={onClose}
      closeLabel="Cancel"
      actions={
        <button type="button" className="button primary" autoFocus onClick={() => void confirm()}>
          Retire it
        </button>
      }
    >
      <p>It is not tried any more. It can be promoted later.</p>
      {(request.error ?? refused) !== undefined && (
        <Notice tone="error" title="Nothing was changed">
          {request.error ?? refused}
        </Notice>
      )}
    </Dialog>
  );
}

function ImportDialog({ onDone, onClose }: { onDone: (title: string) => void; onClose: () => void }) {
  const request = useRequest<{ result: ModelAnswer }>(IMPORT);
  const [file, setFile] = useState<File | undefined>(undefined);
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const form = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong =
      file === undefined
        ? 'Choose a file.'
        : file.size > MAX_BYTES
          ? 'A model file has 20 MB at most.'
          : undefined;
    setProblem(wrong);
    if (wrong !== undefined || request.loading) return;
    const answer = await request.send({ input: { file, note: note.trim() || null } });
    if (answer === undefined) return;
    if (answer.result.__typename === 'FraudModel') onDone(`${answer.result.version} is a challenger now`);
    else setProblem(refusalText(answer.result));
  };
  return (
    <Dialog
      title="Import a model"
      onClose={onClose}
      closeLabel="Cancel"
      actions={
        <button type="submit" form={form} className="button primary" aria-disabled={request.loading}>
          Import it
        </button>
      }
    >
      <p>
        A file of LightGBM (the JSON of dump_model or the text of save_model), or a model file of this shop.
        It becomes a challenger: its scores are kept and decide nothing.
      </p>
      <form id={form} onSubmit={event => void submit(event)} noValidate>
        <CheckedField label="Model file" problem={problem}>
          {attributes => (
            <input
              {...attributes}
              type="file"
              autoFocus
              accept=".json,.txt"
              onChange={event => setFile(event.target.files?.[0])}
            />
          )}
        </CheckedField>
        <div>
          <Field label="What it is (optional)">
            <input
              type="text"
              maxLength={MAX_NOTE}
              value={note}
              onChange={event => setNote(event.target.value)}
            />
          </Field>
        </div>
      </form>
      {request.error !== undefined && (
        <Notice tone="error" title="Nothing was imported">
          {request.error}
        </Notice>
      )}
    </Dialog>
  );
}
