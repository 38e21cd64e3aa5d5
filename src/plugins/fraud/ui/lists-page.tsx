import { RequireDefaultChannel, RequirePermission, StaffPage, Tabs } from '@tradewind/admin-ui-kit';
import React, { useState } from 'react';
import { AuditView } from './audit-view';
import { ListsView } from './lists-view';
import { READ_RULES } from './rules.query';
import { SettingsView } from './settings-view';

/** What rules look values up in, what else staff set of the scoring, and who changed it when. */
export function ListsPage() {
  const [tab, setTab] = useState('lists');
  return (
    <RequirePermission permission={READ_RULES}>
      <RequireDefaultChannel>
        <StaffPage title="Fraud lists and settings">
          <Tabs
            label="Parts of this page"
            active={tab}
            onChange={setTab}
            tabs={[
              { id: 'lists', label: 'Lists', content: () => <ListsView /> },
              { id: 'settings', label: 'Settings', content: () => <SettingsView /> },
              { id: 'audit', label: 'Changes', content: () => <AuditView /> },
            ]}
          />
        </StaffPage>
      </RequireDefaultChannel>
    </RequirePermission>
  );
}
