import {
  DataTable,
  Notice,
  Pager,
  QueryState,
  RequireDefaultChannel,
  RequirePermission,
  StaffPage,
  StatusBadge,
  formatCount,
  formatDateTime,
  usePermission,
  usePolledQuery,
  useRequest,
  type Column,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useEffect, useState } from 'react';
import { ComparisonCard } from './comparison-card';
import { ModelDialog, type ModelAction } from './model-dialog';
import { ReportCard } from './report-card';
import { modelState, readyShare, runState } from './model-text';
import {
  CREATE_MODELS,
  MODELS,
  READINESS,
  READ_MODELS,
  TRAIN,
  UPDATE_MODELS,
  type Model,
  type Readiness,
  type TrainAnswer,
} from './models.query';
import type { Page } from './review.query';

const PAGE_SIZE = 20;
/** While a training goes on, and else. */
const BUSY_REFRESH_MS = 2_000;
const REFRESH_MS = 30_000;

/** The model that decides, those that are tried beside it, and what they were made from. */
export function ModelsPage() {
  return (
    <RequirePermission permission={READ_MODELS}>
      <RequireDefaultChannel>
        <ModelsPageView />
      </RequireDefaultChannel>
    </RequirePermission>
  );
}

function ModelsPageView() {
  const mayMake = usePermission(CREATE_MODELS);
  const mayChange = usePermission(UPDATE_MODELS);
  const [busy, setBusy] = useState(false);
  const [skip, setSkip] = useState(0);
  const [shown, setShown] = useState<string | undefined>(undefined);
  const [action, setAction] = useState<ModelAction | undefined>(undefined);
  const [said, setSaid] = useState<{ tone: 'success' | 'error'; title: string; at: number } | undefined>(
    undefined,
  );
  const readiness = usePolledQuery<{ fraudModelReadiness: Readiness }>(
    READINESS,
    busy ? BUSY_REFRESH_MS : REFRESH_MS,
  );
  const models = usePolledQuery<{ fraudModels: Page<Model> }>(MODELS, undefined, {
    options: { skip, take: PAGE_SIZE, sort: { createdAt: 'DESC' } },
  });
  const train = useRequest<{ result: TrainAnswer }>(TRAIN);
  const state = readiness.data?.fraudModelReadiness;
  const under = state?.training?.id;
  useEffect(() => {
    setBusy(under !== undefined);
    // A training that has ended may have made a model.
    if (models.updatedAt !== undefined) models.refresh();
  }, [under]);

  const refresh = () => {
    readiness.refresh();
    models.refresh();
  };
  const start = async () => {
    setSaid(undefined);
    const answer = await train.send({});
    if (answer === undefined) return;
    const { result } = answer;
    setSaid(
      result.__typename === 'FraudTrainingRun'
        ? { tone: 'success', title: 'A training is asked for', at: Date.now() }
        : { tone: 'error', title: result.message, at: Date.now() },
    );
    readiness.refresh();
  };
  const columns: ReadonlyArray<Column<Model>> = [
    {
      header: 'Model',
      cell: ({ id, version, note }) => (
        <>
          <button
            type="button"
            className="tw-link"
            aria-pressed={id === shown}
            onClick={() => setShown(id === shown ? undefined : id)}
          >
            {version}
          </button>
          {note !== null && <span className="tw-cell-note">{note}</span>}
        </>
      ),
      keepWords: true,
    },
    {
      header: 'State',
      cell: model => {
        const { tone, text } = modelState(model);
        return (
          <>
            <StatusBadge tone={tone}>{text}</StatusBadge>
            {model.problem !== null && <span className="tw-cell-note">{model.problem}</span>}
          </>
        );
      },
    },
    { header: 'Made', cell: ({ createdAt }) => formatDateTime(createdAt), noWrap: true },
    { header: 'How', cell: ({ kind }) => (kind === 'trained' ? 'Learned here' : 'Imported') },
    {
      header: 'From',
      cell: ({ rows, frauds }) =>
        rows === null ? '–' : `${formatCount(rows)} payments, ${formatCount(frauds ?? 0)} frauds`,
    },
    ...(mayChange
      ? [
          {
            header: 'Change',
            cell: (model: Model) =>
              model.status === 'champion' ? (
                ''
              ) : (
                <div className="tw-actions">
                  <ActionButton
                    name="Promote"
                    model={model}
                    onClick={() => setAction({ kind: 'promote', model })}
                  />
                  {model.status === 'challenger' && (
                    <ActionButton
                      name="Retire"
                      model={model}
                      onClick={() => setAction({ kind: 'retire', model })}
                    />
                  )}
                </div>
              ),
          },
        ]
      : []),
  ];

  return (
    <StaffPage
      title="Fraud models"
      bar={
        <>
          <span className="tw-page-bar-state" role="status" data-testid="champion">
            {state !== undefined &&
              (state.champion === null
                ? 'No model decides: rules, velocity and device make the score'
                : `Model ${state.champion.version} decides`)}
          </span>
          <div className="tw-actions tw-no-gap">
            {mayMake && (
              <>
                <button
                  type="button"
                  className="button-small"
                  aria-disabled={under !== undefined}
                  onClick={() => under === undefined && void start()}
                >
                  Train now
                </button>
                <button
                  type="button"
                  className="button-small"
                  aria-haspopup="dialog"
                  onClick={() => setAction({ kind: 'import' })}
                >
                  Import …
                </button>
              </>
            )}
            {mayChange && (
              <button
                type="button"
                className="button-small"
                aria-haspopup="dialog"
                onClick={() => setAction({ kind: 'rollback' })}
              >
                Roll back …
              </button>
            )}
          </div>
        </>
      }
    >
      {said !== undefined && <Notice key={said.at} tone={said.tone} title={said.title} takesFocus />}
      {train.error !== undefined && (
        <Notice tone="error" title="No training was asked for">
          {train.error}
        </Notice>
      )}
      <QueryState query={readiness} failure="What the shop knows cannot be read">
        {({ fraudModelReadiness }) => <ReadinessCard readiness={fraudModelReadiness} />}
      </QueryState>
      {state?.challengers.map(challenger => (
        <ComparisonCard key={challenger.id} challenger={challenger} champion={state.champion} />
      ))}
      <Card title="Models, newest first">
        <QueryState query={models} failure="The models cannot be read">
          {({ fraudModels: { items, totalItems } }) => (
            <>
              <DataTable
                caption="Models"
                columns={columns}
                rows={items}
                rowKey={({ id }) => id}
                empty="There is no model yet."
              />
              <Pager
                label="Pages of the models"
                skip={skip}
                take={PAGE_SIZE}
                total={totalItems}
                onChange={setSkip}
              />
            </>
          )}
        </QueryState>
      </Card>
      {shown !== undefined && <ReportCard key={shown} id={shown} />}
      {action !== undefined && (
        <ModelDialog
          action={action}
          onClose={() => setAction(undefined)}
          onDone={title => {
            setAction(undefined);
            setSaid({ tone: 'success', title, at: Date.now() });
            refresh();
          }}
        />
      )}
    </StaffPage>
  );
}

