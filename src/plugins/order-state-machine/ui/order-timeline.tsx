import { Notice, QueryState, RequirePermission, formatTime, usePolledQuery } from '@tradewind/admin-ui-kit';
import { DataService, SortOrder } from '@vendure/admin-ui/core';
import { Card, useDetailComponentData, useInjector } from '@vendure/admin-ui/react';
import React, { useCallback, useEffect, useState } from 'react';
import { EntryList } from './entry-list';
import { LifecyclePicture } from './lifecycle-picture';
import { lifecycleTrack } from './lifecycle-track';
import { isUnderWay } from './timeline-entries';
import { READ, TIMELINE, type TimelineResult } from './timeline.query';
import { TriggerPanel } from './trigger-panel';

/** While something is under way, and else: other staff may be at work on the order. */
const BUSY_REFRESH_MS = 3_000;
const REFRESH_MS = 30_000;

/** What is needed of the order that the platform's page has read. */
interface PageOrder {
  id: string;
  updatedAt: string;
}

/** Part of the platform's order page: the order's life so far, and what can come next. */
export function OrderTimeline() {
  const { entity } = useDetailComponentData<PageOrder>();
  return (
    <div className="tw-page">
      <Card title="Timeline">
        <RequirePermission permission={READ} part="the timeline of orders">
          {/* Another order is another timeline: nothing of the one before must stay. */}
          {entity != null && <Timeline key={entity.id} orderId={entity.id} seenByPage={entity.updatedAt} />}
        </RequirePermission>
      </Card>
    </div>
  );
}

function Timeline({ orderId, seenByPage }: { orderId: string; seenByPage: string }) {
  const [busy, setBusy] = useState(false);
  const query = usePolledQuery<TimelineResult>(TIMELINE, busy ? BUSY_REFRESH_MS : REFRESH_MS, {
    id: orderId,
  });
  const { data, refresh, updatedAt } = query;
  const order = data?.order;
  const refreshPage = usePageRefresh(orderId);
  const [done, setDone] = useState<{ text: string; at: number } | undefined>(undefined);

  useEffect(() => setBusy(order != null && isUnderWay(order.effects)), [order]);

  // The page and the timeline each learn of what the other one has seen first.
  const seenHere = order?.updatedAt;
  useEffect(() => {
    if (seenHere === undefined) return;
    if (seenByPage > seenHere) refresh();
    if (seenByPage < seenHere) refreshPage();
  }, [seenByPage, seenHere]);

  const onDone = (text: string) => {
    setDone({ text, at: Date.now() });
    refresh();
    refreshPage();
  };

  return (
    <>
      <div className="tw-page-bar">
        <span>{updatedAt !== undefined && `Updated at ${formatTime(updatedAt)}`}</span>
        <button type="button" className="button-small" onClick={refresh}>
          Refresh the timeline
        </button>
      </div>
      {done !== undefined && <Notice key={done.at} tone="success" title={done.text} takesFocus />}
      <QueryState query={query} failure="The timeline cannot be read">
        {({ order, orderTriggers }) =>
          order === null ? (
            <Notice tone="neutral" title="There is no such order in this channel" />
          ) : (
            <>
              <LifecyclePicture {...lifecycleTrack(order.lifecycleStatus, order.statusHistory)} />
              <TriggerPanel order={order} triggers={orderTriggers} onFired={onDone} onStale={refresh} />
              <EntryList order={order} onDone={onDone} />
            </>
          )
        }
      </QueryState>
    </>
  );
}

/** Has the platform's page read the order and its history anew, the way it does after its own actions. */
function usePageRefresh(orderId: string): () => void {
  const dataService = useInjector(DataService);
  return useCallback(() => {
    const ignore = { error: () => undefined };
    dataService.order.getOrder(orderId).single$.subscribe(ignore);
    // With the options of the page: its list follows the answer to its own question.
    dataService.order
      .getOrderHistory(orderId, { sort: { createdAt: SortOrder.DESC } })
      .single$.subscribe(ignore);
  }, [dataService, orderId]);
}
