import { RequirePermission, StaffPage, Tabs } from '@tradewind/admin-ui-kit';
import { useRouteParams } from '@vendure/admin-ui/react';
import React, { useState } from 'react';
import { AvailabilityView } from './availability-view';
import { HoldsView } from './holds-view';
import { LedgerView } from './ledger-view';
import { PickListsView } from './pick-lists-view';
import { openingOf } from './stock-filters';
import { READ, READ_ORDER } from './stock.query';

/** What the shop has where, who keeps it, what happened to it, and what is to be picked. */
export function StockPage() {
  return (
    <RequirePermission permission={READ}>
      <StockPageView />
    </RequirePermission>
  );
}

function StockPageView() {
  const { queryParams } = useRouteParams();
  const [opening, setOpening] = useState(() => openingOf(queryParams));
  const [tab, setTab] = useState(opening.tab ?? 'availability');

  const showLedger = (sku: string, stockLocationId: string) => {
    setOpening({ tab: 'ledger', ledger: { ...openingOf({}).ledger, sku, stockLocationId } });
    setTab('ledger');
  };

  return (
    <StaffPage title="Stock">
      <Tabs
        label="Parts of this page"
        active={tab}
        onChange={setTab}
        tabs={[
          {
            id: 'availability',
            label: 'Availability',
            content: () => <AvailabilityView onShowLedger={showLedger} />,
          },
          { id: 'holds', label: 'Holds', content: () => <HoldsView /> },
          { id: 'ledger', label: 'Ledger', content: () => <LedgerView opening={opening.ledger} /> },
          {
            id: 'pick-lists',
            label: 'Pick lists',
            content: () => (
              <RequirePermission permission={READ_ORDER} part="pick lists">
                <PickListsView />
              </RequirePermission>
            ),
          },
        ]}
      />
    </StaffPage>
  );
}
