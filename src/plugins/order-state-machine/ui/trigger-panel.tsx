import { usePermission } from '@tradewind/admin-ui-kit';
import React, { useId, useState } from 'react';
import { noSuchStep, reasonsOf, statusName, triggerName } from './timeline-text';
import { UPDATE, type TimelineOrder, type Trigger } from './timeline.query';
import { TriggerDialog } from './trigger-dialog';

/** What can be done with the order now, and why the rest cannot. */
export function TriggerPanel(props: {
  order: TimelineOrder;
  triggers: readonly Trigger[];
  onFired: (text: string) => void;
  /** The order was not as it is shown here. */
  onStale: () => void;
}) {
  const { order, triggers, onFired, onStale } = props;
  const mayChange = usePermission(UPDATE);
  const [firing, setFiring] = useState<Trigger | undefined>(undefined);
  const possible = triggers.filter(trigger => trigger.possible);
  return (
    <>
      <h4 className="tw-heading">Possible now</h4>
      {!mayChange && <p className="tw-empty">To do any of this, you need the permission “{UPDATE}”.</p>}
      {possible.length === 0 ? (
        <p className="tw-empty">Nothing: from here the order moves on by itself or not at all.</p>
      ) : (
        <ul className="tw-triggers" aria-label="Possible now">
          {possible.map(trigger => (
            <li key={trigger.trigger}>
              {mayChange ? (
                <button
                  type="button"
                  className="button-small"
                  aria-haspopup="dialog"
                  onClick={() => setFiring(trigger)}
                >
                  {triggerName(trigger.trigger)} …
                </button>
              ) : (
                <strong>{triggerName(trigger.trigger)}</strong>
              )}
              {trigger.to !== null && (
                <span className="tw-trigger-note">leads to “{statusName(trigger.to)}”</span>
              )}
            </li>
          ))}
        </ul>
      )}
      <h4 className="tw-heading">Not possible now</h4>
      <ImpossibleTriggers order={order} triggers={triggers.filter(trigger => !trigger.possible)} />
      {firing !== undefined && (
        <TriggerDialog
          order={order}
          trigger={firing}
          onFired={text => {
            setFiring(undefined);
            onFired(text);
          }}
          onStale={onStale}
          onClose={() => setFiring(undefined)}
        />
      )}
    </>
  );
}

/** Those that the status has, each with its reason, and together those that it does not have. */
function ImpossibleTriggers({ order, triggers }: { order: TimelineOrder; triggers: readonly Trigger[] }) {
  const reason = useId();
  const refused = triggers.filter(({ to }) => to !== null);
  const absent = triggers.filter(({ to }) => to === null);
  return (
    <>
      {refused.length > 0 && (
        <ul className="tw-triggers" aria-label="Not possible now, each for its reason">
          {refused.map(trigger => (
            <li key={trigger.trigger}>
              <ImpossibleButton
                trigger={trigger}
                reasonId={`${reason}-${trigger.trigger}`}
                reason={reasonsOf(trigger)}
              />
              <span id={`${reason}-${trigger.trigger}`} className="tw-trigger-note">
                {reasonsOf(trigger)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {absent.length > 0 && (
        <>
          <span id={reason} className="tw-trigger-note">
            {noSuchStep(order)}
          </span>
          <ul className="tw-trigger-group" aria-label="Not possible from this status">
            {absent.map(trigger => (
              <li key={trigger.trigger}>
                <ImpossibleButton trigger={trigger} reasonId={reason} reason={reasonsOf(trigger)} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** It can be reached but does nothing; its reason stands near it, and is told with it. */
function ImpossibleButton(props: { trigger: Trigger; reasonId: string; reason: string }) {
  return (
    <button
      type="button"
      className="button-small"
      aria-disabled="true"
      aria-describedby={props.reasonId}
      title={props.reason}
    >
      {triggerName(props.trigger.trigger)}
    </button>
  );
}
