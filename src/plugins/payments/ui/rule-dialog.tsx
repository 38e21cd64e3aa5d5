import { CheckedField, Dialog, ProblemText } from '@tradewind/admin-ui-kit';
import React, { useId, useState, type FormEvent } from 'react';
import { draftOf, problemAt, ruleOf, type DraftRule, type FieldProblems } from './routing-draft';
import type { MethodType, Problem, Provider, Rule } from './routing.query';
import { METHOD_NAMES } from './routing-text';
import { Choice } from './rule-fields';
import { RuleProviders } from './rule-providers';
import type { Choices } from './use-names';

/** One rule with all its fields. What is wrong with it is said at the field, also what the API has said. */
export function RuleDialog(props: {
  /** Nothing for a new one. */
  rule: Rule | undefined;
  empty: DraftRule;
  providers: readonly Provider[];
  choices: Choices;
  problems: readonly Problem[];
  onDone: (rule: Rule) => void;
  onClose: () => void;
}) {
  const { rule, providers, choices } = props;
  const [draft, setDraft] = useState(() => (rule === undefined ? props.empty : draftOf(rule)));
  const [own, setOwn] = useState<FieldProblems | undefined>(undefined);
  const form = useId();
  // What the API has said holds until the rule is judged here.
  const problemOf = (field: string) => (own === undefined ? problemAt(props.problems, field) : own[field]);
  const change = (fields: Partial<DraftRule>) => setDraft({ ...draft, ...fields });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const result = ruleOf(draft);
    if ('rule' in result) return props.onDone(result.rule);
    setOwn(result.problems);
    // To the first field that is wrong, once it is marked.
    const element = event.currentTarget;
    requestAnimationFrame(() => element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const input = (
    field: 'name' | 'currencies' | 'minAmount' | 'maxAmount' | 'amountCurrency' | 'countries' | 'cardBrands',
    label: string,
    path: string,
    autoFocus = false,
  ) => (
    <CheckedField label={label} problem={problemOf(path)}>
      {attributes => (
        <input
          {...attributes}
          type="text"
          autoFocus={autoFocus}
          value={draft[field]}
          onChange={event => change({ [field]: event.target.value })}
        />
      )}
    </CheckedField>
  );

  return (
    <Dialog
      title={rule === undefined ? 'A new rule' : `Rule “${rule.name}”`}
      wide
      onClose={props.onClose}
      closeLabel="Cancel"
      actions={
        <button type="submit" form={form} className="button primary">
          {rule === undefined ? 'Add the rule' : 'Change the rule'}
        </button>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        <div className="tw-fields tw-fields-checked">{input('name', 'Name', 'name', true)}</div>
        <h3>Payments (what is left empty is not asked for)</h3>
        <div className="tw-fields tw-fields-checked">
          {input('currencies', 'Currencies (such as EUR, CHF)', 'when.currencies')}
          {input('countries', 'Billed to (such as DE, AT)', 'when.countries')}
          {input('cardBrands', 'Brands of cards (such as visa)', 'when.cardBrands')}
          {input('minAmount', 'From the amount (such as 12.50)', 'when.minAmount')}
          {input('maxAmount', 'Up to the amount', 'when.maxAmount')}
          {input('amountCurrency', 'Currency of the amounts', 'when.amountCurrency')}
        </div>
        <Choice
          legend="Ways to pay"
          options={Object.entries(METHOD_NAMES).map(([id, name]) => ({ id, name }))}
          chosen={draft.methodTypes}
          problem={problemOf('when.methodTypes')}
          onChange={methodTypes => change({ methodTypes: methodTypes as MethodType[] })}
        />
        <Choice
          legend="Customers in one of the groups"
          options={choices.groups}
          chosen={draft.customerGroupIds}
          problem={problemOf('when.customerGroupIds')}
          onChange={customerGroupIds => change({ customerGroupIds })}
        />
        <Choice
          legend="Channels"
          options={choices.channels}
          chosen={draft.channelIds}
          problem={problemOf('when.channelIds')}
          onChange={channelIds => change({ channelIds })}
        />
        <RuleProviders draft={draft} providers={providers} problemOf={problemOf} onChange={change} />
        <ProblemText text={own === undefined ? undefined : own.to} />
      </form>
    </Dialog>
  );
}
