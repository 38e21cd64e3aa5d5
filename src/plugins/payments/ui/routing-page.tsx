import {
  QueryState,
  RequirePermission,
  StaffPage,
  StatusBadge,
  Tabs,
  formatDateTime,
  usePolledQuery,
} from '@tradewind/admin-ui-kit';
import React, { useState } from 'react';
import { RouteView } from './route-view';
import { ruleInput } from './routing-draft';
import { READ, ROUTING, type Routing, type Rule } from './routing.query';
import { RulesView } from './rules-view';
import { useChoices } from './use-names';
import { VersionsView } from './versions-view';

/** Which provider takes which payment: the rules, what they would do, and how they came to be. */
export function RoutingPage() {
  return (
    <RequirePermission permission={READ}>
      <RoutingPageLoader />
    </RequirePermission>
  );
}

function RoutingPageLoader() {
  const query = usePolledQuery<{ paymentRouting: Routing }>(ROUTING, undefined);
  return (
    <StaffPage title="Payment routing">
      <QueryState query={query} failure="The rules cannot be read">
        {({ paymentRouting }) => (
          // Another version starts anew: what was typed belongs to the one before.
          <RoutingEditor key={paymentRouting.version} routing={paymentRouting} onReload={query.refresh} />
        )}
      </QueryState>
    </StaffPage>
  );
}

/** Rules that are not saved yet, and where they come from. */
export interface Draft {
  rules: Rule[];
  note: string;
}

function RoutingEditor({ routing, onReload }: { routing: Routing; onReload: () => void }) {
  const choices = useChoices();
  const [current, setCurrent] = useState(routing);
  const [tab, setTab] = useState('rules');
  const [draft, setDraft] = useState<Draft>({ rules: routing.rules.map(ruleInput), note: '' });
  const changed = JSON.stringify(draft.rules) !== JSON.stringify(current.rules.map(ruleInput));

  const use = (next: Routing) => {
    setCurrent(next);
    setDraft({ rules: next.rules.map(ruleInput), note: '' });
  };

  return (
    <>
      <div className="tw-page-bar">
        <span className="tw-page-bar-state" data-testid="version">
          {current.version === 0 ? 'No rules were saved yet' : `Version ${current.version} is in use`}
          {current.savedAt !== null &&
            `, saved ${formatDateTime(current.savedAt)}${current.savedBy === null ? '' : ` by ${current.savedBy}`}`}
          {changed && <StatusBadge tone="warning">Changes are not saved</StatusBadge>}
        </span>
      </div>
      <Tabs
        label="Parts of this page"
        active={tab}
        onChange={setTab}
        tabs={[
          {
            id: 'rules',
            label: 'Rules',
            content: () => (
              <RulesView
                routing={current}
                draft={draft}
                changed={changed}
                choices={choices}
                onDraft={setDraft}
                onSaved={use}
                onDiscard={() => use(current)}
                onReload={onReload}
              />
            ),
          },
          {
            id: 'try',
            label: 'Try a payment',
            content: () => <RouteView draft={changed ? draft.rules : undefined} choices={choices} />,
          },
          {
            id: 'history',
            label: 'History',
            content: () => (
              <VersionsView
                current={current.version}
                onLoad={(rules, version) => {
                  setDraft({ rules: rules.map(ruleInput), note: `Back to version ${version}` });
                  setTab('rules');
                }}
              />
            ),
          },
        ]}
      />
    </>
  );
}
