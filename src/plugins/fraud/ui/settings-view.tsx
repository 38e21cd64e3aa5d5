import {
  CheckedField,
  Field,
  Notice,
  QueryState,
  formatDateTime,
  usePermission,
  usePolledQuery,
  useRequest,
} from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { useState, type FormEvent } from 'react';
import { SAVE_SETTINGS, SETTINGS, type SaveSettingsAnswer, type Settings } from './lists.query';
import { UPDATE_RULES, type Problem } from './rules.query';
import {
  problemOfSetting,
  settingsDraft,
  settingsInput,
  type DraftSettings,
  type SettingsProblems,
} from './settings-draft';

/** What staff set of the scoring. */
export function SettingsView() {
  const query = usePolledQuery<{ fraudSettings: Settings }>(SETTINGS, undefined);
  return (
    <QueryState query={query} failure="The settings cannot be read">
      {({ fraudSettings }) => (
        <SettingsForm key={fraudSettings.version} settings={fraudSettings} onReload={query.refresh} />
      )}
    </QueryState>
  );
}

type TextField = {
  [K in keyof DraftSettings]: DraftSettings[K] extends string ? K : never;
}[keyof DraftSettings];

function SettingsForm({ settings, onReload }: { settings: Settings; onReload: () => void }) {
  const mayChange = usePermission(UPDATE_RULES);
  const [current, setCurrent] = useState(settings);
  const [draft, setDraft] = useState(() => settingsDraft(settings));
  const [own, setOwn] = useState<SettingsProblems>({});
  const [problems, setProblems] = useState<Problem[]>([]);
  const [said, setSaid] = useState<
    { tone: 'success' | 'error'; title: string; stale?: boolean; at: number } | undefined
  >(undefined);
  const save = useRequest<{ result: SaveSettingsAnswer }>(SAVE_SETTINGS);
  const change = (fields: Partial<DraftSettings>) => setDraft({ ...draft, ...fields });
  const problemOf = (field: keyof DraftSettings, path: string = field) =>
    own[field] ?? problemOfSetting(problems, path);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const result = settingsInput(draft, current.version);
    setSaid(undefined);
    setProblems([]);
    setOwn('problems' in result ? result.problems : {});
    if ('problems' in result) {
      requestAnimationFrame(() => element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const answer = await save.send({ input: result.input });
    if (answer === undefined) return;
    const at = Date.now();
    switch (answer.result.__typename) {
      case 'FraudSettings':
        setCurrent(answer.result);
        setDraft(settingsDraft(answer.result));
        return setSaid({ tone: 'success', title: 'Saved: it counts from the next payment on', at });
      case 'FraudSettingsInvalidError':
        setProblems(answer.result.problems);
        return setSaid({ tone: 'error', title: answer.result.message, at });
      case 'FraudStaleError':
        return setSaid({ tone: 'error', title: answer.result.message, stale: true, at });
    }
  };
  const text = (field: TextField, label: string, path?: string) => (
    <CheckedField label={label} problem={problemOf(field, path)}>
      {attributes => (
        <input
          {...attributes}
          type="text"
          readOnly={!mayChange}
          value={draft[field]}
          onChange={event => change({ [field]: event.target.value })}
        />
      )}
    </CheckedField>
  );
  const area = (field: TextField, label: string) => (
    <CheckedField label={label} problem={problemOf(field)}>
      {attributes => (
        <textarea
          {...attributes}
          readOnly={!mayChange}
          spellCheck={false}
          value={draft[field]}
          onChange={event => change({ [field]: event.target.value })}
        />
      )}
    </CheckedField>
  );
  const check = (field: 'challengeMediumRisk' | 'ownWeights' | 'promoteAutomatically', label: string) => (
    <label className="tw-check">
      <input
        type="checkbox"
        disabled={!mayChange}
        checked={draft[field]}
        onChange={event => change({ [field]: event.target.checked })}
      />
      {label}
    </label>
  );
  return (
    <form onSubmit={event => void submit(event)} aria-label="Settings" noValidate>
      <Card title="Settings">
        <p className="tw-intro">
          {current.version === 0 ? 'These are the shop’s own.' : `Version ${current.version}`}
          {current.savedAt !== null && `, saved ${formatDateTime(current.savedAt)}`}
          {current.savedBy !== null && ` by ${current.savedBy}`}
        </p>
        {said !== undefined && (
          <Notice
            key={said.at}
            tone={said.tone}
            title={said.title}
            takesFocus
            action={
              said.stale === true ? (
                <button type="button" className="button-small" onClick={onReload}>
                  Load it, without my changes
                </button>
              ) : undefined
            }
          />
        )}
        {save.error !== undefined && (
          <Notice tone="error" title="Nothing was saved">
            {save.error}
          </Notice>
        )}
        <h3 className="tw-heading">When nothing can be scored</h3>
        <div className="tw-fields tw-fields-checked">
          {text('failOpenBelow', `Payments go on below (${current.baseCurrency})`)}
          <Field label="The others">
            <select
              disabled={!mayChange}
              value={draft.failClosed}
              onChange={event => change({ failClosed: event.target.value as Settings['failClosed'] })}
            >
              <option value="review">are reviewed</option>
              <option value="block">are declined</option>
            </select>
          </Field>
        </div>
        <h3 className="tw-heading">Score</h3>
        {check('challengeMediumRisk', 'Ask for 3-D Secure before a medium risk is authorized')}
        {check('ownWeights', 'Weigh the parts beside the model ourselves')}
        {draft.ownWeights && (
          <div className="tw-fields tw-fields-checked">
            {text('rules', 'Weight of the rules (0 to 1)', 'partWeights.rules')}
            {text('velocity', 'Weight of velocity', 'partWeights.velocity')}
            {text('device', 'Weight of the device', 'partWeights.device')}
          </div>
        )}
        <h3 className="tw-heading">Model</h3>
        {check('promoteAutomatically', 'A challenger that is better by its figures takes over by itself')}
        <div className="tw-fields tw-fields-checked">
          {text('maturityDays', 'Days until a paid order counts as good')}
        </div>
        <h3 className="tw-heading">Review</h3>
        <div className="tw-fields tw-fields-checked">
          {text('reviewHours', 'Hours that a case may wait')}
          {text('dueWebhook', 'Address that is called when a case is due')}
          {area('dueMails', 'E-mail addresses that are told (one a line)')}
        </div>
        <h3 className="tw-heading">Exchange rates</h3>
        <div className="tw-fields tw-fields-checked">
          {area('exchangeRates', `What one unit is worth in ${current.baseCurrency} (such as SEK 0.1)`)}
        </div>
        {mayChange && (
          <>
            <div className="tw-fields tw-fields-checked">
              {text('note', 'Why (optional, for the history)')}
            </div>
            <div className="tw-actions tw-dialog-foot">
              <button type="submit" className="button primary">
                Save the settings
              </button>
            </div>
          </>
        )}
      </Card>
    </form>
  );
}
