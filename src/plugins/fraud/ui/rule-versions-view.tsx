import {
  DataTable,
  Notice,
  Pager,
  QueryState,
  ReasonDialog,
  StatusBadge,
  formatCount,
  formatDateTime,
  usePermission,
  usePolledQuery,
  useRequest,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState } from 'react';
import type { Page } from './review.query';
import {
  RESTORE,
  UPDATE_RULES,
  VERSION,
  VERSIONS,
  type PublishAnswer,
  type Rule,
  type RuleSet,
  type Version,
} from './rules.query';

const PAGE_SIZE = 20;
const MAX_NOTE = 500;

/** Who published which rules when, and the ways back to them. */
export function RuleVersionsView(props: {
  current: number;
  onLoad: (rules: Rule[], version: number) => void;
  onRestored: (rules: RuleSet) => void;
}) {
  const { current, onLoad, onRestored } = props;
  const mayChange = usePermission(UPDATE_RULES);
  const [skip, setSkip] = useState(0);
  const [said, setSaid] = useState<{ tone: 'success' | 'error'; title: string; at: number } | undefined>(
    undefined,
  );
  const [restoring, setRestoring] = useState<number | undefined>(undefined);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const query = usePolledQuery<{ fraudRuleSetVersions: Page<Version> }>(VERSIONS, undefined, {
    options: { skip, take: PAGE_SIZE },
  });
  const read = useRequest<{ fraudRuleSetVersion: RuleSet | null }>(VERSION);
  const restore = useRequest<{ result: PublishAnswer }>(RESTORE);

  const load = async (version: number) => {
    setSaid(undefined);
    const answer = await read.send({ version });
    if (answer === undefined) return;
    if (answer.fraudRuleSetVersion !== null) return onLoad(answer.fraudRuleSetVersion.rules, version);
    setSaid({ tone: 'error', title: `Version ${version} is not kept any more`, at: Date.now() });
  };
  const confirm = async (note: string) => {
    setRefused(undefined);
    const answer = await restore.send({ input: { baseVersion: current, version: restoring, note } });
    if (answer === undefined) return;
    const { result } = answer;
    if (result.__typename !== 'FraudRuleSet') {
      const problems = 'problems' in result ? result.problems.map(({ message }) => message) : [];
      return setRefused([result.message, ...problems].join(' '));
    }
    setRestoring(undefined);
    setSaid({
      tone: 'success',
      title: `Version ${result.version} is in use: the rules of version ${restoring}`,
      at: Date.now(),
    });
    onRestored(result);
    query.refresh();
  };
  const columns: ReadonlyArray<Column<Version>> = [
    {
      header: 'Version',
      noWrap: true,
      cell: ({ version }) => (
        <>
          {formatCount(version)} {version === current && <StatusBadge tone="success">In use</StatusBadge>}
        </>
      ),
    },
    { header: 'Published', cell: ({ publishedAt }) => formatDateTime(publishedAt), noWrap: true },
    { header: 'By', cell: ({ publishedBy }) => publishedBy ?? '–' },
    {
      header: 'Why',
      cell: ({ note, restoredFrom }) => (
        <>
          {note ?? '–'}
          {restoredFrom !== null && (
            <span className="tw-cell-note">the rules of version {formatCount(restoredFrom)}</span>
          )}
        </>
      ),
    },
    { header: 'Rules', cell: ({ ruleCount }) => formatCount(ruleCount), numeric: true },
    ...(mayChange
      ? [
          {
            header: 'Go back',
            cell: ({ version }: Version) =>
              version !== current && (
                <div className="tw-actions">
                  <button
                    type="button"
                    className="button-small"
                    aria-label={`Load version ${version}`}
                    onClick={() => void load(version)}
                  >
                    Load
                  </button>
                  <button
                    type="button"
                    className="button-small"
                    aria-haspopup="dialog"
                    aria-label={`Restore version ${version}`}
                    onClick={() => {
                      setRefused(undefined);
                      setRestoring(version);
                    }}
                  >
                    Restore …
                  </button>
                </div>
              ),
          },
        ]
      : []),
  ];
  return (
    <Card title="Versions">
      {mayChange && (
        <p className="tw-intro">
          A version that is loaded replaces what is on the page, to be tested and changed there. One that is
          restored is in use at once, as a new version.
        </p>
      )}
      {said !== undefined && <Notice key={said.at} tone={said.tone} title={said.title} takesFocus />}
      {read.error !== undefined && (
        <Notice tone="error" title="The version cannot be read">
          {read.error}
        </Notice>
      )}
      <QueryState query={query} failure="The versions cannot be read">
        {({ fraudRuleSetVersions: { items, totalItems } }) => (
          <>
            <DataTable
              caption="Versions"
              columns={columns}
              rows={items}
              rowKey={({ version }) => String(version)}
              empty="Nothing was published yet."
            />
            <Pager
              label="Pages of the versions"
              skip={skip}
              take={PAGE_SIZE}
              total={totalItems}
              onChange={setSkip}
            />
          </>
        )}
      </QueryState>
      {restoring !== undefined && (
        <ReasonDialog
          title={`Restore version ${restoring}?`}
          explanation="Its rules are in use at once, from the next payment on. What is changed on this page and not published is lost."
          action="Restore it"
          error={restore.error ?? refused}
          maxLength={MAX_NOTE}
          onConfirm={note => void confirm(note)}
          onClose={() => setRestoring(undefined)}
        />
      )}
    </Card>
  );
}
