import { Dialog, Field, Notice, useRequest } from '@tradewind/admin-ui-kit';
import React, { useId, useState, type FormEvent } from 'react';
import { typedThreshold } from './stock-text';
import { SET_THRESHOLDS, type OverviewRow } from './stock.query';

/** At how many units a variant is low at a location. */
export function ThresholdDialog(props: {
  row: OverviewRow;
  onDone: (text: string) => void;
  onClose: () => void;
}) {
  const { row, onDone, onClose } = props;
  const [text, setText] = useState(row.ownThreshold ? String(row.threshold ?? '') : '');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const save = useRequest<{ setStockThresholds: boolean }>(SET_THRESHOLDS);
  const form = useId();
  const problemId = useId();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const typed = typedThreshold(text);
    if ('problem' in typed) return setProblem(typed.problem);
    setProblem(undefined);
    const { productVariantId, stockLocationId } = row;
    const answer = await save.send({
      input: [{ productVariantId, stockLocationId, threshold: typed.threshold }],
    });
    if (answer === undefined) return;
    const where = `${row.sku} at ${row.stockLocationName}`;
    onDone(
      typed.threshold === null
        ? `${where} follows the shop's default`
        : `${where} is low at ${typed.threshold.toLocaleString()} or fewer`,
    );
  };

  return (
    <Dialog
      title={`When is ${row.sku} low at ${row.stockLocationName}?`}
      onClose={onClose}
      closeLabel="Cancel"
      actions={
        <button type="submit" form={form} className="button primary">
          Save
        </button>
      }
    >
      <p>
        At this many saleable units or fewer it is shown as low, and told once. Nothing means the shop’s
        default, which is in the global settings.
      </p>
      <form id={form} onSubmit={event => void submit(event)} noValidate>
        <Field label="Saleable units (empty for the default)">
          <input
            type="text"
            inputMode="numeric"
            autoFocus
            value={text}
            aria-invalid={problem !== undefined}
            aria-describedby={problem === undefined ? undefined : problemId}
            onChange={event => setText(event.target.value)}
          />
        </Field>
        {problem !== undefined && (
          <p id={problemId} role="alert">
            <strong>{problem}</strong>
          </p>
        )}
      </form>
      {save.error !== undefined && (
        <Notice tone="error" title="Nothing was changed">
          {save.error}
        </Notice>
      )}
    </Dialog>
  );
}