function ActionButton({ name, model, onClick }: { name: string; model: Model; onClick: () => void }) {
  return (
    <button
      type="button"
      className="button-small"
      aria-haspopup="dialog"
      aria-label={`${name} ${model.version}`}
      onClick={onClick}
    >
      {name} …
    </button>
  );
}

/** How much the shop knows, and what the last training came to. */
function ReadinessCard({ readiness }: { readiness: Readiness }) {
  const { good, frauds, neededGood, neededFrauds, ready, message, training, lastTraining, nextTraining } =
    readiness;
  const run = training ?? lastTraining;
  return (
    <Card title="Known outcomes">
      {!ready && (
        <Notice tone="neutral" title="Too few outcomes are known to train">
          {message}
        </Notice>
      )}
      <div className="tw-fields">
        <Meter name="Good orders" have={good} needed={neededGood} />
        <Meter name="Frauds" have={frauds} needed={neededFrauds} />
      </div>
      {run !== null && (
        <p className="tw-page-bar-state" role="status" data-testid="training">
          {training === null ? 'Last training' : 'Training'}: {formatDateTime(run.endedAt ?? run.createdAt)}
          <StatusBadge tone={runState(run).tone}>{runState(run).text}</StatusBadge>
          {run.error}
        </p>
      )}
      {nextTraining !== null && (
        <p className="tw-intro">The schedule trains next {formatDateTime(nextTraining)} at the earliest.</p>
      )}
    </Card>
  );
}

function Meter({ name, have, needed }: { name: string; have: number; needed: number }) {
  return (
    <label className="tw-field">
      <span className="tw-field-label">
        {name}: {formatCount(have)} of {formatCount(needed)} that are needed
      </span>
      <progress className="tw-progress" max={1} value={readyShare(have, needed)} />
    </label>
  );
}
