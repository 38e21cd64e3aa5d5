import { EntryTitle, Facts, TimelineItem, formatMoment } from '@tradewind/admin-ui-kit';
import React, { type PropsWithChildren } from 'react';
import { EffectDetails } from './effect-details';
import type { Entry } from './timeline-entries';
import {
  actorName,
  effectState,
  effectName,
  holdState,
  paperName,
  paperState,
  parcelState,
  pickListState,
  statusName,
  stepName,
} from './timeline-text';
import type { Effect, Paper, TimelineOrder } from './timeline.query';

const KINDS: Record<Entry['kind'], string> = {
  step: 'Step',
  effect: 'Effect',
  hold: 'Hold',
  'pick-list': 'Pick list',
  parcel: 'Parcel',
  paper: 'Paper',
};

export interface EntryProps {
  entry: Entry;
  order: TimelineOrder;
  staff: ReadonlyMap<string, string>;
  /** Without these, the person may only look. */
  onRetry?: (effect: Effect) => void;
  onSkip?: (effect: Effect) => void;
}

/** One thing that happened. */
export function TimelineEntry(props: EntryProps) {
  const { entry } = props;
  return (
    <TimelineItem at={entry.at} note={KINDS[entry.kind]} marked={entry.kind === 'step'}>
      <EntryBody {...props} />
    </TimelineItem>
  );
}

function EntryBody({ entry, order, staff, ...actions }: EntryProps) {
  const nameOf = (orderLineId: string) =>
    order.lines.find(({ id }) => id === orderLineId)?.productVariant.name ?? 'a line that is gone';
  switch (entry.kind) {
    case 'step': {
      const { trigger, status, actor, notes } = entry.step;
      return (
        <>
          <EntryTitle text={stepName(trigger)}>
            <span className="tw-entry-note">
              now “{statusName(status)}”, by {actorName(actor, staff)}
            </span>
          </EntryTitle>
          {notes !== null && <blockquote className="tw-quote">{notes}</blockquote>}
        </>
      );
    }
    case 'effect':
      return (
        <>
          <EntryTitle text={effectName(entry.effect)} state={effectState(entry.effect.state)} />
          <EffectDetails effect={entry.effect} {...actions} />
          {entry.takenBackBy !== undefined && (
            <div className="tw-taken-back">
              <EntryTitle text="Taken back" state={effectState(entry.takenBackBy.state)}>
                <span className="tw-entry-note">{formatMoment(entry.takenBackBy.createdAt)}</span>
              </EntryTitle>
              <EffectDetails effect={entry.takenBackBy} {...actions} />
            </div>
          )}
        </>
      );
    case 'hold': {
      const { hold } = entry;
      return (
        <>
          <EntryTitle
            text={`${hold.quantity} × ${nameOf(hold.orderLineId)}`}
            state={holdState(hold, new Date())}
          />
          <Facts
            facts={[
              hold.endedAt === null
                ? `until ${formatMoment(hold.expiresAt)}`
                : `ended ${formatMoment(hold.endedAt)}`,
            ]}
          />
        </>
      );
    }
    case 'pick-list': {
      const { list } = entry;
      return (
        <>
          <EntryTitle text={list.stockLocationName} state={pickListState(list.state)} />
          <Facts facts={list.lines.map(({ quantity, name, sku }) => `${quantity} × ${name} (${sku})`)} />
        </>
      );
    }
    case 'parcel': {
      const { parcel } = entry;
      return (
        <>
          <EntryTitle
            text={parcel.method === '' ? 'Parcel' : parcel.method}
            state={parcelState(parcel.state)}
          />
          <Facts
            facts={[
              parcel.trackingCode === '' ? 'no tracking number' : `tracking number ${parcel.trackingCode}`,
              ...parcel.lines.map(({ orderLineId, quantity }) => `${quantity} × ${nameOf(orderLineId)}`),
            ]}
          />
        </>
      );
    }
    case 'paper':
      return <PaperBody paper={entry.paper} />;
  }
}

/** A label or a packing list, to be opened in a tab of its own and printed from there. */
function PaperBody({ paper }: { paper: Paper }) {
  const name = paperName(paper);
  return (
    <>
      <EntryTitle text={`${name}, ${paper.stockLocationName}`} state={paperState(paper)} />
      <Facts
        facts={[
          ...(paper.carrier === null ? [] : [paper.carrier]),
          ...(paper.trackingNumber === null ? [] : [`tracking number ${paper.trackingNumber}`]),
          ...(paper.voidedAt === null ? [] : [`void since ${formatMoment(paper.voidedAt)}`]),
        ]}
      />
      <div className="tw-actions tw-entry-actions">
        {paper.size > 0 && (
          <OutsideLink href={paper.url} label={`Print ${name.toLowerCase()}, ${paper.stockLocationName}`}>
            {paper.voidedAt === null ? 'Print' : 'Look at it'}
          </OutsideLink>
        )}
        {paper.trackingUrl !== null && (
          <OutsideLink href={paper.trackingUrl} label={`Follow parcel ${paper.trackingNumber ?? ''}`}>
            Follow the parcel
          </OutsideLink>
        )}
      </div>
    </>
  );
}

function OutsideLink({ href, label, children }: PropsWithChildren<{ href: string; label: string }>) {
  return (
    <a
      className="tw-link"
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={`${label} (new tab)`}
    >
      {children}
    </a>
  );
}
