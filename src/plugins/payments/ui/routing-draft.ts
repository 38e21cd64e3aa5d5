import { amountText, typedAmount } from './amounts';
import type { Conditions, MethodType, Problem, Provider, Rule } from './routing.query';

/** A rule as it is typed: lists as texts, amounts in major units. */
export interface DraftRule {
  id: string;
  name: string;
  enabled: boolean;
  currencies: string;
  minAmount: string;
  maxAmount: string;
  amountCurrency: string;
  countries: string;
  methodTypes: MethodType[];
  cardBrands: string;
  customerGroupIds: string[];
  channelIds: string[];
  to: Array<{ provider: string; weight: string }>;
  failover: string[];
}

/** What is wrong with a field, by the field's path inside the rule, such as `when.minAmount`. */
export type FieldProblems = Readonly<Record<string, string>>;

export function emptyRule(id: string, providers: readonly Provider[]): DraftRule {
  const first = providers.find(({ isDefault }) => isDefault) ?? providers[0];
  return {
    id,
    name: '',
    enabled: true,
    currencies: '',
    minAmount: '',
    maxAmount: '',
    amountCurrency: '',
    countries: '',
    methodTypes: [],
    cardBrands: '',
    customerGroupIds: [],
    channelIds: [],
    to: first === undefined ? [] : [{ provider: first.code, weight: '1' }],
    failover: [],
  };
}

export function draftOf({ when, ...rule }: Rule): DraftRule {
  const text = (values: readonly string[] | null) => (values ?? []).join(', ');
  return {
    id: rule.id,
    name: rule.name,
    enabled: rule.enabled,
    currencies: text(when.currencies),
    minAmount: amountText(when.minAmount),
    maxAmount: amountText(when.maxAmount),
    amountCurrency: when.amountCurrency ?? '',
    countries: text(when.countries),
    methodTypes: [...(when.methodTypes ?? [])],
    cardBrands: text(when.cardBrands),
    customerGroupIds: [...(when.customerGroupIds ?? [])],
    channelIds: [...(when.channelIds ?? [])],
    to: rule.to.map(({ provider, weight }) => ({ provider, weight: String(weight) })),
    failover: [...rule.failover],
  };
}

/** The rule for the API, or what of it can be no rule. Codes and providers are the API's to judge. */
export function ruleOf(draft: DraftRule): { rule: Rule } | { problems: FieldProblems } {
  const problems: Record<string, string> = {};
  const amount = (field: 'minAmount' | 'maxAmount') => {
    const typed = typedAmount(draft[field]);
    if (typed === undefined) problems[`when.${field}`] = 'Give an amount such as 12.50, or nothing.';
    return typed ?? null;
  };
  if (draft.name.trim() === '') problems.name = 'Give the rule a name.';
  if (draft.to.length === 0) problems.to = 'Name at least one provider that takes these payments.';
  const when: Conditions = {
    currencies: list(draft.currencies),
    minAmount: amount('minAmount'),
    maxAmount: amount('maxAmount'),
    amountCurrency: draft.amountCurrency.trim() || null,
    countries: list(draft.countries),
    methodTypes: some(draft.methodTypes),
    cardBrands: list(draft.cardBrands),
    customerGroupIds: some(draft.customerGroupIds),
    channelIds: some(draft.channelIds),
  };
  if ((when.minAmount !== null || when.maxAmount !== null) && when.amountCurrency === null) {
    problems['when.amountCurrency'] = 'Say in which currency the amounts are.';
  }
  const to = draft.to.map(({ provider, weight }, index) => {
    const number = /^\s*\d{1,5}\s*$/.test(weight) ? Number(weight) : 0;
    if (number === 0) problems[`to.${index}.weight`] = 'Give a whole number from 1.';
    return { provider, weight: number };
  });
  if (Object.keys(problems).length > 0) return { problems };
  const { id, enabled, failover } = draft;
  return { rule: { id, name: draft.name.trim(), enabled, when, to, failover: [...failover] } };
}

/** Only what the API takes: answers carry more. */
export function ruleInput({ id, name, enabled, when, to, failover }: Rule): Rule {
  const { currencies, minAmount, maxAmount, amountCurrency, countries } = when;
  const { methodTypes, cardBrands, customerGroupIds, channelIds } = when;
  return {
    id,
    name,
    enabled,
    when: {
      currencies,
      minAmount,
      maxAmount,
      amountCurrency,
      countries,
      methodTypes,
      cardBrands,
      customerGroupIds,
      channelIds,
    },
    to: to.map(({ provider, weight }) => ({ provider, weight })),
    failover: [...failover],
  };
}

/** The list with one of its entries moved by so many places; the same where there is no such place. */
export function moved<T>(items: readonly T[], from: number, by: number): T[] {
  const to = from + by;
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return [...items];
  const others = items.filter((_, index) => index !== from);
  return [...others.slice(0, to), item, ...others.slice(to)];
}

/** What the API says about one rule, by field; `''` is the rule as a whole. */
export function problemsOfRule(problems: readonly Problem[], index: number): Problem[] {
  const prefix = `rules.${index}`;
  return problems
    .filter(({ path }) => path === prefix || path.startsWith(`${prefix}.`))
    .map(problem => ({ ...problem, path: problem.path.slice(prefix.length + 1) }));
}

/** The message for a field, or for one of the entries in it. */
export function problemAt(problems: readonly Problem[], field: string): string | undefined {
  const found = problems.filter(({ path }) => path === field || path.startsWith(`${field}.`));
  return found.length === 0 ? undefined : found.map(({ message }) => message).join(' ');
}

function list(text: string): string[] | null {
  return some(text.split(/[\s,;]+/).filter(part => part !== ''));
}

function some<T>(values: readonly T[]): T[] | null {
  return values.length === 0 ? null : [...values];
}
