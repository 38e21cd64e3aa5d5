import { Dialog, Field, Notice, useRequest } from '@tradewind/admin-ui-kit';
import React, { useId, useState, type FormEvent } from 'react';
import { replayInput, replayProblem, toLocalInput, type ReplayForm } from './event-filters';
import { canReplay, count, estimateText } from './event-text';
import { REPLAY, REPLAY_ESTIMATE, type Handler, type ReplayEstimate } from './events.query';

const DAY_MS = 86_400_000;

type Answer = { estimate: ReplayEstimate };

/** Gives a range of past events to one handler: first the estimate, then the confirmation, then the replay. */
export function ReplayDialog(props: {
  handler: Handler;
  onClose: () => void;
  onReplayed: (events: number) => void;
}) {
  const { handler } = props;
  const [form, setForm] = useState<ReplayForm>(() => ({
    from: toLocalInput(new Date(Date.now() - DAY_MS)),
    to: toLocalInput(new Date()),
    eventTypes: handler.eventTypes,
    aggregateType: '',
    aggregateId: '',
  }));
  const [confirmed, setConfirmed] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const estimating = useRequest<Answer>(REPLAY_ESTIMATE);
  const replaying = useRequest<Answer>(REPLAY);
  const formId = useId();
  const estimate = estimating.data?.estimate;
  const error = estimating.error ?? replaying.error;
  const ready = estimate !== undefined && canReplay(estimate) && confirmed;

  // An estimate is of what was asked, and of nothing else.
  const change = (next: Partial<ReplayForm>) => {
    setForm({ ...form, ...next });
    setProblem(undefined);
    setConfirmed(false);
    estimating.reset();
    replaying.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = replayProblem(form);
    setProblem(found);
    if (found === undefined) void estimating.send({ input: replayInput(handler.name, form) });
  };
  const replay = () =>
    void replaying
      .send({ input: replayInput(handler.name, form) })
      .then(
        answer => answer !== undefined && props.onReplayed(answer.estimate.again + answer.estimate.first),
      );

  return (
    <Dialog
      title={`Replay to ${handler.name}`}
      onClose={props.onClose}
      closeLabel="Cancel"
      actions={
        <>
          <button type="submit" form={formId} className="button">
            Estimate
          </button>
          <button type="button" className="button primary" disabled={!ready} onClick={replay}>
            Replay
          </button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate>
        <div className="tw-fields">
          <Field label="From">
            <input
              type="datetime-local"
              step={1}
              required
              value={form.from}
              onChange={event => change({ from: event.target.value })}
            />
          </Field>
          <Field label="To (not included)">
            <input
              type="datetime-local"
              step={1}
              required
              value={form.to}
              onChange={event => change({ to: event.target.value })}
            />
          </Field>
          <Field label="About (optional)">
            <input
              type="text"
              value={form.aggregateType}
              onChange={event => change({ aggregateType: event.target.value })}
            />
          </Field>
          <Field label="Its id (optional)">
            <input
              type="text"
              value={form.aggregateId}
              onChange={event => change({ aggregateId: event.target.value })}
            />
          </Field>
        </div>
        <fieldset className="tw-fieldset">
          <legend>Types of events</legend>
          {handler.eventTypes.map(type => (
            <label key={type} className="tw-check">
              <input
                type="checkbox"
                checked={form.eventTypes.includes(type)}
                onChange={({ target }) =>
                  change({
                    eventTypes: handler.eventTypes.filter(each =>
                      each === type ? target.checked : form.eventTypes.includes(each),
                    ),
                  })
                }
              />
              {type}
            </label>
          ))}
        </fieldset>
      </form>
      <div aria-live="polite">
        {problem !== undefined && <Notice tone="warning" title={problem} />}
        {error !== undefined && (
          <Notice
            tone="error"
            title={replaying.error === undefined ? 'There is no estimate' : 'Nothing was replayed'}
          >
            {error}
          </Notice>
        )}
        {estimate !== undefined && (
          <Notice tone={canReplay(estimate) ? 'neutral' : 'warning'} title={estimateText(estimate)} />
        )}
      </div>
      {estimate !== undefined && canReplay(estimate) && (
        <label className="tw-check">
          <input
            type="checkbox"
            checked={confirmed}
            onChange={({ target }) => setConfirmed(target.checked)}
          />
          {`Yes, ${handler.name} is to get ${count(estimate.again + estimate.first, 'event')}${
            estimate.again > 0 ? `, ${estimate.again.toLocaleString()} of them for a second time` : ''
          }.`}
        </label>
      )}
    </Dialog>
  );
}
