import {
  Notice,
  QueryState,
  RequirePermission,
  formatTime,
  useOrderPage,
  usePolledQuery,
  type PageOrder,
} from '@tradewind/admin-ui-kit';
import { Card, useDetailComponentData } from '@vendure/admin-ui/react';
import React, { useEffect, useState } from 'react';
import { EntryList } from './entry-list';
import { LifecyclePicture } from './lifecycle-picture';
import { lifecycleTrack } from './lifecycle-track';
import { isUnderWay } from './timeline-entries';
import { READ, TIMELINE, type TimelineResult } from './timeline.query';
import { TriggerPanel } from './trigger-panel';

/** While something is under way, and else: other staff may be at work on the order. */
const BUSY_REFRESH_MS = 3_000;
const REFRESH_MS = 30_000;

/** Part of the platform's order page: the order's life so far, and what can come next. */
export function OrderTimeline() {
  const { entity } = useDetailComponentData<PageOrder>();
  return (
    <div className="tw-page">
      <Card title="Timeline">
        <RequirePermission permission={READ} part="the timeline of orders">
          {/* Another order is another timeline: nothing of the one before must stay. */}
          {entity != null && <Timeline key={entity.id} pageOrder={entity} />}
        </RequirePermission>
      </Card>
    </div>
  );
}

function Timeline({ pageOrder }: { pageOrder: PageOrder }) {
  const [busy, setBusy] = useState(false);
  const query = usePolledQuery<TimelineResult>(TIMELINE, busy ? BUSY_REFRESH_MS : REFRESH_MS, {
    id: pageOrder.id,
  });
  const { data, refresh, updatedAt } = query;
  const order = data?.order;
  const refreshPage = useOrderPage(pageOrder, order?.updatedAt, refresh);
  const [done, setDone] = useState<{ text: string; at: number } | undefined>(undefined);

  useEffect(() => setBusy(order != null && isUnderWay(order.effects)), [order]);

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
