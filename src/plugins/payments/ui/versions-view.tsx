import {
  DataTable,
  Notice,
  Pager,
  QueryState,
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
import { UPDATE, VERSION, VERSIONS, type Routing, type Rule, type Version } from './routing.query';

const PAGE_SIZE = 20;

/** Who saved which rules when, and the way back to them. */
export function VersionsView(props: { current: number; onLoad: (rules: Rule[], version: number) => void }) {
  const { current, onLoad } = props;
  const mayChange = usePermission(UPDATE);
  const [skip, setSkip] = useState(0);
  const [gone, setGone] = useState<number | undefined>(undefined);
  const query = usePolledQuery<{ paymentRoutingVersions: { items: Version[]; totalItems: number } }>(
    VERSIONS,
    undefined,
    { options: { skip, take: PAGE_SIZE } },
  );
  const read = useRequest<{ paymentRoutingVersion: Routing | null }>(VERSION);

  const load = async (version: number) => {
    setGone(undefined);
    const answer = await read.send({ version });
    if (answer === undefined) return;
    if (answer.paymentRoutingVersion === null) return setGone(version);
    onLoad(answer.paymentRoutingVersion.rules, version);
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
    { header: 'Saved', cell: ({ savedAt }) => formatDateTime(savedAt), noWrap: true },
    { header: 'By', cell: ({ savedBy }) => savedBy ?? '–' },
    { header: 'Why', cell: ({ note }) => note ?? '–' },
    { header: 'Rules', cell: ({ ruleCount }) => formatCount(ruleCount), numeric: true },
    ...(mayChange
      ? [
          {
            header: 'Go back',
            cell: ({ version }: Version) =>
              version !== current && (
                <button
                  type="button"
                  className="button-small"
                  aria-label={`Load version ${version}`}
                  onClick={() => void load(version)}
                >
                  Load
                </button>
              ),
          },
        ]
      : []),
  ];
  return (
    <Card title="Versions">
      {mayChange && (
        <p className="tw-intro">
          A version that is loaded replaces what is on the page, and is in use once you save it.
        </p>
      )}
      {gone !== undefined && (
        <Notice tone="warning" title={`Version ${gone} is not kept any more`} takesFocus />
      )}
      {read.error !== undefined && (
        <Notice tone="error" title="The version cannot be read">
          {read.error}
        </Notice>
      )}
      <QueryState query={query} failure="The versions cannot be read">
        {({ paymentRoutingVersions: { items, totalItems } }) => (
          <>
            <DataTable
              caption="Versions"
              columns={columns}
              rows={items}
              rowKey={({ version }) => String(version)}
              empty="No rules were saved yet."
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
    </Card>
  );
}
