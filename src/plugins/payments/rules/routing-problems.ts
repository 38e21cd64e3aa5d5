import { z } from 'zod';
import { METHOD_TYPES, type MethodType } from '../types';
import type { Condition, RoutableProvider, RoutingRule } from './routing';
import { shadows } from './routing-shadows';

/** As much as a table may hold: enough for any shop, and still read and walked through in no time. */
export const MAX_RULES = 200;
export const MAX_PROVIDERS = 20;
export const MAX_VALUES = 300;
export const MAX_WEIGHT = 10_000;
export const MAX_NAME = 100;
export const MAX_NOTE = 500;

/** What is wrong, by its key in the translations. */
export const ROUTING_PROBLEMS = [
  'malformed',
  'too-many-rules',
  'rule-id',
  'rule-name',
  'condition-empty',
  'condition-too-long',
  'amount',
  'method-type',
  'targets-empty',
  'too-many-providers',
  'weight',
  'note-too-long',
  'duplicate-id',
  'duplicate-provider',
  'unknown-provider',
  'unknown-currency',
  'unknown-country',
  'unknown-channel',
  'unknown-customer-group',
  'amount-without-currency',
  'currency-without-amount',
  'min-above-max',
  'currencies-conflict',
  'unreachable',
  'provider-cannot',
] as const;
export type RoutingProblemCode = (typeof ROUTING_PROBLEMS)[number];

export interface RoutingProblem {
  /** Where, such as `rules.0.when.minAmount`. */
  readonly path: string;
  readonly code: RoutingProblemCode;
  /** A table with an error is not saved; one with warnings is. */
  readonly severity: 'error' | 'warning';
  /** For the message. */
  readonly variables: Readonly<Record<string, string | number>>;
}

/** What the shop has, for the rules to name. A set that is absent is not looked into. */
export interface RoutingSurroundings {
  readonly providers: readonly RoutableProvider[];
  readonly currencies?: ReadonlySet<string> | undefined;
  readonly countries?: ReadonlySet<string> | undefined;
  readonly channelIds?: ReadonlySet<string> | undefined;
  readonly customerGroupIds?: ReadonlySet<string> | undefined;
}

/** The numbers that the messages name. */
const LIMITS: Partial<Record<RoutingProblemCode, Record<string, string | number>>> = {
  'too-many-rules': { max: MAX_RULES },
  'rule-name': { max: MAX_NAME },
  'condition-too-long': { max: MAX_VALUES },
  'method-type': { known: METHOD_TYPES.join(', ') },
  'too-many-providers': { max: MAX_PROVIDERS },
  weight: { max: MAX_WEIGHT },
  'note-too-long': { max: MAX_NOTE },
};

const says = (code: RoutingProblemCode) => ({ error: code });

/** PostgreSQL's JSON has no zero character, and nobody sees the others. */
const visible = z
  .string(says('malformed'))
  .trim()
  .regex(/^[^\p{Cc}]*$/u, says('malformed'));
const short = visible.min(1, says('malformed')).max(MAX_NAME, says('malformed'));
/** Ids are text here, whatever they are in the database. */
const id = z.preprocess(value => (typeof value === 'number' ? String(value) : value), short);
const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform(value => (value === null ? undefined : value) as z.infer<T> | undefined);
const values = <T extends z.ZodType>(item: T) =>
  optional(
    z
      .array(item, says('malformed'))
      .min(1, says('condition-empty'))
      .max(MAX_VALUES, says('condition-too-long')),
  );
/** Also numbers that JSON can carry and money cannot be are refused. */
const amount = optional(z.int(says('amount')).min(0, says('amount')));

const conditions = z.object(
  {
    currencies: values(short.toUpperCase()),
    minAmount: amount,
    maxAmount: amount,
    amountCurrency: optional(short.toUpperCase()),
    countries: values(short.toUpperCase()),
    methodTypes: values(z.enum(METHOD_TYPES, says('method-type'))),
    cardBrands: values(short.toLowerCase()),
    customerGroupIds: values(id),
    channelIds: values(id),
  },
  says('malformed'),
);

const rule = z.object(
  {
    id: z.string(says('rule-id')).regex(/^[\w-]{1,64}$/, says('rule-id')),
    name: visible.min(1, says('rule-name')).max(MAX_NAME, says('rule-name')),
    enabled: z.boolean(says('malformed')),
    when: conditions,
    to: z
      .array(
        z.object(
          {
            provider: short,
            weight: z.int(says('weight')).min(1, says('weight')).max(MAX_WEIGHT, says('weight')),
          },
          says('malformed'),
        ),
        says('malformed'),
      )
      .min(1, says('targets-empty'))
      .max(MAX_PROVIDERS, says('too-many-providers')),
    failover: z.array(short, says('malformed')).max(MAX_PROVIDERS, says('too-many-providers')),
  },
  says('malformed'),
);

const rules = z.array(rule, says('malformed')).max(MAX_RULES, says('too-many-rules'));
const note = optional(visible.max(MAX_NOTE, says('note-too-long'))).transform(value => value || undefined);

export type Checked<T> = { readonly value: T } | { readonly problems: readonly RoutingProblem[] };

/** The rules of a table in their proper form, or what is wrong with that. Looks at the form only. */
export function parseRules(input: unknown): Checked<RoutingRule[]> {
  return parsed(rules, input, 'rules');
}

