import {
  Field,
  Notice,
  PageLink,
  ReasonDialog,
  Timeline,
  usePermission,
  useRequest,
} from '@tradewind/admin-ui-kit';
import React, { useMemo, useState } from 'react';
import { TimelineEntry } from './timeline-entry';
import { entriesShown, needsAttention, timelineEntries, type Shown } from './timeline-entries';
import { count, effectName, effectState, staffNames } from './timeline-text';
import {
  READ_STOCK,
  RETRY,
  SKIP,
  UPDATE,
  type Effect,
  type EffectAnswer,
  type TimelineOrder,
} from './timeline.query';

const CHOICES: ReadonlyArray<readonly [Shown, string]> = [
  ['all', 'Everything'],
  ['attention', 'What needs a decision'],
  ['steps', 'Steps'],
  ['effects', 'Effects'],
  ['stock', 'Holds and pick lists'],
  ['parcels', 'Parcels and papers'],
];

/** All that happened to the order, and what staff do about what failed. */
export function EntryList({ order, onDone }: { order: TimelineOrder; onDone: (text: string) => void }) {
  const mayChange = usePermission(UPDATE);
  const maySeeStock = usePermission(READ_STOCK);
  const [shown, setShown] = useState<Shown>('all');
  const [newestFirst, setNewestFirst] = useState(true);
  const [skipping, setSkipping] = useState<Effect | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const retry = useRequest<{ result: EffectAnswer }>(RETRY);
  const skip = useRequest<{ result: EffectAnswer }>(SKIP);
  const all = useMemo(() => timelineEntries(order), [order]);
  const staff = useMemo(() => staffNames(order), [order]);
  const open = all.filter(entry => entry.kind === 'effect' && needsAttention(entry)).length;
  const entries = entriesShown(all, { shown, newestFirst });

  /** Nothing when it was done. */
  const refusal = (answer: EffectAnswer) =>
    answer.__typename === 'EffectStateError'
      ? `It is “${effectState(answer.stateNow).text}” by now. ${answer.message}`
      : undefined;
  const sendRetry = async (effect: Effect) => {
    const answer = await retry.send({ effectId: effect.id });
    if (answer === undefined) return;
    const refused = refusal(answer.result);
    setProblem(refused);
    if (refused === undefined) onDone(`${effectName(effect)}: runs again`);
  };
  const sendSkip = async (effect: Effect, reason: string) => {
    const answer = await skip.send({ effectId: effect.id, reason });
    if (answer === undefined) return;
    const refused = refusal(answer.result);
    setProblem(refused);
    setSkipping(undefined);
    if (refused === undefined) onDone(`${effectName(effect)}: skipped`);
  };

  return (
    <>
      <h4 className="tw-heading">What happened</h4>
      {open > 0 && shown !== 'attention' && (
        <Notice
          tone="warning"
          title={`${count(open, 'effect')} ${open === 1 ? 'needs' : 'need'} a decision`}
          action={
            <button type="button" className="button-small" onClick={() => setShown('attention')}>
              Show only {open === 1 ? 'this' : 'these'}
            </button>
          }
        >
          It failed, or nobody can tell whether it happened: retry it, or skip it with a reason.
        </Notice>
      )}
      <div className="tw-fields">
        <Field label="Show">
          <select value={shown} onChange={event => setShown(event.target.value as Shown)}>
            {CHOICES.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </Field>
        <Field label="Order">
          <select
            value={newestFirst ? 'newest' : 'oldest'}
            onChange={event => setNewestFirst(event.target.value === 'newest')}
          >
            <option value="newest">Newest first</option>
            <option value="oldest">Oldest first</option>
          </select>
        </Field>
        {maySeeStock && (
          <div className="tw-actions">
            <PageLink to={`/extensions/inventory?tab=ledger&order=${encodeURIComponent(order.code)}`}>
              Stock ledger of this order
            </PageLink>
          </div>
        )}
      </div>
      {(retry.error ?? problem) !== undefined && (
        <Notice tone="error" title="Nothing was changed">
          {retry.error ?? problem}
        </Notice>
      )}
      {entries.length === 0 ? (
        <p className="tw-empty">{shown === 'attention' ? 'Nothing needs a decision.' : 'Nothing yet.'}</p>
      ) : (
        <Timeline label="What happened to the order">
          {entries.map(entry => (
            <TimelineEntry
              key={entry.key}
              entry={entry}
              order={order}
              staff={staff}
              {...(mayChange
                ? {
                    onRetry: (effect: Effect) => void sendRetry(effect),
                    onSkip: (effect: Effect) => setSkipping(effect),
                  }
                : {})}
            />
          ))}
        </Timeline>
      )}
      {skipping !== undefined && (
        <ReasonDialog
          title={`Skip “${effectName(skipping)}”?`}
          explanation="It will not be tried again. What waits for it goes on. The reason is kept in the ledger."
          action="Skip"
          error={skip.error}
          onConfirm={reason => void sendSkip(skipping, reason)}
          onClose={() => {
            skip.reset();
            setSkipping(undefined);
          }}
        />
      )}
    </>
  );
}
