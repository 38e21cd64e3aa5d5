import { Dialog, Field, Notice, useRequest } from '@tradewind/admin-ui-kit';
import React, { useId, useState, type FormEvent } from 'react';
import { statusName, triggerName, words } from './timeline-text';
import { FIRE, type FireAnswer, type TimelineOrder, type Trigger } from './timeline.query';

/** As long as the API allows. */
const MAX_NOTE = 1_000;

/** Fires a trigger, with a note if there is anything to say. */
export function TriggerDialog(props: {
  order: TimelineOrder;
  trigger: Trigger;
  onFired: (text: string) => void;
  onStale: () => void;
  onClose: () => void;
}) {
  const { trigger, onFired, onStale, onClose } = props;
  // As it was when the dialog was opened: what the person decides on.
  const [seen] = useState(props.order.lifecycleStatus);
  const [note, setNote] = useState('');
  const [notePublic, setNotePublic] = useState(false);
  const [refusal, setRefusal] = useState<FireAnswer | undefined>(undefined);
  const fire = useRequest<{ result: FireAnswer }>(FIRE);
  const form = useId();
  const name = triggerName(trigger.trigger);
  const empty = note.trim() === '';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setRefusal(undefined);
    const answer = await fire.send({
      orderId: props.order.id,
      trigger: trigger.trigger,
      note: empty ? undefined : note.trim(),
      notePublic: notePublic && !empty,
      ifStatus: seen,
    });
    if (answer === undefined) return;
    if (answer.result.__typename === 'Order') {
      onFired(`${name}: the order is now “${statusName(answer.result.lifecycleStatus)}”`);
      return;
    }
    setRefusal(answer.result);
    onStale();
  };

  return (
    <Dialog
      title={`${name}?`}
      onClose={onClose}
      closeLabel="Not now"
      actions={
        <button type="submit" form={form} className="button primary">
          {name}
        </button>
      }
    >
      {trigger.to !== null && (
        <p>
          The order goes from “{statusName(seen)}” to “{statusName(trigger.to)}”.
        </p>
      )}
      {trigger.actions.length > 0 && (
        <>
          <p>What happens then:</p>
          <ol className="tw-list">
            {trigger.actions.map(action => (
              <li key={action}>{words(action)}</li>
            ))}
          </ol>
        </>
      )}
      {trigger.to === 'cancelled' && <p>What was done outside because of the order is taken back.</p>}
      <form id={form} onSubmit={event => void submit(event)} noValidate>
        <Field label="Note (optional, kept in the order's history)">
          <textarea
            autoFocus
            maxLength={MAX_NOTE}
            value={note}
            onChange={event => setNote(event.target.value)}
          />
        </Field>
        <label className="tw-check">
          <input
            type="checkbox"
            checked={notePublic}
            onChange={event => setNotePublic(event.target.checked)}
          />
          The customer may read the note
        </label>
      </form>
      <div aria-live="polite">
        {fire.error !== undefined && (
          <Notice tone="error" title="Nothing was changed">
            {fire.error}
          </Notice>
        )}
        {refusal !== undefined && <Refusal refusal={refusal} seen={seen} />}
      </div>
    </Dialog>
  );
}

function Refusal({ refusal, seen }: { refusal: FireAnswer; seen: TimelineOrder['lifecycleStatus'] }) {
  switch (refusal.__typename) {
    case 'Order':
      return null;
    case 'InvalidTransitionError':
      return (
        <Notice
          tone="error"
          title={
            refusal.from === seen
              ? 'The order cannot do this now'
              : `The order has changed meanwhile: it is “${statusName(refusal.from)}” now`
          }
        >
          Nothing was changed. Close this and look at the order as it is now.
        </Notice>
      );
    case 'ConditionNotMetError':
      return (
        <Notice tone="error" title="The order may not do this now">
          {refusal.reason}
        </Notice>
      );
  }
}