/** What staff say about a version; nothing where they said nothing. */
export function parseNote(input: unknown): Checked<string | undefined> {
  return parsed(note, input, 'note');
}

function parsed<T>(schema: z.ZodType<T>, input: unknown, root: string): Checked<T> {
  const result = schema.safeParse(input);
  if (result.success) return { value: result.data };
  return {
    problems: result.error.issues.map(({ path, message }) => {
      const code = message as RoutingProblemCode;
      const place = [root, ...path.map(String)].join('.');
      return { path: place, code, severity: 'error', variables: LIMITS[code] ?? {} };
    }),
  };
}

/** What is wrong with rules that have their proper form, in this shop. */
export function problemsOf(table: readonly RoutingRule[], shop: RoutingSurroundings): RoutingProblem[] {
  const seen = new Set<string>();
  return table.flatMap((rule, index) => {
    const path = `rules.${index}`;
    const repeated = seen.has(rule.id) ? [error(`${path}.id`, 'duplicate-id', { id: rule.id })] : [];
    seen.add(rule.id);
    return [
      ...repeated,
      ...amountProblems(rule, path),
      ...codeProblems(rule, path, shop),
      ...providerProblems(rule, path, shop.providers),
      ...unreachable(rule, path, table.slice(0, index), shop.providers),
    ];
  });
}

function amountProblems({ when }: RoutingRule, path: string): RoutingProblem[] {
  const { minAmount, maxAmount, amountCurrency, currencies } = when;
  const bounded = minAmount !== undefined || maxAmount !== undefined;
  const at = (field: Condition) => `${path}.when.${field}`;
  const problems: RoutingProblem[] = [];
  if (bounded && amountCurrency === undefined) {
    problems.push(error(at('amountCurrency'), 'amount-without-currency'));
  }
  if (!bounded && amountCurrency !== undefined) {
    problems.push(error(at('amountCurrency'), 'currency-without-amount'));
  }
  if (minAmount !== undefined && maxAmount !== undefined && minAmount > maxAmount) {
    problems.push(error(at('maxAmount'), 'min-above-max', { min: minAmount, max: maxAmount }));
  }
  if (amountCurrency !== undefined && currencies?.includes(amountCurrency) === false) {
    problems.push(
      error(at('amountCurrency'), 'currencies-conflict', {
        currency: amountCurrency,
        currencies: currencies.join(', '),
      }),
    );
  }
  return problems;
}

function codeProblems({ when }: RoutingRule, path: string, shop: RoutingSurroundings): RoutingProblem[] {
  const unknown = (
    field: Condition,
    found: readonly string[] | undefined,
    known: ReadonlySet<string> | undefined,
    code: RoutingProblemCode,
  ) =>
    (found ?? []).flatMap((value, index) => {
      const place = field === 'amountCurrency' ? field : `${field}.${index}`;
      return known === undefined || known.has(value) ? [] : [error(`${path}.when.${place}`, code, { value })];
    });
  const amountCurrency = when.amountCurrency === undefined ? [] : [when.amountCurrency];
  return [
    ...unknown('currencies', when.currencies, shop.currencies, 'unknown-currency'),
    ...unknown('amountCurrency', amountCurrency, shop.currencies, 'unknown-currency'),
    ...unknown('countries', when.countries, shop.countries, 'unknown-country'),
    ...unknown('customerGroupIds', when.customerGroupIds, shop.customerGroupIds, 'unknown-customer-group'),
    ...unknown('channelIds', when.channelIds, shop.channelIds, 'unknown-channel'),
  ];
}

function providerProblems(
  rule: RoutingRule,
  path: string,
  providers: readonly RoutableProvider[],
): RoutingProblem[] {
  const places = [
    ...rule.to.map(({ provider }, index) => ({ provider, place: `${path}.to.${index}.provider` })),
    ...rule.failover.map((provider, index) => ({ provider, place: `${path}.failover.${index}` })),
  ];
  const known = providers.map(({ code }) => code).join(', ') || '-';
  const lists = [rule.to.map(({ provider }) => provider), rule.failover];
  const firstOfList = lists.flatMap(list => list.map((code, index) => list.indexOf(code) === index));
  return places.flatMap(({ provider, place }, index) => {
    if (firstOfList[index] === false) return [error(place, 'duplicate-provider', { provider })];
    const found = providers.find(({ code }) => code === provider);
    if (found === undefined) return [error(place, 'unknown-provider', { provider, known })];
    const types: readonly MethodType[] | undefined = rule.when.methodTypes;
    const cannot = types?.filter(type => !found.methodTypes.includes(type)) ?? [];
    return cannot.length === 0
      ? []
      : [warning(place, 'provider-cannot', { provider, types: cannot.join(', ') })];
  });
}

function unreachable(
  rule: RoutingRule,
  path: string,
  before: readonly RoutingRule[],
  providers: readonly RoutableProvider[],
): RoutingProblem[] {
  const earlier = before.find(other => shadows(other, rule, providers));
  return earlier === undefined ? [] : [warning(path, 'unreachable', { name: earlier.name })];
}

function error(
  path: string,
  code: RoutingProblemCode,
  variables: RoutingProblem['variables'] = {},
): RoutingProblem {
  return { path, code, severity: 'error', variables };
}

function warning(
  path: string,
  code: RoutingProblemCode,
  variables: RoutingProblem['variables'],
): RoutingProblem {
  return { path, code, severity: 'warning', variables };
}
