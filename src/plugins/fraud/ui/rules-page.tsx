import {
  QueryState,
  RequireDefaultChannel,
  RequirePermission,
  StaffPage,
  StatusBadge,
  Tabs,
  formatDateTime,
  usePolledQuery,
} from '@tradewind/admin-ui-kit';
import React, { useState } from 'react';
import { BacktestCard } from './backtest-card';
import { ruleInput } from './rule-draft';
import { RuleVersionsView } from './rule-versions-view';
import { READ_RULES, RULES, type Problem, type Rule, type RulesPageData, type RuleSet } from './rules.query';
import { RulesView } from './rules-view';

/** The rules of the fraud scoring: what they are, what they did, and what others would have done. */
export function RulesPage() {
  return (
    <RequirePermission permission={READ_RULES}>
      <RequireDefaultChannel>
        <RulesPageLoader />
      </RequireDefaultChannel>
    </RequirePermission>
  );
}

function RulesPageLoader() {
  const query = usePolledQuery<RulesPageData>(RULES, undefined);
  return (
    <StaffPage title="Fraud rules">
      <QueryState query={query} failure="The rules cannot be read">
        {data => (
          // Another version starts anew: what was typed belongs to the one before.
          <RulesEditor key={data.fraudRules.version} data={data} onReload={query.refresh} />
        )}
      </QueryState>
    </StaffPage>
  );
}

/** Rules that are not published yet, and why they are made. */
export interface Draft {
  rules: Rule[];
  note: string;
}

function RulesEditor({ data, onReload }: { data: RulesPageData; onReload: () => void }) {
  const [current, setCurrent] = useState(data.fraudRules);
  const [tab, setTab] = useState('rules');
  const [draft, setDraft] = useState<Draft>({ rules: current.rules.map(ruleInput), note: '' });
  const [refused, setRefused] = useState<Problem[] | undefined>(undefined);
  const changed = JSON.stringify(draft.rules) !== JSON.stringify(current.rules.map(ruleInput));

  const use = (next: RuleSet) => {
    setCurrent(next);
    setRefused(undefined);
    setDraft({ rules: next.rules.map(ruleInput), note: '' });
  };
  return (
    <>
      <div className="tw-page-bar">
        <span className="tw-page-bar-state" data-testid="version">
          {current.version === 0
            ? 'The rules that the shop came with are in use'
            : `Version ${current.version} is in use`}
          {current.publishedAt !== null &&
            `, published ${formatDateTime(current.publishedAt)}${current.publishedBy === null ? '' : ` by ${current.publishedBy}`}`}
          {changed && <StatusBadge tone="warning">Changes are not published</StatusBadge>}
        </span>
      </div>
      <Tabs
        label="Parts of this page"
        active={tab}
        onChange={setTab}
        tabs={[
          {
            id: 'rules',
            label: 'Rules and backtest',
            content: () => (
              <div className="tw-beside">
                <RulesView
                  current={current}
                  data={data}
                  draft={draft}
                  changed={changed}
                  problems={refused ?? (changed ? [] : current.problems)}
                  onDraft={setDraft}
                  onProblems={setRefused}
                  onPublished={use}
                  onReload={onReload}
                />
                <BacktestCard
                  rules={draft.rules}
                  changed={changed}
                  currency={data.fraudSettings.baseCurrency}
                  onProblems={setRefused}
                />
              </div>
            ),
          },
          {
            id: 'versions',
            label: 'Versions',
            content: () => (
              <RuleVersionsView
                current={current.version}
                onLoad={(rules, version) => {
                  setRefused(undefined);
                  setDraft({ rules: rules.map(ruleInput), note: `From version ${version}` });
                  setTab('rules');
                }}
                onRestored={use}
              />
            ),
          },
        ]}
      />
    </>
  );
}
